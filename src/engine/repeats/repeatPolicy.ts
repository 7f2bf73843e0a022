import { mean } from '../stats/mean.ts';
import { quantile } from '../stats/quantile.ts';

/** How the composites of a case's repeats become one. */
export const REPEAT_SCORES = ['mean', 'median', 'mode', 'max', 'min'] as const;
/** When a case passes: at least so many of its repeats, or more than half, all, or one of them. */
export const REPEAT_PASSES = ['majority', 'all', 'any'] as const;

export type RepeatPolicy = {
  /** By default mean. */
  readonly score?: (typeof REPEAT_SCORES)[number];
  /** By default majority; a number is the least that must pass. */
  readonly pass?: (typeof REPEAT_PASSES)[number] | number;
};

/** @param values of one case, at least one */
export function repeatScore(values: readonly number[], { score = 'mean' }: RepeatPolicy): number {
  switch (score) {
    case 'mean':
      return mean(values);
    case 'median':
      return quantile(values, 0.5);
    case 'mode':
      return mode(values);
    case 'max':
      return values.reduce((best, value) => Math.max(best, value), Number.NEGATIVE_INFINITY);
    case 'min':
      return values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
    default:
      return score satisfies never;
  }
}

/**
 * Whether a case passes by what its repeats came to.
 *
 * @param passes of those that were judged, as `fails`
 * @returns null when none was judged
 */
export function repeatsPass(passes: number, fails: number, { pass = 'majority' }: RepeatPolicy): boolean | null {
  if (passes + fails === 0) return null;
  if (pass === 'majority') return passes > fails;
  if (pass === 'all') return fails === 0;
  return passes >= (pass === 'any' ? 1 : pass);
}

/** The value that comes most often; of several the least, so that doubt never flatters. */
function mode(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return Math.min(...[...counts].flatMap(([value, count]) => (count === most ? [value] : [])));
}
