let words: Intl.Segmenter | undefined;
let sentences: Intl.Segmenter | undefined;

/** Words of any script, by the rules and dictionaries of Unicode; numbers are words, punctuation and emoji are none. */
export function segmentWords(text: string): string[] {
  words ??= new Intl.Segmenter('en', { granularity: 'word' });
  const found: string[] = [];
  for (const { segment, isWordLike } of words.segment(text)) if (isWordLike === true) found.push(segment);
  return found;
}

/** Sentences that hold a letter or a digit. */
export function segmentSentences(text: string): string[] {
  sentences ??= new Intl.Segmenter('en', { granularity: 'sentence' });
  const found: string[] = [];
  for (const { segment } of sentences.segment(text)) if (/[\p{L}\p{N}]/u.test(segment)) found.push(segment);
  return found;
}
