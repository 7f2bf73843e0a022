import path from 'node:path';
import type { ResultsState } from '../../protocol/views.ts';
import type { HistoryReader } from '../store/history.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { committedBaseline } from './committedBaseline.ts';
import { openSuite } from './promptUse.ts';

/** A run as the results tab shows it; null when the history does not know it. */
export async function readResults(
  workspace: Workspace,
  history: HistoryReader,
  runId: string,
): Promise<ResultsState | null> {
  const run = history.run(runId);
  if (!run) return null;
  const { header, status, finishedAt, variants } = run;
  const { id, suite: suiteName, startedAt, git, dataset, metrics } = header;
  // The suite may have gone since; its run is as readable as before.
  const suite = await openSuite(workspace, path.resolve(workspace.root, suiteName)).catch(() => null);
  return {
    run: { id, suite: suiteName, status, startedAt, finishedAt, git, cases: dataset.cases, variants },
    metrics,
    variants: header.variants,
    baseline: await committedBaseline(workspace, suite, run),
    note: null,
  };
}
