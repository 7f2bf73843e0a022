import { vectorSimilarity } from './vectorSimilarity.ts';

/** Each 0..1. */
export type Match = { readonly precision: number; readonly recall: number; readonly f1: number };

/**
 * How well the units of two texts match, each taken with the one of the other text that is nearest to it by the cosine.
 *
 * @param ours vectors of the units of the output, `theirs` those of the reference; neither empty
 * @returns null where one vector has no cosine with another
 * Source: greedy matching, Rus and Lintean (2012), BEA Workshop, 157-162; precision, recall and F1 of it as in Zhang et al. (2020),
 *   BERTScore, ICLR, equation 1. A mean below 0 is 0.
 */
export function greedyMatch(ours: readonly Float64Array[], theirs: readonly Float64Array[]): Match | null {
  const best = { ours: ours.map(() => -1), theirs: theirs.map(() => -1) };
  for (const [row, own] of ours.entries())
    for (const [column, other] of theirs.entries()) {
      const cosine = vectorSimilarity(own, other, 'cosine');
      if (cosine === null) return null;
      best.ours[row] = Math.max(best.ours[row] ?? -1, cosine);
      best.theirs[column] = Math.max(best.theirs[column] ?? -1, cosine);
    }
  const [precision, recall] = [shareOf(best.ours), shareOf(best.theirs)];
  const sum = precision + recall;
  return { precision, recall, f1: sum === 0 ? 0 : (2 * precision * recall) / sum };
}

function shareOf(cosines: readonly number[]): number {
  const mean = cosines.reduce((sum, one) => sum + one, 0) / cosines.length;
  return Math.min(1, Math.max(0, mean));
}
