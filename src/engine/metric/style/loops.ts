import { numberTokens } from '../text/numberTokens.ts';

/** Words of the longest span whose loop is looked for; a longer one that comes again is no loop but a repeated section. */
export const MAX_LOOP_SPAN = 200;

/** A span of words that comes several times in a row. `words` may end within the span. */
export type Loop = { readonly start: number; readonly span: number; readonly words: number };

/**
 * The longest stretch in which a span of words follows upon itself at least so many times; of two as long, the one of the
 * shorter span. null when there is none.
 *
 * Time is the number of words by MAX_LOOP_SPAN.
 */
export function longestLoop(words: readonly string[], times: number): Loop | null {
  const numbers = numberTokens(words, new Map());
  let longest: Loop | null = null;
  for (let span = 1; span <= MAX_LOOP_SPAN && span * times <= numbers.length; span += 1) {
    let same = 0;
    for (let at = span; at < numbers.length; at += 1) {
      same = numbers[at] === numbers[at - span] ? same + 1 : 0;
      const length = same + span;
      if (length >= span * times && length > (longest?.words ?? 0))
        longest = { start: at + 1 - length, span, words: length };
    }
  }
  return longest;
}
