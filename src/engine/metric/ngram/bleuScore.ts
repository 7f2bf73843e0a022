/** Of Chen and Cherry (2014): what `floor` and `nltk` add to a zero count, and `add-k` to every count beyond unigrams. */
export const SMOOTH_VALUES = { none: 0, exp: 0, floor: 0.1, 'add-k': 1, nltk: 0.1 } as const;
type Smoothing = keyof typeof SMOOTH_VALUES;

/** By order, from 1: n-grams that are shared, of so many. */
export type NgramCounts = {
  readonly matches: readonly number[];
  readonly totals: readonly number[];
  readonly outputLength: number;
  readonly referenceLength: number;
};

/**
 * BLEU of counted n-grams, 0..1, with the penalty for an output that is too short.
 *
 * @param effective leaves orders out that the output is too short for
 * Source: Papineni et al. (2002), smoothed as sacreBLEU 2.6.0 does.
 */
export function bleuOf(
  counts: NgramCounts,
  smooth: Smoothing,
  smoothValue: number,
  effective: boolean,
): { score: number; brevity: number } {
  const { outputLength, referenceLength } = counts;
  const brevity =
    outputLength >= referenceLength ? 1 : outputLength === 0 ? 0 : Math.exp(1 - referenceLength / outputLength);
  if ((counts.matches[0] ?? 0) === 0) return { score: 0, brevity };
  const longest = counts.matches.length;
  let order = longest;
  let halvings = 1;
  let logs = 0;
  let reached = 0;
  for (let n = 0; n < longest; n += 1) {
    const added = smooth === 'add-k' && n > 0 ? smoothValue : 0;
    const matches = (counts.matches[n] ?? 0) + added;
    const totals = (counts.totals[n] ?? 0) + added;
    if (totals === 0) break;
    reached = n + 1;
    if (effective) order = n + 1;
    let precision = matches / totals;
    if (matches === 0) {
      if (smooth === 'exp') halvings *= 2;
      precision = smooth === 'exp' ? 1 / (halvings * totals) : (smooth === 'none' ? 0 : smoothValue) / totals;
    }
    logs += Math.log(precision);
  }
  // An order that was not reached has precision 0, and so has the whole.
  const score = reached < order ? 0 : brevity * Math.exp(logs / order);
  return { score, brevity };
}
