import * as statistics from 'simple-statistics';

/**
 * Arithmetic mean, summed with compensation.
 *
 * @throws RangeError when there is no value
 * Source: Neumaier (1974) for the sum.
 */
export function mean(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('The mean of no values is undefined.');
  return statistics.sum(values as number[]) / values.length;
}

/**
 * Standard deviation of a sample: divisor n - 1.
 *
 * @throws RangeError when there are fewer than two values
 * Source: the unbiased variance's root (Bessel's correction), two passes.
 */
export function sampleStandardDeviation(values: readonly number[]): number {
  if (values.length < 2) throw new RangeError('A standard deviation needs at least two values.');
  const centre = mean(values);
  const squares = values.map((value) => (value - centre) ** 2);
  return Math.sqrt(statistics.sum(squares) / (values.length - 1));
}
