// The package's own entry is a port of the rules that misses some of them; its list of words is what is wanted.
import { lexicon } from 'vader-sentiment/src/vader_lexicon.js';

/** What a word says by VADER's lexicon; undefined for one that it does not have. */
export function sentimentOf(word: string): number | undefined {
  return Object.hasOwn(lexicon, word) ? lexicon[word] : undefined;
}
