import { quantile } from '../quantile.ts';

/**
 * The middle of what resamples came to.
 *
 * @param values those of the resamples in which the figure is defined
 * @returns null when it was undefined in more than one of twenty: what is left would be narrower than it is
 * Source: Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapter 13.
 */
export function percentileInterval(
  values: readonly number[],
  { confidence, resamples }: { readonly confidence: number; readonly resamples: number },
): { readonly low: number; readonly high: number } | null {
  if (values.length === 0 || values.length < resamples * USABLE_SHARE) return null;
  const tail = (1 - confidence) / 2;
  return { low: quantile(values, tail), high: quantile(values, 1 - tail) };
}

const USABLE_SHARE = 0.95;
