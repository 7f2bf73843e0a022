import { numberTokens } from '../text/numberTokens.ts';
import { BeamTable } from './beamTable.ts';

/** The search for moves is cubic for hostile texts; with so many words it stays within about a second. */
export const MAX_TER_WORDS = 2000;

const MAX_MOVED = 10;
const MAX_MOVE = 50;
const MAX_CANDIDATES = 1000;

/**
 * Edits of TER: the fewest insertions, deletions, replacements and block moves that a greedy search finds.
 *
 * Which moves are tried, and which of several equal ones is taken, is a part of the definition.
 * Source: Snover et al. (2006), with the limits of Tercom as in sacreBLEU 2.6.0.
 */
export function translationEdits(output: readonly string[], reference: readonly string[]): number {
  if (reference.length === 0) return output.length;
  const ids = new Map<string, number>();
  let words = numberTokens(output, ids);
  const target = numberTokens(reference, ids);
  let moves = 0;
  let tried = 0;
  while (true) {
    const found = bestMove(words, target, tried);
    tried = found.tried;
    if (tried >= MAX_CANDIDATES || found.best === null || found.best.gain <= 0) break;
    moves += 1;
    words = found.best.words;
  }
  return moves + new BeamTable(words, target).distance;
}

type Move = {
  readonly gain: number;
  readonly length: number;
  readonly start: number;
  readonly to: number;
  readonly words: Int32Array;
};

function bestMove(words: Int32Array, target: Int32Array, before: number): { best: Move | null; tried: number } {
  const table = new BeamTable(words, target);
  const { places, wrongInOutput, wrongInReference } = table.alignment();
  let best: Move | null = null;
  let tried = before;
  for (const { start, from, length } of sharedRuns(words, target)) {
    if (!anyWrong(wrongInOutput, start, length) || !anyWrong(wrongInReference, from, length)) continue;
    const place = places[from] ?? -1;
    if (start <= place && place < start + length) continue;
    let last = -1;
    for (let offset = -1; offset < length; offset += 1) {
      // In front of the first word, else behind the word that the place is aligned with.
      const to = from + offset === -1 ? 0 : (places[from + offset] ?? -1) + 1;
      if (to === last) continue;
      last = to;
      const moved = move(words, start, length, to);
      const one = {
        gain: table.distance - table.distanceOf(moved, Math.min(start, to)),
        length,
        start,
        to,
        words: moved,
      };
      tried += 1;
      if (best === null || isBetter(one, best)) best = one;
    }
    if (tried >= MAX_CANDIDATES) break;
  }
  return { best, tried };
}

/** More gained, then more words, then the earlier, then to an earlier place. */
function isBetter(a: Move, b: Move): boolean {
  if (a.gain !== b.gain) return a.gain > b.gain;
  if (a.length !== b.length) return a.length > b.length;
  return a.start !== b.start ? a.start < b.start : a.to < b.to;
}

/** Runs of words that both have, every length of each, near enough to each other to be moved. */
function* sharedRuns(
  words: Int32Array,
  target: Int32Array,
): Generator<{ readonly start: number; readonly from: number; readonly length: number }> {
  for (let start = 0; start < words.length; start += 1) {
    const end = Math.min(target.length, start + MAX_MOVE + 1);
    for (let from = Math.max(0, start - MAX_MOVE); from < end; from += 1) {
      for (let length = 1; length <= MAX_MOVED; length += 1) {
        const at = length - 1;
        if (start + at >= words.length || from + at >= target.length || words[start + at] !== target[from + at]) break;
        yield { start, from, length };
      }
    }
  }
}

function anyWrong(flags: Uint8Array, start: number, length: number): boolean {
  for (let at = start; at < start + length; at += 1) if (flags[at] === 1) return true;
  return false;
}

function move(words: Int32Array, start: number, length: number, to: number): Int32Array {
  const block = words.subarray(start, start + length);
  const rest = [...words.subarray(0, start), ...words.subarray(start + length)];
  // A place behind the block counts the block's own words; one within it is so many words further on.
  const at = to > start + length ? to - length : to;
  return Int32Array.from([...rest.slice(0, at), ...block, ...rest.slice(at)]);
}
