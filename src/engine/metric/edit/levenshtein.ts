import { distance as utf16Distance } from 'fastest-levenshtein';
import { MAX_STEPS, tableSteps } from '../limits.ts';
import { numberTokens } from '../text/numberTokens.ts';
import { withoutSharedEnds } from '../text/sharedEnds.ts';

export type EditDistance = {
  readonly distance: number;
  /** In code points. */
  readonly lengths: readonly [number, number];
};

/**
 * Levenshtein distance on code points: insertions, deletions and substitutions cost 1 each.
 *
 * @returns null when it would take more than MAX_STEPS.
 * Source: Levenshtein (1966); computed by Myers' bit vectors (1999), J. ACM 46(3), in Hyyrö's block form (2003).
 */
export function editDistance(a: string, b: string): EditDistance | null {
  // Without surrogates a UTF-16 unit is a code point, and the package counts units.
  if (!hasSurrogates(a) && !hasSurrogates(b)) {
    const rest = withoutSharedEnds(a, b);
    if (tableSteps(rest.a.length, rest.b.length) > MAX_STEPS) return null;
    // A cut string is read through the whole one, character by character: worth it only where much is shared.
    const isCut = rest.shared > Math.min(a.length, b.length) / 8;
    const distance = isCut ? utf16Distance(rest.a, rest.b) : utf16Distance(a, b);
    return { distance, lengths: [a.length, b.length] };
  }
  return tokenDistance(Array.from(a), Array.from(b));
}

/** As `editDistance`, on tokens; the lengths are in tokens. */
export function tokenDistance(a: readonly string[], b: readonly string[]): EditDistance | null {
  const alphabet = new Map<string, number>();
  const rest = withoutSharedEnds(numberTokens(a, alphabet), numberTokens(b, alphabet));
  if (tableSteps(rest.a.length, rest.b.length) > MAX_STEPS) return null;
  const [short, long] = rest.a.length < rest.b.length ? [rest.a, rest.b] : [rest.b, rest.a];
  return { distance: blockDistance(short, long, alphabet.size), lengths: [a.length, b.length] };
}

function hasSurrogates(text: string): boolean {
  return /[\ud800-\udfff]/.test(text);
}

/** Rows 32 at a time; `steps` holds how the last row of the block changes from column to column: -1, 0 or 1. */
function blockDistance(pattern: Int32Array, text: Int32Array, alphabetSize: number): number {
  const masks = new Int32Array(alphabetSize);
  const steps = new Int8Array(text.length).fill(1);
  for (let start = 0; start < pattern.length; start += 32) {
    const block = pattern.subarray(start, start + 32);
    for (let row = 0; row < block.length; row += 1) masks[block[row] ?? 0] = (masks[block[row] ?? 0] ?? 0) | (1 << row);
    const last = 1 << (block.length - 1);
    let plus = -1;
    let minus = 0;
    for (let column = 0; column < text.length; column += 1) {
      const step = steps[column] ?? 0;
      let equal = masks[text[column] ?? 0] ?? 0;
      const vertical = equal | minus;
      if (step < 0) equal |= 1;
      const horizontal = (((equal & plus) + plus) ^ plus) | equal;
      let up = minus | ~(horizontal | plus);
      let down = plus & horizontal;
      steps[column] = (up & last) !== 0 ? 1 : (down & last) !== 0 ? -1 : 0;
      up <<= 1;
      down <<= 1;
      if (step > 0) up |= 1;
      else if (step < 0) down |= 1;
      plus = down | ~(vertical | up);
      minus = up & vertical;
    }
    for (const point of block) masks[point] = 0;
  }
  return steps.reduce((sum, step) => sum + step, pattern.length);
}
