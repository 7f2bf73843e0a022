export const CORRECTIONS = ['holm', 'benjamini-hochberg', 'bonferroni', 'none'] as const;
/** How p-values of a family of comparisons are raised, because one of many looks good by luck. */
export type Correction = (typeof CORRECTIONS)[number];

/**
 * Adjusted p-values, in the order given; each 0..1 and never below its own.
 *
 * Source: Holm (1979); Benjamini and Hochberg (1995); Bonferroni's inequality.
 */
export function adjustPValues(pValues: readonly number[], correction: Correction): number[] {
  const family = pValues.length;
  if (correction === 'none') return [...pValues];
  if (correction === 'bonferroni') return pValues.map((pValue) => Math.min(1, pValue * family));
  const ascending = pValues.map((pValue, index) => ({ pValue, index })).sort((a, b) => a.pValue - b.pValue);
  const adjusted = new Array<number>(family).fill(1);
  if (correction === 'holm') {
    let least = 0;
    ascending.forEach(({ pValue, index }, rank) => {
      least = Math.max(least, Math.min(1, pValue * (family - rank)));
      adjusted[index] = least;
    });
    return adjusted;
  }
  let most = 1;
  ascending.toReversed().forEach(({ pValue, index }, fromEnd) => {
    most = Math.min(most, pValue * (family / (family - fromEnd)));
    adjusted[index] = most;
  });
  return adjusted;
}
