/**
 * Scripts written without spaces. The tokenizer would take a whole sentence for one word, so their characters are set apart on
 * the way in and in queries alike; a query for several of them becomes a phrase.
 */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;
/** Cheap first look: every such script lies above this. Most outputs have nothing there. */
const MAY_BE_UNSPACED = /[\u0e00-\uffff]/;
const WORD_CHARACTER = /[\p{L}\p{N}\p{Co}]/u;

/** What the search index is given for a text. */
export function searchableText(text: string): string {
  return MAY_BE_UNSPACED.test(text) ? text.replace(UNSPACED, ' $& ') : text;
}

/**
 * The FTS5 expression for what a person typed: every word must occur, in any order and case, and may be the beginning of
 * a longer one; a word with signs in it (`how-to`, `"urgent":true`) is a phrase.
 *
 * @returns null when there is no letter or digit to look up: such a text can only be found by reading every output
 */
export function searchExpression(typed: string): string | null {
  const terms = typed.split(/\s+/).filter((term) => term !== '');
  if (terms.length === 0 || !terms.every((term) => WORD_CHARACTER.test(term))) return null;
  // A quoted string is one phrase whatever stands in it; quotes inside are doubled.
  return terms.map((term) => `"${searchableText(term).replaceAll('"', '""')}" *`).join(' AND ');
}
