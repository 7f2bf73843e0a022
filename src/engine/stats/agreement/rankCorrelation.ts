import { mean } from '../mean.ts';
import { checkPaired, countLabels } from './labels.ts';
import { midRanks } from './ranks.ts';

/**
 * Spearman's rank correlation, -1..1; ties share their mean rank.
 *
 * @returns null when either side does not vary
 * Source: Spearman (1904), Am. J. Psychol. 15(1), 72-101.
 */
export function spearman(a: readonly number[], b: readonly number[]): number | null {
  checkPaired(a, b);
  if (!varies(a) || !varies(b)) return null;
  const [x, y] = [centred(midRanks(a)), centred(midRanks(b))];
  const product = dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
  return Math.max(-1, Math.min(1, product));
}

/**
 * Kendall's tau-b, -1..1: how many more pairs are in the same order than in the other, corrected for ties.
 *
 * @returns null when either side does not vary
 * Source: Kendall (1945), Biometrika 33(3), 239-251; counted as Knight (1966), J. Am. Stat. Assoc. 61(314), 436-439.
 */
export function kendallTauB(a: readonly number[], b: readonly number[]): number | null {
  checkPaired(a, b);
  if (!varies(a) || !varies(b)) return null;
  const order = a.map((_, index) => index);
  const by = (values: readonly number[], i: number, j: number) => (values[i] ?? 0) - (values[j] ?? 0);
  order.sort((i, j) => by(a, i, j) || by(b, i, j));
  const pairs = (a.length * (a.length - 1)) / 2;
  const tiedA = tiedPairs(a);
  const tiedB = tiedPairs(b);
  const [rankA, rankB] = [midRanks(a), midRanks(b)];
  const tiedBoth = tiedPairs(rankA.map((rank, index) => `${rank} ${rankB[index]}`));
  const discordant = inversions(order.map((index) => b[index] ?? 0));
  const concordant = pairs - tiedA - tiedB + tiedBoth - discordant;
  return (concordant - discordant) / Math.sqrt(pairs - tiedA) / Math.sqrt(pairs - tiedB);
}

function varies(values: readonly number[]): boolean {
  return values.some((value) => value !== values[0]);
}

function centred(values: readonly number[]): number[] {
  const centre = mean(values);
  return values.map((value) => value - centre);
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}

function tiedPairs(values: readonly (number | string)[]): number {
  let pairs = 0;
  for (const count of countLabels(values).values()) pairs += (count * (count - 1)) / 2;
  return pairs;
}

/** Pairs that stand in the wrong order, counted while they are merged into the right one. */
function inversions(values: readonly number[]): number {
  let from = Float64Array.from(values);
  let to = new Float64Array(values.length);
  let count = 0;
  for (let width = 1; width < values.length; width *= 2) {
    for (let start = 0; start < values.length; start += 2 * width) {
      const middle = Math.min(start + width, values.length);
      const end = Math.min(start + 2 * width, values.length);
      let left = start;
      let right = middle;
      for (let at = start; at < end; at += 1) {
        const takesLeft = right >= end || (left < middle && (from[left] ?? 0) <= (from[right] ?? 0));
        if (!takesLeft) count += middle - left;
        to[at] = (takesLeft ? from[left++] : from[right++]) ?? 0;
      }
    }
    [from, to] = [to, from];
  }
  return count;
}
