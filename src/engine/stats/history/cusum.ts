export type Cusum = {
  /** For each value, how far the values have drifted above the target and below it, in standard deviations; 0 or more. */
  readonly above: readonly number[];
  readonly below: readonly number[];
  /** The first value at which the drift is over the limit, and the one at which it began; null when none is. */
  readonly alarm: { readonly at: number; readonly since: number; readonly direction: 'above' | 'below' } | null;
};

export type CusumOptions = {
  /** What the values should be, and how much one of them varies when nothing has changed; > 0. */
  readonly target: number;
  readonly deviation: number;
  /** Half the shift that matters, in standard deviations; by default 0.5. */
  readonly slack?: number;
  /** By default 5, with slack 0.5: one false alarm in about 465 values, and a shift of one deviation is seen after about 10. */
  readonly limit?: number;
};

/**
 * Sums of how far values are off their target: small shifts that last add up, chance does not.
 *
 * @param values in the order of time
 * @throws RangeError when the deviation is not positive
 * Source: Page (1954), Biometrika 41(1/2), 100-115, in the tabular form; run lengths from Montgomery, Introduction to Statistical
 *   Quality Control, section 9.1.
 */
export function cusum(values: readonly number[], { target, deviation, slack = 0.5, limit = 5 }: CusumOptions): Cusum {
  if (!(deviation > 0)) throw new RangeError(`A standard deviation must be positive, not ${deviation}.`);
  const scaled = values.map((value) => (value - target) / deviation);
  const above = driftOf(scaled, slack);
  const below = driftOf(
    scaled.map((value) => -value),
    slack,
  );
  const at = scaled.findIndex((_, index) => Math.max(above[index] ?? 0, below[index] ?? 0) > limit);
  if (at < 0) return { above, below, alarm: null };
  const direction = (above[at] ?? 0) > limit ? 'above' : 'below';
  const sums = direction === 'above' ? above : below;
  return { above, below, alarm: { at, direction, since: sums.lastIndexOf(0, at) + 1 } };
}

function driftOf(scaled: readonly number[], slack: number): number[] {
  let sum = 0;
  return scaled.map((value) => {
    sum = Math.max(0, sum + value - slack);
    return sum;
  });
}
