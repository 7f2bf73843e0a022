import { tOneSided } from './distribution.ts';
import { pairedT } from './tTest.ts';

export type Equivalence = {
  /** That the mean is not above `low`: small when a loss of so much can be ruled out (non-inferiority). */
  readonly aboveLow: number;
  /** That the mean is not below `high`. */
  readonly belowHigh: number;
  /** The larger of both: small when the mean is shown to lie between them. */
  readonly pValue: number;
};

/**
 * Two one-sided t tests of paired differences: is their mean inside the margins?
 *
 * @param differences finite, independent, at least two
 * @param margins low < high, in the unit of the differences
 * @throws RangeError when there are fewer, or the margins are in the wrong order
 * Source: Schuirmann (1987), J. Pharmacokinet. Biopharm. 15(6), 657-680.
 */
export function equivalenceTest(
  differences: readonly number[],
  { low, high }: { readonly low: number; readonly high: number },
): Equivalence {
  if (!(low < high)) throw new RangeError(`No room between the margins ${low} and ${high}.`);
  const aboveLow = nonInferiority(differences, -low);
  const belowHigh = nonInferiority(
    differences.map((one) => -one),
    high,
  );
  return { aboveLow, belowHigh, pValue: Math.max(aboveLow, belowHigh) };
}

/**
 * One-sided p-value of a mean difference of -margin or less: small when such a loss can be ruled out.
 *
 * @param margin what may be lost; 0 or more for a loss that is allowed
 */
export function nonInferiority(differences: readonly number[], margin: number): number {
  const { mean, standardError, degreesOfFreedom } = pairedT(differences);
  // Without spread there is no t; what is left is how often chance would put all of them on one side.
  if (standardError === 0) return mean > -margin ? 0.5 ** differences.length : 1;
  return tOneSided((mean + margin) / standardError, degreesOfFreedom);
}
