import type { Retrieval } from './rankedIds.ts';

/** How many of the first k are relevant; the list may be shorter. */
export function hitsWithin({ ranked, grades }: Retrieval, k: number): number {
  let hits = 0;
  for (const id of ranked.slice(0, k)) if (grades.has(id)) hits += 1;
  return hits;
}

/** 1 / the rank of the first relevant one within k, 0 when there is none. Source: Voorhees (1999), TREC-8, 77-82. */
export function reciprocalRank({ ranked, grades }: Retrieval, k: number): number {
  const at = ranked.slice(0, k).findIndex((id) => grades.has(id));
  return at === -1 ? 0 : 1 / (at + 1);
}

/**
 * The precision at each relevant one within k, added up and divided by how many are relevant.
 *
 * Source: Buckley and Voorhees (2000), SIGIR, 33-40; cut at k as map_cut of trec_eval.
 */
export function averagePrecision({ ranked, grades }: Retrieval, k: number): number {
  let hits = 0;
  let sum = 0;
  ranked.slice(0, k).forEach((id, index) => {
    if (!grades.has(id)) return;
    hits += 1;
    sum += hits / (index + 1);
  });
  return sum / grades.size;
}

export type Gain = 'linear' | 'exponential';

/**
 * Discounted gain of the first k by that of the best order. Gains are taken by the largest, which changes nothing.
 *
 * Source: Järvelin and Kekäläinen (2002), ACM TOIS 20(4), 422-446, with the discount 1 / log2(rank + 1); exponential gain:
 * Burges et al. (2005), ICML, 89-96.
 */
export function normalisedGain({ ranked, grades }: Retrieval, k: number, gain: Gain): number {
  const top = [...grades.values()].reduce((most, grade) => Math.max(most, grade));
  const gainOf = (grade: number) =>
    gain === 'linear' ? grade / top : Math.expm1(grade * Math.LN2) / Math.expm1(top * Math.LN2);
  const best = [...grades.values()].sort((a, b) => b - a).slice(0, k);
  const ideal = discounted(best.map(gainOf));
  const got = discounted(ranked.slice(0, k).map((id) => (grades.has(id) ? gainOf(grades.get(id) ?? 0) : 0)));
  return Math.min(1, got / ideal);
}

function discounted(gains: readonly number[]): number {
  return gains.reduce((sum, gain, index) => sum + gain / Math.log2(index + 2), 0);
}
