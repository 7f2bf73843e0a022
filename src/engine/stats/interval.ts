import { tQuantile } from './distribution.ts';
import { mean, sampleStandardDeviation } from './mean.ts';

export type MeanInterval = { readonly mean: number; readonly low: number; readonly high: number };

/**
 * Mean with its t interval: mean ± t(n - 1) · s / √n. Not clipped to the range of the values.
 *
 * One value says nothing of its spread: its interval is the value itself, so show an interval only for two or more.
 *
 * @param values independent; repeats of one case must have been averaged before
 * @param confidence 0 < confidence < 1
 * @throws RangeError when there is no value or the confidence is out of range
 * Source: Student (1908), Biometrika 6(1), 1-25.
 */
export function tInterval(values: readonly number[], confidence: number): MeanInterval {
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(`A confidence must be between 0 and 1, not ${confidence}.`);
  }
  const centre = mean(values);
  if (values.length === 1) return { mean: centre, low: centre, high: centre };
  const error = sampleStandardDeviation(values) / Math.sqrt(values.length);
  // Values without spread have no interval to compute, and jstat need not be asked.
  const half = error === 0 ? 0 : tQuantile((1 + confidence) / 2, values.length - 1) * error;
  return { mean: centre, low: centre - half, high: centre + half };
}

/**
 * Mean of scores with its interval, for scores in 0..1: clipped to that range. Of a single value nothing narrower than the
 * whole range is known. null when there is none.
 *
 * @param values independent, each in 0..1; repeats of one case must have been averaged before
 */
export function scoreInterval(values: readonly number[], confidence: number): MeanInterval | null {
  if (values.length === 0) return null;
  const { mean: centre, low, high } = tInterval(values, confidence);
  if (values.length === 1) return { mean: centre, low: 0, high: 1 };
  return { mean: centre, low: Math.max(0, low), high: Math.min(1, high) };
}

/**
 * Wilson score interval of a pass rate.
 *
 * @param passed passing cases; integer, 0 <= passed <= scored
 * @param scored cases with a score; integer > 0 (errors and unscored are not in it)
 * @param z      standard normal quantile; 1.96 for 95 %
 * @returns      [low, high], each in 0..1
 * @throws RangeError when scored is 0 or passed is out of range
 * Source: Wilson (1927), J. Am. Stat. Assoc. 22(158), 209-212.
 */
export function wilsonInterval(passed: number, scored: number, z: number): readonly [low: number, high: number] {
  if (!Number.isSafeInteger(scored) || scored < 1) throw new RangeError(`No pass rate over ${scored} cases.`);
  if (!Number.isSafeInteger(passed) || passed < 0 || passed > scored) {
    throw new RangeError(`${passed} of ${scored} cases cannot pass.`);
  }
  if (!(z > 0 && z < Number.POSITIVE_INFINITY)) throw new RangeError(`z must be positive, not ${z}.`);
  const rate = passed / scored;
  const square = z * z;
  const centre = (rate + square / (2 * scored)) / (1 + square / scored);
  const half = (z / (1 + square / scored)) * Math.sqrt((rate * (1 - rate)) / scored + square / (4 * scored * scored));
  // Exact at the ends, where rounding would leave 1e-17 of either sign.
  return [passed === 0 ? 0 : centre - half, passed === scored ? 1 : centre + half];
}
