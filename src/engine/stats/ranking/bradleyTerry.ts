import { solve } from './solve.ts';

/** One comparison of two items, by their places in the list of items. */
export type Match = { readonly first: number; readonly second: number; readonly winner: 'first' | 'second' | 'tie' };

/**
 * Strengths of items that were compared in pairs: the odds that one is preferred to another are e to the difference of theirs.
 * A tie is half a win for both.
 *
 * @param items how many there are; the matches name them 0..items - 1
 * @returns a strength for each, their mean 0; null when some items never lost to (or never met) the others: there is no largest
 *   likelihood then
 * Source: Bradley and Terry (1952), Biometrika 39(3/4), 324-345, the maximum by Newton's method; when it exists, Ford (1957),
 *   Am. Math. Mon. 64(8), 28-33.
 */
export function bradleyTerry(items: number, matches: readonly Match[]): number[] | null {
  const wins = winsOf(items, matches);
  if (items < 1 || !isConnected(wins)) return null;
  let strengths = new Array<number>(items).fill(0);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const change = newtonStep(wins, strengths);
    const largest = Math.max(...change.map(Math.abs));
    // Far from the maximum a whole step may overshoot.
    const scale = Math.min(1, 1 / largest);
    strengths = strengths.map((strength, item) => strength + scale * (change[item] ?? 0));
    if (largest < 1e-12) break;
  }
  const centre = strengths.reduce((sum, one) => sum + one, 0) / items;
  return strengths.map((strength) => strength - centre);
}

/** How likely the first is preferred to the second, by their strengths. */
export function winProbability(first: number, second: number): number {
  return 1 / (1 + Math.exp(second - first));
}

const MOST_STEPS = 200;

/** wins[i][j]: how often i was preferred to j. */
function winsOf(items: number, matches: readonly Match[]): number[][] {
  const wins = Array.from({ length: items }, () => new Array<number>(items).fill(0));
  const add = (winner: number, loser: number, count: number) => {
    const row = wins[winner];
    if (row === undefined || !(loser in row)) throw new RangeError(`A match names an item that is none of ${items}.`);
    row[loser] = (row[loser] ?? 0) + count;
  };
  for (const { first, second, winner } of matches) {
    if (winner !== 'second') add(first, second, winner === 'tie' ? 0.5 : 1);
    if (winner !== 'first') add(second, first, winner === 'tie' ? 0.5 : 1);
  }
  return wins;
}

/** Whether a chain of wins leads from every item to every other. */
function isConnected(wins: readonly (readonly number[])[]): boolean {
  const reaches = (isNext: (from: number, to: number) => boolean) => {
    const found = new Set([0]);
    for (const from of found) for (const to of wins.keys()) if (isNext(from, to)) found.add(to);
    return found.size === wins.length;
  };
  const won = (winner: number, loser: number) => (wins[winner]?.[loser] ?? 0) > 0;
  return reaches(won) && reaches((from, to) => won(to, from));
}

/** The first strength stays: only differences are known. */
function newtonStep(wins: readonly (readonly number[])[], strengths: readonly number[]): number[] {
  const free = strengths.length - 1;
  const gradient = new Array<number>(free).fill(0);
  const curvature = Array.from({ length: free }, () => new Array<number>(free).fill(0));
  for (let i = 1; i <= free; i += 1) {
    for (let j = 0; j <= free; j += 1) {
      const [won, lost] = [wins[i]?.[j] ?? 0, wins[j]?.[i] ?? 0];
      if (i === j || won + lost === 0) continue;
      const expected = winProbability(strengths[i] ?? 0, strengths[j] ?? 0);
      const weight = (won + lost) * expected * (1 - expected);
      gradient[i - 1] = (gradient[i - 1] ?? 0) + won - (won + lost) * expected;
      const row = curvature[i - 1] ?? [];
      row[i - 1] = (row[i - 1] ?? 0) + weight;
      if (j > 0) row[j - 1] = (row[j - 1] ?? 0) - weight;
    }
  }
  return [0, ...solve(curvature, gradient)];
}
