import { MAX_STEPS, tableSteps } from '../limits.ts';
import { numberTokens } from './numberTokens.ts';
import { withoutSharedEnds } from './sharedEnds.ts';

/**
 * Length of the longest common subsequence of two lists of tokens.
 *
 * @returns null when it would take more than MAX_STEPS.
 * Source: Crochemore et al. (2001), Information Processing Letters 80(6), in Hyyrö's form V' = (V + U) | (V - U) (2004).
 */
export function longestCommonSubsequence(a: readonly string[], b: readonly string[]): number | null {
  const ids = new Map<string, number>();
  const rest = withoutSharedEnds(numberTokens(a, ids), numberTokens(b, ids));
  if (tableSteps(rest.a.length, rest.b.length) > MAX_STEPS) return null;
  const [short, long] = rest.a.length < rest.b.length ? [rest.a, rest.b] : [rest.b, rest.a];
  return rest.shared + blockLength(short, long, ids.size);
}

/** Rows 32 at a time; `carries` holds what the addition of each column hands to the next block. */
function blockLength(pattern: Int32Array, text: Int32Array, alphabetSize: number): number {
  const masks = new Int32Array(alphabetSize);
  const carries = new Uint8Array(text.length);
  let length = 0;
  for (let start = 0; start < pattern.length; start += 32) {
    const block = pattern.subarray(start, start + 32);
    for (let row = 0; row < block.length; row += 1) masks[block[row] ?? 0] = (masks[block[row] ?? 0] ?? 0) | (1 << row);
    let open = -1;
    for (let column = 0; column < text.length; column += 1) {
      const used = open & (masks[text[column] ?? 0] ?? 0);
      const sum = (open >>> 0) + (used >>> 0) + (carries[column] ?? 0);
      carries[column] = sum > 0xffff_ffff ? 1 : 0;
      open = sum | 0 | (open & ~used);
    }
    for (let row = 0; row < block.length; row += 1) if ((open & (1 << row)) === 0) length += 1;
    for (const token of block) masks[token] = 0;
  }
  return length;
}
