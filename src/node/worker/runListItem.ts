import type { RunSummary } from '../../engine/run/run.ts';
import type { RunListItem } from '../../protocol/history.ts';
import type { HistoryReader } from '../store/history.ts';

/** A run of the history as lists and headings show it, with all of its variants. */
export function runListItem(history: HistoryReader, run: RunSummary): RunListItem {
  const { header, status, finishedAt, variants } = run;
  const { id, rescoreOf = null, revision = null, suite, startedAt, git, dataset, selection } = header;
  return {
    ...{ id, rescoreOf, revision, suite, status, startedAt, finishedAt, git, selection, variants },
    ...{ dataset: dataset.digest, cases: dataset.cases, marks: history.marks(id) },
  };
}
