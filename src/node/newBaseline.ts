import path from 'node:path';
import { baselineOf } from '../engine/compare/baselineOf.ts';
import { writeBaseline } from '../engine/compare/writeBaseline.ts';
import { TouchstoneError } from '../engine/error.ts';
import type { RunSummary } from '../engine/run/run.ts';
import { partialRun } from '../engine/run/wholeRun.ts';
import { parseSuite } from '../engine/suite/parseSuite.ts';
import { insideBaselinePath } from './loadBaseline.ts';
import type { HistoryReader } from './store/history.ts';
import { requireInside } from './workspace/paths.ts';
import type { Workspace } from './workspace/workspace.ts';

/**
 * The text of the baseline that a run makes; nothing is written.
 *
 * @throws TouchstoneError `invalid-argument` when the run does not stand for its suite
 */
export function baselineText(history: HistoryReader, summary: RunSummary): string {
  const why = partialRun(summary);
  if (why !== null)
    throw new TouchstoneError('invalid-argument', `Run ${summary.header.id} cannot be a baseline. ${why}`, {
      remedy: 'Take a run over all cases: a baseline of some of them would mislead.',
    });
  const empty = summary.variants.find(({ samples }) => samples.pass + samples.fail === 0);
  if (empty)
    throw new TouchstoneError(
      'invalid-argument',
      `Run ${summary.header.id} cannot be a baseline. No sample of ${empty.variant.prompt} on ${empty.variant.model} was scored.`,
      { remedy: 'Mend what failed, evaluate again, and take that run.' },
    );
  return writeBaseline(baselineOf(summary, history.caseResults(summary.header.id)));
}

/** Where the suite of a run wants its baseline, absolute and inside the workspace; a suite that is gone or broken wants it beside itself. */
export async function baselinePlace(workspace: Workspace, { header }: RunSummary): Promise<string> {
  const file = path.resolve(workspace.root, header.suite);
  // The history of a repository that came from elsewhere may name any file as its suite.
  await requireInside(workspace.root, file, 'The suite');
  const text = await workspace.files.readText(file).catch(() => '');
  return insideBaselinePath(workspace, { path: file, baseline: parseSuite(text, file).suite?.baseline ?? null });
}
