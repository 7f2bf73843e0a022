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
  return Math.min(1, 2 * smallerTail(gained, lost).tail);
}

/**
 * The same with half of what was observed: closer to the level than the exact test, which is too careful, but without its
 * guarantee.
 *
 * Source: Lancaster (1961), J. Am. Stat. Assoc. 56(294), 223-234; Fagerland, Lydersen and Laake (2013), BMC Med. Res. Methodol. 13:91.
 */
export function mcnemarMidP(gained: number, lost: number): number {
  const { tail, observed } = smallerTail(gained, lost);
  return Math.min(1, 2 * tail - observed);
}

/** P(at most the smaller count) and P(just that), of a fair coin. */
function smallerTail(gained: number, lost: number): { readonly tail: number; readonly observed: number } {
  for (const count of [gained, lost]) {
    if (!Number.isSafeInteger(count) || count < 0) throw new RangeError(`${count} is not a number of cases.`);
  }
  const changed = gained + lost;
  const fewer = Math.min(gained, lost);
  const log = logFactorials(changed);
  const observed = Math.exp(log(changed) - log(fewer) - log(changed - fewer) - changed * Math.LN2);
  // From the largest term of the tail downwards, so that what is added gets smaller.
  let term = observed;
  let tail = 0;
  for (let count = fewer; count >= 0 && term > tail * Number.EPSILON; count -= 1) {
    tail += term;
    term *= count / (changed - count + 1);
  }
  return { tail, observed };
}
