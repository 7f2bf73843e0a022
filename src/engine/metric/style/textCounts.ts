import { segmentSentences, segmentWords } from '../text/segments.ts';
import { englishSyllables } from './englishSyllables.ts';

/** What formulas of readability are made of. All but `complex` are 1 or more. */
export type TextCounts = {
  readonly sentences: number;
  readonly words: number;
  readonly syllables: number;
  /** Words of three syllables or more. */
  readonly complex: number;
  readonly letters: number;
  /** Letters and digits. */
  readonly characters: number;
};

/** About a second when every line is a sentence. */
const MAX_LENGTH = 300_000;
const LATIN = /\p{Script=Latin}/u;

/**
 * Counts of an English text; a number is a word of one syllable.
 *
 * @returns in words why there are none: formulas made for English say nothing of other scripts.
 */
export function textCounts(text: string): TextCounts | { readonly reason: string } {
  if (text.length > MAX_LENGTH) return { reason: `The output is too long: it has more than ${MAX_LENGTH} characters.` };
  const counts = { sentences: 0, words: 0, syllables: 0, complex: 0, letters: 0, characters: 0 };
  let latin = 0;
  for (const sentence of segmentSentences(text)) {
    const words = segmentWords(sentence);
    if (words.length > 0) counts.sentences += 1;
    for (const word of words) {
      const isLatin = LATIN.test(word);
      const syllables = isLatin ? englishSyllables(plain(word)) : 1;
      latin += Number(isLatin);
      counts.words += 1;
      counts.syllables += syllables;
      counts.complex += Number(syllables >= 3);
      counts.letters += word.match(/\p{L}/gu)?.length ?? 0;
      counts.characters += word.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
    }
  }
  if (latin === 0) return { reason: 'The output has no word in Latin letters; the formula is made for English.' };
  if (latin * 2 < counts.words)
    return { reason: 'Most words of the output are not in Latin letters; the formula is made for English.' };
  return counts;
}

/** A giant run of letters is no word; its first letters are enough to say so. */
function plain(word: string): string {
  return word
    .slice(0, 200)
    .normalize('NFD')
    .replace(/\p{M}+/gu, '');
}
