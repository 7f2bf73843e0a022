import { TouchstoneError } from '../../engine/error.ts';
import { type HistoryReader, readHistory } from '../../node/store/history.ts';
import type { SuiteReport } from '../reporters/suiteReport.ts';
import { runPage } from './runPage.ts';

/**
 * The page of suites that have just been run, in pieces. Its cases are read from the histories that the runs are kept in.
 *
 * @param roots of the workspaces, absolute, one for each report
 * @throws TouchstoneError not-found for a run that is no longer there
 */
export function* htmlReport(reports: readonly SuiteReport[], roots: readonly string[]): Generator<string> {
  const open = new Map<string, HistoryReader>();
  const historyOf = (root: string): HistoryReader => {
    const history = open.get(root) ?? readHistory(root);
    if (!history)
      throw new TouchstoneError('not-found', `The history of ${root} is gone, and with it the cases of the page.`);
    open.set(root, history);
    return history;
  };
  try {
    yield* runPage(
      reports.map(({ summary, gate, comparison, notes }, at) => ({
        history: historyOf(roots[at] ?? ''),
        ...{ summary, gate, comparison, notes },
      })),
    );
  } finally {
    for (const history of open.values()) history.close();
  }
}
