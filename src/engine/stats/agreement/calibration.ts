import { mean } from '../mean.ts';
import { checkPaired } from './labels.ts';

/** Mean absolute difference of two scores of the same items; null for no items. */
export function meanAbsoluteError(a: readonly number[], b: readonly number[]): number | null {
  checkPaired(a, b);
  return a.length === 0 ? null : mean(a.map((value, index) => Math.abs(value - (b[index] ?? 0))));
}

/**
 * Mean squared difference of a score, read as the probability of a pass, from what was the case. 0 is best.
 *
 * @param scores each 0..1
 * Source: Brier (1950), Mon. Weather Rev. 78(1), 1-3.
 */
export function brierScore(scores: readonly number[], passes: readonly boolean[]): number | null {
  checkPaired(scores, passes);
  return scores.length === 0 ? null : mean(scores.map((score, index) => (score - (passes[index] ? 1 : 0)) ** 2));
}

/** The scores in (low, high] (the first bin has 0 as well): their mean, and the share of them that were passes. */
export type CalibrationBin = {
  readonly low: number;
  readonly high: number;
  readonly count: number;
  readonly meanScore: number;
  readonly passRate: number;
};

/**
 * Bins of equal width; those without a score are left out.
 *
 * @param scores each 0..1
 */
export function calibrationBins(
  scores: readonly number[],
  passes: readonly boolean[],
  bins = DEFAULT_BINS,
): CalibrationBin[] {
  checkPaired(scores, passes);
  const members = Array.from({ length: bins }, () => ({ scores: [] as number[], passed: 0 }));
  scores.forEach((score, index) => {
    if (!(score >= 0 && score <= 1)) throw new RangeError(`A score must be in 0..1, not ${score}.`);
    const bin = members[binOf(score, bins)];
    bin?.scores.push(score);
    if (bin && passes[index]) bin.passed += 1;
  });
  return members.flatMap(({ scores: own, passed }, at) => {
    if (own.length === 0) return [];
    const edges = { low: at / bins, high: (at + 1) / bins };
    return [{ ...edges, count: own.length, meanScore: mean(own), passRate: passed / own.length }];
  });
}

/**
 * Expected calibration error: how far the mean score of a bin is from its pass rate, on average over the scores. 0 is best.
 *
 * Source: Naeini, Cooper and Hauskrecht (2015), AAAI 29, 2901-2907.
 */
export function calibrationError(bins: readonly CalibrationBin[]): number | null {
  const all = bins.reduce((sum, { count }) => sum + count, 0);
  if (all === 0) return null;
  return bins.reduce((sum, bin) => sum + bin.count * Math.abs(bin.passRate - bin.meanScore), 0) / all;
}

const DEFAULT_BINS = 10;

/**
 * The bin of equal width that a score of 0..1 is in. An edge belongs to the bin below it: compared with the edge itself, since 0.3 * 10 is not
 * 3 in floating point.
 */
export function binOf(score: number, bins: number): number {
  let at = Math.min(bins - 1, Math.floor(score * bins));
  while (at > 0 && score <= at / bins) at -= 1;
  while (at < bins - 1 && score > (at + 1) / bins) at += 1;
  return at;
}
