import type { MetricTools } from '../engine/metric/metric.ts';
import type { Rating } from '../engine/rating/rating.ts';
import { subjectOf } from '../engine/rating/subject.ts';
import { nodeHashing } from './nodeHashing.ts';
import { type History, type HistoryReader, readHistory } from './store/history.ts';

export type PeoplesRatings = {
  readonly of: MetricTools['ratingsOf'];
  /** Where the run is kept, which keeps the committed ratings as well; null for a run that is not kept. */
  readonly use: (history: History | null, committed: readonly Rating[]) => void;
  /** Closes what was opened for it. */
  readonly close: () => void;
};

/** What people said of an answer, in the history of a workspace: what was rated in an earlier run is scored at once. */
export function peoplesRatings(root: string): PeoplesRatings {
  let reader: HistoryReader | null | undefined;
  let opened: HistoryReader | null = null;
  let loose: readonly Rating[] = [];
  return {
    use(history, committed) {
      if (history) {
        if (committed.length > 0) history.addRatings(committed);
        reader = history;
      } else loose = committed;
    },
    of(testCase, answer, metric) {
      if (reader === undefined) {
        opened = readHistory(root);
        reader = opened;
      }
      const subject = subjectOf(testCase, answer, nodeHashing);
      const kept = reader?.ratings.of(subject, metric) ?? [];
      return [...kept, ...loose.filter((one) => one.subject === subject && one.metric === metric)];
    },
    close: () => opened?.close(),
  };
}
