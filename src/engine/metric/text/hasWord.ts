import { isSpaceless } from './wordTokens.ts';

const PART_OF_WORD = /^[\p{L}\p{N}\p{M}_]$/u;

/** Whether a word or phrase stands in a text and is no part of a longer word; scripts without spaces have no longer words. */
export function hasWord(text: string, word: string): boolean {
  return wordPlaces(text, word).next().done !== true;
}

/** Where it stands so, in UTF-16 units; places do not overlap. */
export function* wordPlaces(text: string, word: string): Generator<number, undefined> {
  const head = String.fromCodePoint(word.codePointAt(0) ?? 0);
  const tail = lastPoint(word, word.length);
  let at = text.indexOf(word);
  while (at >= 0) {
    const end = at + word.length;
    const next = text.codePointAt(end);
    const isCut =
      !joins(lastPoint(text, at), head) && !joins(tail, next === undefined ? '' : String.fromCodePoint(next));
    if (isCut) yield at;
    at = text.indexOf(word, isCut ? Math.max(end, at + 1) : at + 1);
  }
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
