import { midRanks } from './agreement/ranks.ts';
import { normalTwoSided } from './normal.ts';

export type WilcoxonOptions = {
  /** What a difference of 0 does: `wilcox` leaves it out; `pratt` ranks it with the others and then leaves out its rank. */
  readonly zeros?: 'wilcox' | 'pratt';
  /** By default exact up to 50 differences that are not 0, with ties and without; beyond, the normal approximation. */
  readonly method?: 'exact' | 'normal';
};

export type Wilcoxon = {
  /** Two-sided, 0..1; 1 when nothing differs. */
  readonly pValue: number;
  readonly method: 'exact' | 'normal';
  /** The sums of the ranks of gains and of losses. */
  readonly gained: number;
  readonly lost: number;
  /** The rank-biserial correlation, -1..1: by how much gains outweigh losses; null when nothing differs. */
  readonly effect: number | null;
};

const EXACT_UP_TO = 50;

/**
 * Wilcoxon signed-rank test of paired differences: are they symmetric around 0? How large one is counts by its rank only, so a
 * few extreme cases cannot decide.
 *
 * Exact: over all signs that the ranks at hand could have, with ties too. Normal: with the correction for ties, and none for
 * continuity.
 *
 * @param differences finite and independent
 * Source: Wilcoxon (1945), Biometrics Bulletin 1(6), 80-83; Pratt (1959), J. Am. Stat. Assoc. 54(287), 655-667; effect after
 *   Kerby (2014), Comprehensive Psychology 3.
 */
export function wilcoxonTest(
  differences: readonly number[],
  { zeros = 'wilcox', method }: WilcoxonOptions = {},
): Wilcoxon {
  const ranked = zeros === 'pratt' ? differences : differences.filter((one) => one !== 0);
  const sizes = midRanks(ranked.map(Math.abs));
  const ranks = sizes.filter((_, index) => ranked[index] !== 0);
  const total = sumOf(ranks);
  const gained = sumOf(sizes.filter((_, index) => (ranked[index] ?? 0) > 0));
  const used = method ?? (ranks.length <= EXACT_UP_TO ? 'exact' : 'normal');
  if (total === 0) return { pValue: 1, method: used, gained: 0, lost: 0, effect: null };
  const pValue = used === 'exact' ? exact(ranks, gained) : normal(ranks, gained);
  return { pValue, method: used, gained, lost: total - gained, effect: (2 * gained - total) / total };
}

/** Counts the sums of twice the ranks, which are integers even where ranks tie. */
function exact(ranks: readonly number[], gained: number): number {
  const most = Math.round(2 * sumOf(ranks));
  const share = new Float64Array(most + 1);
  share[0] = 1;
  let reached = 0;
  for (const rank of ranks) {
    const step = Math.round(2 * rank);
    reached += step;
    for (let sum = reached; sum >= 0; sum -= 1) {
      share[sum] = (share[sum] ?? 0) / 2 + (sum >= step ? (share[sum - step] ?? 0) / 2 : 0);
    }
  }
  const fewer = Math.min(Math.round(2 * gained), most - Math.round(2 * gained));
  return Math.min(1, 2 * share.subarray(0, fewer + 1).reduce((tail, one) => tail + one, 0));
}

/** The variance of the sum is a quarter of the squares of the ranks: ties and left out zeros are in it. */
function normal(ranks: readonly number[], gained: number): number {
  const squares = ranks.reduce((sum, rank) => sum + rank * rank, 0);
  return normalTwoSided((gained - sumOf(ranks) / 2) / Math.sqrt(squares / 4));
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
