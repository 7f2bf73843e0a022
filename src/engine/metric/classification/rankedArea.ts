import { midRanks } from '../../stats/agreement/ranks.ts';

/**
 * The area under the receiver operating characteristic: the share of pairs of a positive and a negative in which the positive
 * is higher, ties half.
 *
 * @param positives 1 where it is one, else 0
 * @returns null when there is none of either
 * Source: Hanley and McNeil (1982), Radiology 143(1), 29-36.
 */
export function areaUnderRoc(values: readonly number[], positives: readonly number[]): number | null {
  const count = positives.reduce((sum, one) => sum + one, 0);
  const others = positives.length - count;
  if (count === 0 || others === 0) return null;
  const ranks = midRanks(values);
  const sum = ranks.reduce((total, rank, index) => total + rank * (positives[index] ?? 0), 0);
  return (sum - (count * (count + 1)) / 2) / (count * others);
}

/**
 * Average precision: the precision at each threshold, weighted by how much recall it adds; values that tie share a threshold.
 *
 * @returns null when there is none of either
 */
export function areaUnderPrecision(values: readonly number[], positives: readonly number[]): number | null {
  const count = positives.reduce((sum, one) => sum + one, 0);
  if (count === 0 || count === positives.length) return null;
  const order = values.map((_, index) => index).sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0));
  let area = 0;
  let found = 0;
  for (let start = 0; start < order.length; ) {
    let end = start;
    let added = 0;
    const threshold = values[order[start] ?? 0];
    for (; end < order.length && values[order[end] ?? 0] === threshold; end += 1)
      added += positives[order[end] ?? 0] ?? 0;
    found += added;
    area += (added / count) * (found / end);
    start = end;
  }
  return area;
}
