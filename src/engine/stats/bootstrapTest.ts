import { meanOf, meansWithoutOne, resampledMeans, rowsOf } from './bootstrap.ts';
import { bcaZ } from './bootstrapInterval.ts';
import { tTwoSided } from './distribution.ts';

const RESAMPLES = 9_999;

/**
 * Two p-values of paired differences by the BCa bootstrap: that their mean is 0 (two-sided), and that it is below -margin, on the
 * same scale (twice the one-sided one).
 *
 * A bootstrap of few values is too narrow, as it divides by n and knows no t: where it ends in normal quantiles, those of t are
 * taken, widened by √(n / (n - 1)).
 *
 * @param differences finite, independent, from about 20 that are not 0
 * Source: Efron (1987); the widening by Hesterberg (2015), The American Statistician 69(4), 371-386, section 5.3.
 */
export function bootstrapTest(
  differences: readonly number[],
  seed: number,
  margin = 0,
): { readonly pValue: number; readonly noWorse: number } {
  const units = rowsOf(differences);
  const replicates = resampledMeans(units, RESAMPLES, seed);
  const facts = { observed: meanOf(units), leftOut: meansWithoutOne(units) };
  const count = differences.length;
  const tail = (limit: number) => {
    const z = bcaZ(replicates, facts, limit);
    return { above: z > 0, pValue: tTwoSided(z * Math.sqrt((count - 1) / count), count - 1) };
  };
  const loss = tail(-margin);
  return { pValue: tail(0).pValue, noWorse: loss.above ? loss.pValue : 1 };
}
