import { tInterval } from '../stats/interval.ts';
import { mean } from '../stats/mean.ts';

/** Paired: both means are over the same `cases`; `difference` is the mean of after - before. */
export type Difference = {
  readonly before: number;
  readonly after: number;
  readonly difference: number;
  /** The 95 % t interval of `difference`; null for a single case, which says nothing of the spread. */
  readonly interval: { readonly low: number; readonly high: number } | null;
  readonly cases: number;
};

/** A difference with what it is the mean of, case by case: what a test needs. */
export type PairedDifference = Difference & { readonly differences: readonly number[] };

/** @returns null when no pair has both numbers */
export function pairedDifference(
  pairs: readonly (readonly [before: number | undefined, after: number | undefined])[],
): PairedDifference | null {
  const both = pairs.flatMap(([before, after]) =>
    before === undefined || after === undefined ? [] : [{ before, after, difference: after - before }],
  );
  const differences = both.map((pair) => pair.difference);
  if (both.length === 0) return null;
  // The mean of the differences, so that cases without a change leave exactly 0.
  const { mean: difference, low, high } = tInterval(differences, 0.95);
  return {
    before: mean(both.map(({ before }) => before)),
    after: mean(both.map(({ after }) => after)),
    difference,
    interval: both.length > 1 ? { low, high } : null,
    cases: both.length,
    differences,
  };
}
