import { percentileInterval } from '../agreement/percentileInterval.ts';
import { seededRandom } from '../random.ts';
import { bradleyTerry, type Match } from './bradleyTerry.ts';

export type RankedItem = {
  readonly item: number;
  /** In logits, the mean of all 0. */
  readonly strength: number;
  /** null when too many resamples say nothing: the item won or lost nearly all. */
  readonly interval: { readonly low: number; readonly high: number } | null;
};

/**
 * Items by strength, the strongest first, each with a percentile bootstrap interval over the matches.
 *
 * @param matches independent of each other
 * @returns null when the matches tell no strengths: see `bradleyTerry`
 * Source: Bradley and Terry (1952); Efron and Tibshirani (1993), chapter 13.
 */
export function rankItems(
  items: number,
  matches: readonly Match[],
  { confidence = 0.95, resamples = 1000, seed = 0 } = {},
): RankedItem[] | null {
  const strengths = bradleyTerry(items, matches);
  if (strengths === null) return null;
  const random = seededRandom(seed);
  const drawn = Array.from({ length: resamples }, () =>
    bradleyTerry(
      items,
      matches.flatMap(() => matches[Math.floor(random() * matches.length)] ?? []),
    ),
  ).flatMap((one) => (one === null ? [] : [one]));
  const ranked = strengths.map((strength, item) => {
    const values = drawn.map((one) => one[item] ?? 0);
    return { item, strength, interval: percentileInterval(values, { confidence, resamples }) };
  });
  return ranked.sort((a, b) => b.strength - a.strength);
}
