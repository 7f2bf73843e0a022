import type { Sample, StatusCounts } from '../../engine/run/sample.ts';
import { displayWidth, fitWidth } from '../displayWidth.ts';
import { formatCount, formatScore, formatUsd } from '../format.ts';

/** How far a run is. */
export type Progress = {
  readonly planned: number;
  readonly counts: StatusCounts;
  readonly compositeSum: number;
  readonly compositeCount: number;
  /** Of the samples whose cost is known. */
  readonly costUsd: number;
  readonly costCount: number;
};

export function startProgress(planned: number): Progress {
  return {
    planned,
    counts: { pass: 0, fail: 0, error: 0, unscored: 0 },
    compositeSum: 0,
    compositeCount: 0,
    costUsd: 0,
    costCount: 0,
  };
}

export function addToProgress(progress: Progress, sample: Sample): Progress {
  const composite = sample.status === 'error' ? null : sample.composite;
  const costUsd = sample.status === 'error' ? null : sample.costUsd;
  return {
    planned: progress.planned,
    counts: { ...progress.counts, [sample.status]: progress.counts[sample.status] + 1 },
    compositeSum: progress.compositeSum + (composite ?? 0),
    compositeCount: progress.compositeCount + (composite === null ? 0 : 1),
    costUsd: progress.costUsd + (costUsd ?? 0),
    costCount: progress.costCount + (costUsd === null ? 0 : 1),
  };
}

/**
 * One line: done of planned, a bar where there is room, counts, mean composite so far, cost, samples in a second.
 *
 * @param columns width of the terminal; Infinity for a line without a bar, cut nowhere
 */
export function progressLine(progress: Progress, elapsedMs: number, columns: number): string {
  const { counts, planned } = progress;
  const done = counts.pass + counts.fail + counts.error + counts.unscored;
  const composite = progress.compositeCount === 0 ? null : progress.compositeSum / progress.compositeCount;
  const rate = elapsedMs >= 500 && done > 0 ? `${formatRate((done * 1000) / elapsedMs)}/s` : null;
  const facts = [
    `${counts.pass} pass`,
    `${counts.fail} fail`,
    ...(counts.error > 0 ? [`${counts.error} error`] : []),
    ...(counts.unscored > 0 ? [`${counts.unscored} unscored`] : []),
    ...(composite === null ? [] : [`composite ${formatScore(composite)}`]),
    ...(progress.costCount === 0 ? [] : [formatUsd(progress.costUsd)]),
    ...(rate === null ? [] : [rate]),
  ].join(' · ');
  const head = `${formatCount(done)}/${formatCount(planned)}`;
  if (columns === Number.POSITIVE_INFINITY) return `${head}  ${facts}`;
  const room = columns - displayWidth(head) - displayWidth(facts) - 5;
  const bar = room >= 8 ? `${barOf(done, planned, Math.min(room, 30))}  ` : '';
  // The last column stays free: some terminals wrap a line that fills it.
  return fitWidth(`${head}  ${bar}${facts}`, columns - 1);
}

function barOf(done: number, planned: number, width: number): string {
  const full = planned === 0 ? width : Math.floor((done / planned) * width);
  return '━'.repeat(full) + '─'.repeat(width - full);
}

function formatRate(rate: number): string {
  return rate < 10 ? rate.toFixed(1) : formatCount(rate);
}
