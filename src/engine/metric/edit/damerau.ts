import { MAX_CELLS } from '../limits.ts';
import { withoutSharedEnds } from '../text/sharedEnds.ts';
import { count, digits } from '../words.ts';
import { similarityMetric } from './similarityMetric.ts';

export const damerau = similarityMetric({
  kind: 'damerau',
  summary: 'As levenshtein-similarity, with two neighbouring characters that changed places as one edit.',
  source:
    'Damerau (1964), restricted: optimal string alignment, which edits no part twice; on code points, 1 - distance / longer length.',
  parts: { unit: 'codepoint', norm: 'max', edits: 'osa' },
  compare: (output, reference) => {
    const [a, b] = [points(output), points(reference)];
    const distance = alignmentDistance(a, b);
    if (distance === null) return null;
    const longest = Math.max(a.length, b.length);
    const value = longest === 0 ? 1 : 1 - distance / longest;
    const edits = `${count(distance, 'edit')} on ${count(longest, 'character')}`;
    return { value, reason: `Similarity ${digits(value)}: ${edits}.` };
  },
});

function points(text: string): Int32Array {
  return Int32Array.from(Array.from(text), (point) => point.codePointAt(0) ?? 0);
}

/**
 * Optimal string alignment distance: insertions, deletions, replacements and swaps of neighbours cost 1 each.
 *
 * @returns null when its table has more than MAX_CELLS.
 */
function alignmentDistance(wholeA: Int32Array, wholeB: Int32Array): number | null {
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
