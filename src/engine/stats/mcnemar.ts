import { logFactorials } from './logFactorial.ts';

/**
 * Exact McNemar test: two-sided p-value of paired yes/no results, from the pairs that changed.
 *
 * Under no difference each changed pair is a fair coin. Nothing changed: 1.
 *
 * @param gained pairs that fail before and pass after; integer >= 0
 * @param lost   pairs that pass before and fail after; integer >= 0
 * @throws RangeError when one of them is no count
 * Source: McNemar (1947), Psychometrika 12(2), in its exact form: twice the smaller binomial tail, at most 1.
 */
export function mcnemarTest(gained: number, lost: number): number {
  for (const count of [gained, lost]) {
    if (!Number.isSafeInteger(count) || count < 0) throw new RangeError(`${count} is not a number of cases.`);
  }
  const changed = gained + lost;
  const fewer = Math.min(gained, lost);
  if (gained === lost) return 1;
  const log = logFactorials(changed);
  // From the largest term of the tail downwards, so that what is added gets smaller.
  let term = Math.exp(log(changed) - log(fewer) - log(changed - fewer) - changed * Math.LN2);
  let tail = 0;
  for (let count = fewer; count >= 0 && term > tail * Number.EPSILON; count -= 1) {
    tail += term;
    term *= count / (changed - count + 1);
  }
  return Math.min(1, 2 * tail);
}
