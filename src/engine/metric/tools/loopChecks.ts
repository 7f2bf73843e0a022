import { longestCommonSubsequence } from '../text/longestCommonSubsequence.ts';
import { wordTokens } from '../text/wordTokens.ts';
import { digits } from '../words.ts';
import type { Call } from './readCalls.ts';
import { callText } from './sameCall.ts';

/** 1 no loop, 0.5 half of one, 0 a loop; `reason` says in words what goes round. */
export type LoopFinding = { readonly score: 0 | 0.5 | 1; readonly reason: string | null };

const NONE: LoopFinding = { score: 1, reason: null };
const SHOWN = 80;

/** How often the same call was made with the same arguments. */
export function repetitionIn(calls: readonly Call[], repeats: number): LoopFinding {
  const counts = new Map<string, number>();
  for (const call of calls) counts.set(callText(call), (counts.get(callText(call)) ?? 0) + 1);
  let [text, most] = ['', 0];
  for (const [one, number] of counts) if (number > most) [text, most] = [one, number];
  if (most < repeats) return NONE;
  return { score: most >= 2 * repeats ? 0 : 0.5, reason: `${shown(text)} was called ${most} times` };
}

/** Turns of fewer words are alike by chance. */
const LEAST_WORDS = 20;
const SAME = 0.95;
const MOST_WORDS = 5_000;
const MOST_CHARACTERS = 1_000_000;

/**
 * Whether two turns in a row say nearly the same.
 *
 * @returns a text when they are too long to be compared
 */
export function stagnationIn(texts: readonly string[], from: number): LoopFinding | string {
  const characters = texts.reduce((sum, text) => sum + text.length, 0);
  if (characters > MOST_CHARACTERS) return `The turns of the assistant have more than ${MOST_CHARACTERS} characters.`;
  let [most, at] = [0, 0];
  let earlier: readonly string[] | null = null;
  for (const [index, text] of texts.entries()) {
    const words = wordTokens(text.toLowerCase()).filter((word) => !STOP_WORDS.has(word));
    if (words.length > MOST_WORDS) return `A turn of the assistant has more than ${MOST_WORDS} words.`;
    const alike =
      earlier === null || Math.min(words.length, earlier.length) < LEAST_WORDS ? 0 : likeness(words, earlier);
    if (alike > most) [most, at] = [alike, index];
    earlier = words;
  }
  if (most < from) return NONE;
  const reason = `turns ${at} and ${at + 1} of the assistant are ${digits(most)} alike`;
  return { score: most > SAME ? 0 : 0.5, reason };
}

/** The larger one of Jaccard's index of the pairs of words, and 2 LCS / (a + b). */
function likeness(a: readonly string[], b: readonly string[]): number {
  const [pairsA, pairsB] = [pairsOf(a), pairsOf(b)];
  const shared = [...pairsA].filter((pair) => pairsB.has(pair)).length;
  const jaccard = shared / (pairsA.size + pairsB.size - shared);
  const common = longestCommonSubsequence(a, b) ?? 0;
  return Math.max(jaccard, (2 * common) / (a.length + b.length));
}

function pairsOf(words: readonly string[]): Set<string> {
  return new Set(words.slice(1).map((word, at) => `${words[at]} ${word}`));
}

const LONGEST_CYCLE = 20;

/** Whether a series of two or more different calls, with their arguments, was made again at once: twice, or more often. */
export function cycleIn(calls: readonly Call[]): LoopFinding {
  const texts = calls.map(callText);
  let [rounds, begin, length] = [1, 0, 0];
  for (let period = 2; period <= Math.min(LONGEST_CYCLE, texts.length / 2); period += 1) {
    for (let at = period, run = 0; at < texts.length; at += 1) {
      run = texts[at] === texts[at - period] ? run + 1 : 0;
      const made = 1 + Math.floor(run / period);
      const first = at - run + 1 - period;
      if (made <= rounds || new Set(texts.slice(first, first + period)).size < 2) continue;
      [rounds, begin, length] = [made, first, period];
    }
  }
  if (rounds < 2) return NONE;
  const names = calls.slice(begin, begin + length).map(({ name }) => name);
  return { score: rounds > 2 ? 0 : 0.5, reason: `${shown(names.join(', '))} were called in turn ${rounds} times` };
}

function shown(text: string): string {
  const signs = [...text.slice(0, 2 * SHOWN)];
  return signs.length > SHOWN ? `${signs.slice(0, SHOWN).join('')}…` : signs.join('');
}

/** Words that say nothing of what a turn is about. */
const STOP_WORDS = new Set(
  'a an and are as at be but by do for from has have i in is it its let me my next not now of on or so step that the this to was we will with'.split(
    ' ',
  ),
);
