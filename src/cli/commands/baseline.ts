import fs from 'node:fs';
import { mergeByLine } from '../../node/git/mergeByLine.ts';
import { baselinePlace, baselineText } from '../../node/newBaseline.ts';
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
    const text = baselineText(history, summary);
    const file = outputFile(shell, options.out ?? (await baselinePlace(workspace, summary)));
    if (file === null) {
      shell.stdout.write(text);
      return EXIT.ok;
    }
    fs.writeFileSync(file, text);
    const attributes = await mergeByLine(file, '*.baseline.json');
    shell.stderr.write(`${shownPath(shell.cwd, file)} is now the baseline: commit it with the prompt.\n`);
    if (attributes !== null)
      shell.stderr.write(
        `${shownPath(shell.cwd, attributes)} tells git to keep the cases that both sides of a merge added: commit it too.\n`,
      );
    return EXIT.ok;
  });
}
