import { foldCase } from './foldText.ts';

/** A folded text, and for each of its UTF-16 units where it comes from: `starts` and `ends` in the text as it was. */
export type FoldedPlaces = { readonly text: string; readonly starts: Int32Array; readonly ends: Int32Array };

/** A letter with its marks, or white space in one piece. */
const UNIT = /\s+|\P{M}\p{M}*|\p{M}+/gsu;

/** As `foldText`, by letters with their marks, so that what is found in it can be shown in the text itself. */
export function foldPlaces(original: string): FoldedPlaces {
  const folds = new Map<string, string>();
  const pieces: string[] = [];
  const [starts, ends]: [number[], number[]] = [[], []];
  for (const { 0: unit, index } of original.matchAll(UNIT)) {
    const known = folds.get(unit) ?? foldCase(unit).replace(/\s+/g, ' ');
    if (unit.length <= 8) folds.set(unit, known);
    pieces.push(known);
    for (let at = 0; at < known.length; at += 1) {
      starts.push(index);
      ends.push(index + unit.length);
    }
  }
  return { text: pieces.join(''), starts: Int32Array.from(starts), ends: Int32Array.from(ends) };
}
