import { normalTwoSided } from '../normal.ts';
import { quantile } from '../quantile.ts';

export type Trend = {
  /** Kendall's tau-b of value and time, -1..1; null when no value differs from another. */
  readonly tau: number | null;
  /** Two-sided, 0..1. */
  readonly pValue: number;
  readonly method: 'exact' | 'normal';
  /** Change from one value to the next: the median of the slopes between all pairs. */
  readonly slope: number;
};

const EXACT_UP_TO = 33;

/**
 * Do values rise or fall over a history? Only which of two is larger counts.
 *
 * Exact up to 33 values without ties; else normal, with the correction for ties and none for continuity.
 *
 * @param values in the order of time, one each; finite, independent under no trend
 * @throws RangeError for fewer than two
 * Source: Mann (1945), Econometrica 13(3), 245-259; Kendall (1975), Rank Correlation Methods; slope of Theil (1950) and Sen (1968).
 */
export function mannKendall(values: readonly number[]): Trend {
  const n = values.length;
  if (n < 2) throw new RangeError('A trend needs at least two values.');
  const slopes: number[] = [];
  let balance = 0;
  values.forEach((later, at) => {
    for (let before = 0; before < at; before += 1) {
      const rise = later - (values[before] ?? 0);
      balance += Math.sign(rise);
      slopes.push(rise / (at - before));
    }
  });
  const tied = tieSizes(values);
  const pairs = (n * (n - 1)) / 2;
  const untied = pairs - tied.reduce((sum, t) => sum + (t * (t - 1)) / 2, 0);
  const slope = quantile(slopes, 0.5);
  if (untied === 0) return { tau: null, pValue: 1, method: 'exact', slope };
  const tau = balance / Math.sqrt(pairs * untied);
  if (tied.length === 0 && n <= EXACT_UP_TO) {
    return { tau, pValue: exact(n, (pairs - Math.abs(balance)) / 2), method: 'exact', slope };
  }
  const spread = (size: number) => size * (size - 1) * (2 * size + 5);
  const variance = (spread(n) - tied.reduce((sum, t) => sum + spread(t), 0)) / 18;
  return { tau, pValue: normalTwoSided(balance / Math.sqrt(variance)), method: 'normal', slope };
}

/** Twice the chance that a random order has at most so many pairs the wrong way round. */
function exact(n: number, discordant: number): number {
  let share = [1];
  for (let size = 2; size <= n; size += 1) {
    const next = new Array<number>(discordant + 1).fill(0);
    for (let count = 0; count <= discordant; count += 1) {
      for (let added = 0; added < size && added <= count; added += 1) {
        next[count] = (next[count] ?? 0) + (share[count - added] ?? 0) / size;
      }
    }
    share = next;
  }
  return Math.min(1, 2 * share.reduce((sum, one) => sum + one, 0));
}

/** How many share a value, of the values that are shared. */
function tieSizes(values: readonly number[]): number[] {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts.values()].filter((count) => count > 1);
}
