import { normalQuantile } from './distribution.ts';
import { normalTail } from './normal.ts';
import { sortedQuantile } from './quantile.ts';

export type BootstrapInterval = {
  readonly low: number;
  readonly high: number;
  readonly method: 'bca' | 'percentile';
  readonly confidence: number;
  readonly resamples: number;
  readonly seed: number;
};

type Ends = { readonly low: number; readonly high: number };

/** The middle of what the resamples came to. @param replicates ascending */
export function percentileEnds(replicates: Float64Array, confidence: number): Ends {
  const tail = tailOf(confidence);
  return { low: sortedQuantile(replicates, tail), high: sortedQuantile(replicates, 1 - tail) };
}

/**
 * The percentiles that mend bias and skew of the replicates.
 *
 * @param replicates ascending
 * @param observed the figure itself
 * @param leftOut the figure without each unit in turn (the jackknife)
 * Source: Efron (1987), J. Am. Stat. Assoc. 82(397), 171-185; replicates that tie with the figure count half below it.
 */
export function bcaInterval(
  replicates: Float64Array,
  { observed, leftOut, confidence }: { observed: number; leftOut: Float64Array; confidence: number },
): Ends {
  const tail = tailOf(confidence);
  const bias = quantileOf(shareBelow(replicates, observed));
  const acceleration = accelerationOf(leftOut);
  // Nothing moves: every replicate is the figure.
  if (!Number.isFinite(bias)) return { low: replicates[0] ?? observed, high: replicates.at(-1) ?? observed };
  const end = (probability: number) => {
    const shifted = bias + normalQuantile(probability);
    return sortedQuantile(replicates, 1 - normalTail(bias + shifted / (1 - acceleration * shifted)));
  };
  return { low: end(tail), high: end(1 - tail) };
}

/**
 * How many standard errors the figure lies above a limit, as such an interval sees it: the normal quantile of the confidence at
 * which its end is the limit. Infinite where nothing varies.
 *
 * Source: Efron and Tibshirani (1993), section 14.3, solved for the confidence; with one more replicate on either side of the
 *   limit, as Phipson and Smyth (2010) count for resampled tests, so that it stays finite.
 */
export function bcaZ(
  replicates: Float64Array,
  { observed, leftOut }: { observed: number; leftOut: Float64Array },
  limit: number,
): number {
  const bias = quantileOf(shareBelow(replicates, observed));
  const acceleration = accelerationOf(leftOut);
  if (leftOut.every((one) => one === leftOut[0]) || !Number.isFinite(bias)) {
    return observed === limit ? 0 : Math.sign(observed - limit) * Number.POSITIVE_INFINITY;
  }
  const below = shareBelow(replicates, limit) * replicates.length;
  const shifted = normalQuantile((below + 1) / (replicates.length + 2)) - bias;
  return bias - shifted / (1 + acceleration * shifted);
}

/** A sixth of the skewness of what leaving out one unit does. */
function accelerationOf(leftOut: Float64Array): number {
  const centre = leftOut.reduce((sum, one) => sum + one, 0) / leftOut.length;
  let [squares, cubes] = [0, 0];
  for (const one of leftOut) {
    const influence = centre - one;
    squares += influence ** 2;
    cubes += influence ** 3;
  }
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
}

function shareBelow(ascending: Float64Array, value: number): number {
  return (firstAtLeast(ascending, value, false) + firstAtLeast(ascending, value, true)) / 2 / ascending.length;
}

/** How many are less than the value, or (`andEqual`) not more. */
function firstAtLeast(ascending: Float64Array, value: number, andEqual: boolean): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const one = ascending[middle] ?? 0;
    if (one < value || (andEqual && one === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function quantileOf(probability: number): number {
  if (probability <= 0) return Number.NEGATIVE_INFINITY;
  return probability >= 1 ? Number.POSITIVE_INFINITY : normalQuantile(probability);
}

function tailOf(confidence: number): number {
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(`A confidence must be between 0 and 1, not ${confidence}.`);
  }
  return (1 - confidence) / 2;
}
