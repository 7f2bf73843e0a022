import { MAX_CELLS } from '../limits.ts';
import { numberTokens } from '../text/numberTokens.ts';
import type { Compare, Sentences } from './rougeMetric.ts';

/**
 * Words of each expected sentence that a longest common subsequence with any sentence of the output covers, each counted as
 * often as both texts have it.
 *
 * @returns null when the tables would have more than MAX_CELLS.
 * Source: Lin (2004), 3.2, with the counts of ROUGE 1.5.5 as in rouge_score 0.1.2.
 */
export function summaryOverlap(reference: Sentences): Compare {
  const ids = new Map<string, number>();
  const expected = reference.map((sentence) => numberTokens(sentence, ids));
  const inReference = total(expected);
  return (output) => {
    const known = new Map(ids);
    const mine = output.map((sentence) => numberTokens(sentence, known));
    const inOutput = total(mine);
    if (inReference * inOutput > MAX_CELLS) return null;
    const left = [countOf(expected, known.size), countOf(mine, known.size)] as const;
    let shared = 0;
    for (const sentence of expected) {
      const covered = new Uint8Array(sentence.length);
      for (const other of mine) cover(sentence, other, covered);
      for (const [at, word] of sentence.entries()) {
        if (covered[at] === 0 || left.some((counts) => (counts[word] ?? 0) === 0)) continue;
        shared += 1;
        for (const counts of left) counts[word] = (counts[word] ?? 0) - 1;
      }
    }
    return { shared, inOutput, inReference };
  };
}

/** Marks the words of one longest common subsequence; of several the one that rouge_score walks back to. */
function cover(sentence: Int32Array, other: Int32Array, covered: Uint8Array): void {
  const width = other.length + 1;
  // A subsequence is no longer than the shorter one, which MAX_CELLS keeps below 2 ** 16.
  const table = new Uint16Array((sentence.length + 1) * width);
  for (let row = 1; row <= sentence.length; row += 1) {
    for (let column = 1; column <= other.length; column += 1) {
      const at = row * width + column;
      table[at] =
        sentence[row - 1] === other[column - 1]
          ? (table[at - width - 1] ?? 0) + 1
          : Math.max(table[at - width] ?? 0, table[at - 1] ?? 0);
    }
  }
  let [row, column] = [sentence.length, other.length];
  while (row > 0 && column > 0) {
    const at = row * width + column;
    if (sentence[row - 1] === other[column - 1]) {
      row -= 1;
      column -= 1;
      covered[row] = 1;
    } else if ((table[at - 1] ?? 0) > (table[at - width] ?? 0)) column -= 1;
    else row -= 1;
  }
}

function countOf(sentences: readonly Int32Array[], size: number): Int32Array {
  const counts = new Int32Array(size);
  for (const sentence of sentences) for (const word of sentence) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

function total(sentences: readonly Int32Array[]): number {
  return sentences.reduce((sum, { length }) => sum + length, 0);
}
