import type { Position } from '../../engine/problem.ts';

/**
 * Where bytes stop being UTF-8, for a message with a place; decoders say only that they do.
 *
 * @returns null when all is well. A character cut off at the end counts as wrong.
 */
export function firstInvalidByte(bytes: Uint8Array): (Position & { readonly byte: number }) | null {
  let line = 0;
  let column = 0;
  let offset = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at);
    if (length === 0) return { line, column, offset, byte: bytes[at] ?? 0 };
    if (bytes[at] === 0x0a) {
      line += 1;
      column = 0;
      offset += 1;
    } else if (at > 0 || !isBom(bytes)) {
      const units = length === 4 ? 2 : 1;
      column += units;
      offset += units;
    }
    at += length;
  }
  return null;
}

/** Length of the well-formed sequence at a place (Unicode Standard, table 3-7); 0 when there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length =
    first >= 0xc2 && first <= 0xdf ? 2 : first >= 0xe0 && first <= 0xef ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0;
  for (let next = 1; next < length; next += 1) {
    const byte = bytes[at + next] ?? 0;
    let low = 0x80;
    let high = 0xbf;
    if (next === 1) {
      if (first === 0xe0) low = 0xa0;
      else if (first === 0xed) high = 0x9f;
      else if (first === 0xf0) low = 0x90;
      else if (first === 0xf4) high = 0x8f;
    }
    if (byte < low || byte > high) return 0;
  }
  return length;
}

function isBom(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}
