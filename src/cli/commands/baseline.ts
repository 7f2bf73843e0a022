import fs from 'node:fs';
import path from 'node:path';
import { baselineOf } from '../../engine/compare/baselineOf.ts';
import { writeBaseline } from '../../engine/compare/writeBaseline.ts';
import { TouchstoneError } from '../../engine/error.ts';
import { partialRun } from '../../engine/run/wholeRun.ts';
import { parseSuite } from '../../engine/suite/parseSuite.ts';
import { insideBaselinePath } from '../../node/loadBaseline.ts';
import { requireInside } from '../../node/workspace/paths.ts';
import type { Workspace } from '../../node/workspace/workspace.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { outputFile } from '../outputFile.ts';
import type { Shell } from '../shell.ts';
import { shownPath } from '../shownPath.ts';
import { findRun, type WorkspaceOption, withHistory } from './pastRun.ts';

export type BaselineOptions = WorkspaceOption & { readonly out?: string };

/** `touchstone baseline`: writes the figures of a run into the file that later runs of its suite are compared with. */
export async function baselineCommand(id: string, options: BaselineOptions, shell: Shell): Promise<ExitCode> {
  return withHistory(options, shell, async (history, workspace) => {
    const summary = findRun(history, id);
    const why = partialRun(summary);
    if (why !== null)
      throw new TouchstoneError('invalid-argument', `Run ${summary.header.id} cannot be a baseline. ${why}`, {
        remedy: 'Take a run over all cases: a baseline of some of them would mislead.',
      });
    const text = writeBaseline(baselineOf(summary, history.caseResults(summary.header.id)));
    const wanted = options.out ?? (await placeOf(workspace, summary.header.suite));
    const file = outputFile(shell, wanted);
    if (file === null) {
      shell.stdout.write(text);
      return EXIT.ok;
    }
    fs.writeFileSync(file, text);
    shell.stderr.write(`${shownPath(shell.cwd, file)} is now the baseline: commit it with the prompt.\n`);
    return EXIT.ok;
  });
}

/** Where the suite wants it, inside the workspace; a suite that is gone or broken wants it beside itself. */
async function placeOf(workspace: Workspace, suitePath: string): Promise<string> {
  const file = path.resolve(workspace.root, suitePath);
  // The history of a repository that came from elsewhere may name any file as its suite.
  await requireInside(workspace.root, file, 'The suite');
  const text = await workspace.files.readText(file).catch(() => '');
  return insideBaselinePath(workspace, { path: file, baseline: parseSuite(text, file).suite?.baseline ?? null });
}
