const PUNCTUATION = /[!-/:-@[-`{-~]|\p{P}/gu;
/** Whole words, where letters of every script make a word. */
const ARTICLES = /(?<![\p{L}\p{N}_])(?:a|an|the)(?![\p{L}\p{N}_])/gu;

/** A short answer without case, punctuation of any script and English articles; spaces are left as they fall. */
export function answerText(text: string): string {
  return withoutArticles(text.toLowerCase().replace(PUNCTUATION, ''));
}

export function withoutArticles(text: string): string {
  return text.replace(ARTICLES, ' ');
}
