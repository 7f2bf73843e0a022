import path from 'node:path';
import type { ResultsState } from '../../protocol/views.ts';
import type { HistoryReader } from '../store/history.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Comparisons } from './comparisons.ts';
import { openSuite } from './promptUse.ts';

/** A run as the results tab shows it; null when the history does not know it. */
export async function readResults(
  workspace: Workspace,
  history: HistoryReader,
  runId: string,
  comparisons: Comparisons,
): Promise<ResultsState | null> {
  const run = history.run(runId);
  if (!run) return null;
  const { header, status, finishedAt, variants } = run;
  const { id, suite: suiteName, startedAt, git, dataset, selection, metrics } = header;
  // The suite may have gone since; its run is as readable as before.
  const suite = await openSuite(workspace, path.resolve(workspace.root, suiteName)).catch(() => null);
  const comparison = await comparisons.toBaseline(workspace, suite, history, run);
  const differences = (comparison?.variants ?? []).flatMap(({ variantId, composite }) =>
    composite ? [[variantId, { difference: composite.difference, cases: composite.cases }] as const] : [],
  );
  return {
    run: { id, suite: suiteName, status, startedAt, finishedAt, git, cases: dataset.cases, selection, variants },
    metrics,
    variants: header.variants,
    baseline: Object.fromEntries(differences),
    note: null,
  };
}
