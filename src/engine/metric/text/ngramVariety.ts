import { numberTokens } from './numberTokens.ts';
import { wordTokens } from './wordTokens.ts';

/** More words than this are not counted: each makes an n-gram that is kept. About 3 MB of English. */
export const MAX_VARIETY_WORDS = 500_000;

export type Variety = { readonly distinct: number; readonly total: number };

/**
 * How many different n-grams a text has, of how many; words in lower case, Chinese, Japanese and Thai by the character.
 *
 * @returns null when the text has more than MAX_VARIETY_WORDS words.
 */
export function ngramVariety(text: string, order: number): Variety | null {
  const words = wordTokens(text.toLowerCase());
  if (words.length > MAX_VARIETY_WORDS) return null;
  const total = Math.max(0, words.length - order + 1);
  const ids = new Map<string, number>();
  const numbers = numberTokens(words, ids);
  // An n-gram is numbered by what it begins with and its last word.
  let prefixes = numbers;
  let distinct = ids.size;
  for (let n = 2; n <= order; n += 1) {
    const known = new Map<number, number>();
    const longer = new Int32Array(Math.max(0, words.length - n + 1));
    for (let at = 0; at < longer.length; at += 1) {
      const key = (prefixes[at] ?? 0) * ids.size + (numbers[at + n - 1] ?? 0);
      const number = known.get(key) ?? known.size;
      known.set(key, number);
      longer[at] = number;
    }
    prefixes = longer;
    distinct = known.size;
  }
  return { distinct, total };
}
