/**
 * Quantile by linear interpolation between order statistics (type 7, the default of R and NumPy).
 *
 * @param values in any order; not changed
 * @param probability 0..1; 0.5 is the median
 * @throws RangeError when there is no value or the probability is out of range
 * Source: Hyndman and Fan (1996), The American Statistician 50(4), 361-365.
 */
export function quantile(values: readonly number[], probability: number): number {
  return sortedQuantile(Float64Array.from(values).sort(), probability);
}

/** The same of values that ascend already. */
export function sortedQuantile(ascending: Float64Array, probability: number): number {
  if (ascending.length === 0) throw new RangeError('A quantile of no values is undefined.');
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`A quantile's probability must be in 0..1, not ${probability}.`);
  }
  const position = (ascending.length - 1) * probability;
  const below = Math.floor(position);
  const low = ascending[below] ?? 0;
  const high = ascending[below + 1] ?? low;
  return low + (position - below) * (high - low);
}
