import { meanOf, meansWithoutOne, resampledMeans, rowsOf } from './bootstrap.ts';
import { bcaZ } from './bootstrapInterval.ts';
import { tTwoSided } from './distribution.ts';

const RESAMPLES = 9_999;

/**
 * Two-sided p-value of paired differences by the BCa bootstrap: is their mean 0?
 *
 * A bootstrap of few values is too narrow, as it divides by n and knows no t: where it ends in normal quantiles, those of t are
 * taken, widened by √(n / (n - 1)).
 *
 * @param differences finite, independent, from about 20 that are not 0
 * Source: Efron (1987); the widening by Hesterberg (2015), The American Statistician 69(4), 371-386, section 5.3.
 */
export function bootstrapTest(differences: readonly number[], seed: number): number {
  const units = rowsOf(differences);
  const replicates = resampledMeans(units, RESAMPLES, seed);
  const z = bcaZ(replicates, { observed: meanOf(units), leftOut: meansWithoutOne(units) }, 0);
  return tTwoSided(z * Math.sqrt((differences.length - 1) / differences.length), differences.length - 1);
}
