import type { CompositeMean } from './compositePolicy.ts';

export type WeightedScore = { readonly score: number; readonly weight: number };

/**
 * The mean of scores, 0..1 as they are; min <= harmonic <= geometric <= arithmetic.
 *
 * A score of 0 makes the geometric and the harmonic mean 0. The least score knows no weights.
 *
 * @param parts at least one; weights over 0
 */
export function weightedMean(parts: readonly WeightedScore[], mean: CompositeMean): number {
  const scores = parts.map(({ score }) => score);
  const least = Math.min(...scores);
  if (mean === 'min') return least;
  const weights = parts.reduce((sum, { weight }) => sum + weight, 0);
  const value = MEANS[mean](parts, weights);
  // A mean of equal scores must not leave them by a rounding error.
  return Math.min(Math.max(...scores), Math.max(least, value));
}

const MEANS: {
  readonly [mean in Exclude<CompositeMean, 'min'>]: (parts: readonly WeightedScore[], weights: number) => number;
} = {
  arithmetic: (parts, weights) => parts.reduce((sum, { score, weight }) => sum + weight * score, 0) / weights,
  geometric: (parts, weights) =>
    parts.some(({ score }) => score <= 0)
      ? 0
      : Math.exp(parts.reduce((sum, { score, weight }) => sum + weight * Math.log(score), 0) / weights),
  harmonic: (parts, weights) =>
    parts.some(({ score }) => score <= 0)
      ? 0
      : weights / parts.reduce((sum, { score, weight }) => sum + weight / score, 0),
};
