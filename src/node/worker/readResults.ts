import path from 'node:path';
import { parseSuite } from '../../engine/suite/parseSuite.ts';
import { scoredOtherwise } from '../../engine/suite/scoredOtherwise.ts';
import type { ResultsState } from '../../protocol/views.ts';
import { judgeMetrics } from '../ratings/judgeReports.ts';
import type { HistoryReader } from '../store/history.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Comparisons } from './comparisons.ts';
import { type OpenSuite, openSuite } from './promptUse.ts';
import { runListItem } from './runListItem.ts';

export type ResultsQuestion = {
  readonly runId: string;
  /** The prompt that the results are looked at for; null for a suite. */
  readonly promptPath: string | null;
  readonly isNewest: boolean;
};

/** A run as the results tab shows it; null when the history does not know it. */
export async function readResults(
  workspace: Workspace,
  history: HistoryReader,
  { runId, promptPath, isNewest }: ResultsQuestion,
  comparisons: Comparisons,
): Promise<ResultsState | null> {
  const run = history.run(runId);
  if (!run) return null;
  const { header, status } = run;
  const { suite: suiteName, metrics } = header;
  // The suite may have gone since; its run is as readable as before.
  const suite = await openSuite(workspace, path.resolve(workspace.root, suiteName)).catch(() => null);
  const comparison = await comparisons.toBaseline(workspace, suite, history, run);
  const toBaseline = (comparison?.variants ?? []).flatMap(({ variantId, composite }) =>
    composite ? [[variantId, composite] as const] : [],
  );
  const prompts = new Set(header.variants.map(({ prompt }) => prompt));
  const ofPrompt = header.variants.filter(({ prompt }) => prompt === promptPath).map((variant) => variant.id);
  return {
    run: runListItem(history, run),
    metrics,
    policy: header.policy,
    variants: header.variants,
    baseline: Object.fromEntries(toBaseline),
    toFirst:
      prompts.size > 1 && status !== 'running' ? Object.fromEntries(comparisons.between(history, run, suite)) : {},
    ofPrompt: ofPrompt.length < header.variants.length ? ofPrompt : [],
    doubts: metrics.some(({ trust }) => trust) ? comparisons.doubts(history, run) : [],
    isJudged: judgeMetrics(metrics).length > 0,
    isScoredOtherwise: status !== 'running' && isScoredOtherwise(suite, header.suiteText),
    isNewest,
    note: null,
  };
}

/** False also where the suite is gone or has errors: then there is nothing to score by. */
function isScoredOtherwise(suite: OpenSuite | null, textThen: string): boolean {
  const now = suite?.parsed.suite;
  const then = now && parseSuite(textThen, now.path).suite;
  return then ? scoredOtherwise(then, now) : false;
}
