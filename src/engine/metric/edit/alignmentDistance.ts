import { MAX_CELLS } from '../limits.ts';
import { withoutSharedEnds } from '../text/sharedEnds.ts';

/** The code points of a text. */
export function points(text: string): Int32Array {
  return Int32Array.from(Array.from(text), (point) => point.codePointAt(0) ?? 0);
}

/**
 * Optimal string alignment distance: insertions, deletions, replacements and swaps of neighbours cost 1 each.
 *
 * @returns null when its table has more than MAX_CELLS.
 */
export function alignmentDistance(wholeA: Int32Array, wholeB: Int32Array): number | null {
  const { a, b } = withoutSharedEnds(wholeA, wholeB);
  if (a.length * b.length > MAX_CELLS) return null;
  let beforeLast = new Int32Array(b.length + 1);
  let last = Int32Array.from({ length: b.length + 1 }, (_, column) => column);
  let next = new Int32Array(b.length + 1);
  for (let row = 1; row <= a.length; row += 1) {
    next[0] = row;
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = (last[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      let least = Math.min(replaced, (last[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1);
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (isSwap) least = Math.min(least, (beforeLast[column - 2] ?? 0) + 1);
      next[column] = least;
    }
    [beforeLast, last, next] = [last, next, beforeLast];
  }
  return last[b.length] ?? 0;
}
