import { isSpaceless } from './wordTokens.ts';

const PART_OF_WORD = /^[\p{L}\p{N}\p{M}_]$/u;

/** Whether a word or phrase stands in a text and is no part of a longer word; scripts without spaces have no longer words. */
export function hasWord(text: string, word: string): boolean {
  const head = String.fromCodePoint(word.codePointAt(0) ?? 0);
  const tail = lastPoint(word, word.length);
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const end = at + word.length;
    const next = text.codePointAt(end);
    const isCut =
      !joins(lastPoint(text, at), head) && !joins(tail, next === undefined ? '' : String.fromCodePoint(next));
    if (isCut) return true;
  }
  return false;
}

/** Whether two neighbours are of one word. */
function joins(a: string, b: string): boolean {
  return PART_OF_WORD.test(a) && PART_OF_WORD.test(b) && !isSpaceless(a) && !isSpaceless(b);
}

function lastPoint(text: string, end: number): string {
  const low = text.charCodeAt(end - 1);
  const isPair = low >= 0xdc00 && low <= 0xdfff && end >= 2;
  return text.slice(Math.max(0, end - (isPair ? 2 : 1)), end);
}
