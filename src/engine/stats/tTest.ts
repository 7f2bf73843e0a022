import { tQuantile, tTwoSided } from './distribution.ts';
import { mean, sampleStandardDeviation } from './mean.ts';

/** A mean, how far it may be off, and what a test against 0 says of it. */
export type MeanTest = {
  readonly mean: number;
  readonly standardError: number;
  readonly degreesOfFreedom: number;
  /** mean / standardError; infinite when every value is the same and not 0, 0 when every value is 0. */
  readonly t: number;
  /** Two-sided, 0..1. */
  readonly pValue: number;
};

/**
 * Student's t test of paired differences against a mean of 0.
 *
 * @param differences finite, independent, at least two
 * @throws RangeError when there are fewer
 * Source: Student (1908), Biometrika 6(1), 1-25.
 */
export function pairedT(differences: readonly number[]): MeanTest {
  const standardError = sampleStandardDeviation(differences) / Math.sqrt(differences.length);
  return meanTest(mean(differences), standardError, differences.length - 1);
}

/**
 * The same where values hang together in clusters, as do cases that were made from one document: what counts is how many
 * clusters there are.
 *
 * @param clusters of each value, its cluster; at least two different ones
 * @throws RangeError when there are fewer, or the lengths differ
 * Source: Liang and Zeger (1986), Biometrika 73(1), 13-22, with the factor C / (C - 1) ("CR1") and C - 1 degrees of freedom;
 *   for evaluations of models Miller (2024), arXiv 2411.00640.
 */
export function clusteredT(values: readonly number[], clusters: readonly (string | number)[]): MeanTest {
  if (values.length !== clusters.length) throw new RangeError('Every value needs a cluster.');
  const centre = mean(values);
  const residuals = new Map<string | number, number>();
  values.forEach((value, index) => {
    const cluster = clusters[index] ?? '';
    residuals.set(cluster, (residuals.get(cluster) ?? 0) + value - centre);
  });
  const count = residuals.size;
  if (count < 2) throw new RangeError('A clustered standard error needs at least two clusters.');
  let squares = 0;
  for (const sum of residuals.values()) squares += sum * sum;
  return meanTest(centre, Math.sqrt((count / (count - 1)) * squares) / values.length, count - 1);
}

/** The two-sided interval of such a mean. */
export function meanTestInterval(
  { mean: centre, standardError, degreesOfFreedom }: MeanTest,
  confidence: number,
): { readonly low: number; readonly high: number } {
  const half = standardError === 0 ? 0 : tQuantile((1 + confidence) / 2, degreesOfFreedom) * standardError;
  return { low: centre - half, high: centre + half };
}

function meanTest(centre: number, standardError: number, degreesOfFreedom: number): MeanTest {
  const common = { mean: centre, standardError, degreesOfFreedom };
  if (centre === 0) return { ...common, t: 0, pValue: 1 };
  // All differences the same and not 0: what is left is how often chance would put all of them on one side.
  if (standardError === 0)
    return {
      ...common,
      t: Math.sign(centre) * Number.POSITIVE_INFINITY,
      pValue: Math.min(1, 2 * 0.5 ** (degreesOfFreedom + 1)),
    };
  const t = centre / standardError;
  return { ...common, t, pValue: tTwoSided(t, degreesOfFreedom) };
}
