import type { Doubt } from '../../engine/judge/trustWords.ts';
import type { RunSummary } from '../../engine/run/run.ts';
import type { HistoryReader } from '../store/history.ts';
import { judgeReports } from './judgeReports.ts';

/** The judges of a run that do not agree with people as far as its suite asks, or of which nobody knows. */
export function judgeDoubts(history: HistoryReader, run: RunSummary): Doubt[] {
  return run.header.metrics.flatMap(({ name, trust }) => {
    if (!trust) return [];
    return judgeReports(history, run, name).flatMap(({ report: { kappa, compared, standing } }) =>
      standing === 'meets' ? [] : [{ metric: name, bar: trust.kappa, kappa, compared, standing }],
    );
  });
}
