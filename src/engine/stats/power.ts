import { tQuantile } from './distribution.ts';

/** The usual chance to see a difference that is there. */
const POWER = 0.8;
const MOST_CASES = 1_000_000;

/**
 * The smallest mean difference that a paired comparison of so many cases shows in 80 of 100 tries.
 *
 * @param cases             independent pairs; integer >= 2
 * @param standardDeviation of the differences; >= 0
 * @param confidence        0 < confidence < 1, of the two-sided test
 * Source: the central t approximation (t(1 - α/2) + t(power)) · s / √n; within 0.1 % of the exact one from 20 cases on.
 */
export function detectableDifference(cases: number, standardDeviation: number, confidence: number): number {
  const quantiles = tQuantile((1 + confidence) / 2, cases - 1) + tQuantile(POWER, cases - 1);
  return (quantiles * standardDeviation) / Math.sqrt(cases);
}

/**
 * How many cases a paired comparison needs to show a mean difference of this size in 80 of 100 tries; at least 2.
 *
 * @returns null beyond a million: nobody writes so many cases
 */
export function neededCases(difference: number, standardDeviation: number, confidence: number): number | null {
  const shows = (cases: number) => detectableDifference(cases, standardDeviation, confidence) <= difference;
  if (!(difference > 0)) return null;
  let low = 2;
  let high = 2;
  while (!shows(high)) {
    if (high === MOST_CASES) return null;
    low = high + 1;
    high = Math.min(2 * high, MOST_CASES);
  }
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (shows(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
