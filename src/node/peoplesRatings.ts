import type { MetricTools } from '../engine/metric/metric.ts';
import { subjectOf } from '../engine/rating/subject.ts';
import { nodeHashing } from './nodeHashing.ts';
import { type HistoryReader, readHistory } from './store/history.ts';

export type PeoplesRatings = {
  readonly of: MetricTools['ratingsOf'];
  /** Closes what was opened for it. */
  readonly close: () => void;
};

/**
 * What people said in the history of a workspace: an answer that was rated in an earlier run is scored at once.
 *
 * @param kept the history that the run is kept in; null for a run that is not kept, which opens one to read when a metric asks
 */
export function peoplesRatings(root: string, kept: () => HistoryReader | null): PeoplesRatings {
  let opened: HistoryReader | null | undefined;
  const reader = () => {
    const own = kept();
    if (own) return own;
    if (opened === undefined) opened = readHistory(root);
    return opened;
  };
  return {
    of: (testCase, output, metric) => reader()?.ratings.of(subjectOf(testCase, output, nodeHashing), metric) ?? [],
    close: () => opened?.close(),
  };
}
