import { tTwoSided } from './distribution.ts';
import { mean, sampleStandardDeviation } from './mean.ts';
import { SeededRandom } from './random.ts';

/** How a p-value was found: by all sign patterns, by so many random ones, or by Student's t. */
export type PairedTest = 'exact sign-flip' | 'sign-flip' | 't';

/** All 2^n patterns are gone through up to here. */
const EXACT_UP_TO = 16;
/** Beyond so many differences the mean is normal enough for t, and resampling would only take time. */
const RESAMPLED_UP_TO = 500;
const RESAMPLES = 9_999;
/** Sums of the same parts in another order may differ by rounding. */
const TOLERANCE = 1e-12;

/**
 * Two-sided p-value of paired differences against a mean of 0. Needs no normal distribution where there are few: under no
 * difference each sign could as well have been the other one.
 *
 * @param differences finite, independent: repeats of one case must have been averaged before
 * @returns p 1 when nothing differs
 * Source: Fisher's randomisation test of paired differences; with random patterns (hits + 1) / (patterns + 1) after
 *   Phipson and Smyth (2010), so that p is never 0; beyond 500 differences the paired t test.
 */
export function pairedTest(
  differences: readonly number[],
  seed: number,
): { readonly pValue: number; readonly test: PairedTest } {
  // A difference of 0 is 0 with either sign.
  const moved = differences.filter((difference) => difference !== 0);
  if (moved.length <= EXACT_UP_TO) return { pValue: allPatterns(moved), test: 'exact sign-flip' };
  if (moved.length <= RESAMPLED_UP_TO) return { pValue: randomPatterns(moved, seed), test: 'sign-flip' };
  return { pValue: tTestOf(differences), test: 't' };
}

function allPatterns(moved: readonly number[]): number {
  const observed = Math.abs(sumOf(moved)) - TOLERANCE;
  const patterns = 2 ** moved.length;
  let hits = 0;
  for (let pattern = 0; pattern < patterns; pattern += 1) {
    let sum = 0;
    for (let index = 0; index < moved.length; index += 1) {
      const difference = moved[index] ?? 0;
      sum += (pattern >> index) & 1 ? -difference : difference;
    }
    if (Math.abs(sum) >= observed) hits += 1;
  }
  return hits / patterns;
}

function randomPatterns(moved: readonly number[], seed: number): number {
  const values = Float64Array.from(moved);
  const observed = Math.abs(sumOf(moved)) - TOLERANCE;
  const random = new SeededRandom(seed);
  let hits = 0;
  for (let pattern = 0; pattern < RESAMPLES; pattern += 1) {
    let sum = 0;
    let bits = 0;
    for (let index = 0; index < values.length; index += 1) {
      bits = index % 32 === 0 ? random.bits() : bits >>> 1;
      const difference = values[index] ?? 0;
      sum += bits & 1 ? -difference : difference;
    }
    if (Math.abs(sum) >= observed) hits += 1;
  }
  return (hits + 1) / (RESAMPLES + 1);
}

function tTestOf(differences: readonly number[]): number {
  const error = sampleStandardDeviation(differences) / Math.sqrt(differences.length);
  // All differences the same and not 0: no spread leaves no doubt.
  if (error === 0) return 0;
  return tTwoSided(mean(differences) / error, differences.length - 1);
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
