import { mean, sampleStandardDeviation } from './mean.ts';

/**
 * The mean paired difference in standard deviations of the differences, d_z.
 *
 * @returns null for fewer than two differences, and where all are the same but not 0: it has no size then
 * Source: Cohen (1988), Statistical Power Analysis, 2nd ed., section 2.3.5.
 */
export function standardisedDifference(differences: readonly number[]): number | null {
  if (differences.length < 2) return null;
  const deviation = sampleStandardDeviation(differences);
  if (deviation === 0) return differences[0] === 0 ? 0 : null;
  return mean(differences) / deviation;
}

/**
 * How much more often it passes: the difference of two rates of the same cases, from the pairs that changed.
 *
 * @returns -1..1; null for no case
 */
export function riskDifference(gained: number, lost: number, cases: number): number | null {
  return cases === 0 ? null : (gained - lost) / cases;
}

/**
 * The difference of two rates where one near 0 or 1 is harder to move: 0.2 is small, 0.5 medium, 0.8 large.
 *
 * @param before 0..1
 * @param after 0..1
 * @returns -π..π, positive when `after` is higher
 * Source: Cohen (1988), section 6.2.
 */
export function cohenH(before: number, after: number): number {
  return 2 * (Math.asin(Math.sqrt(after)) - Math.asin(Math.sqrt(before)));
}

/**
 * How much more often a value of `after` is above one of `before` than below it, -1..1; each is taken with each, paired or not.
 *
 * @returns null when one of them is empty
 * Source: Cliff (1993), Psychol. Bull. 114(3), 494-509.
 */
export function cliffDelta(before: readonly number[], after: readonly number[]): number | null {
  if (before.length === 0 || after.length === 0) return null;
  const sorted = Float64Array.from(before).sort();
  let [below, above] = [0, 0];
  let balance = 0;
  // Both ascend, so that each place is found from the one before.
  for (const value of Float64Array.from(after).sort()) {
    while (below < sorted.length && (sorted[below] ?? 0) < value) below += 1;
    while (above < sorted.length && (sorted[above] ?? 0) <= value) above += 1;
    balance += below - (sorted.length - above);
  }
  return balance / (before.length * after.length);
}
