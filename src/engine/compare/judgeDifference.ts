import { boundedLoss, casesWithoutLoss } from '../stats/boundedLoss.ts';
import { nonInferiority } from '../stats/equivalence.ts';
import { mean, sampleStandardDeviation } from '../stats/mean.ts';
import { neededCases } from '../stats/power.ts';
import { assumptionOf, UNMOVED } from './assumptions.ts';
import type { ComparePolicy } from './comparePolicy.ts';
import { effectOf } from './effectOf.ts';
import { smallestDifference } from './smallestDifference.ts';
import type { Verdict, VerdictWord } from './verdict.ts';

/** Below this no pattern of signs is rare enough for 95 %. */
const LEAST_CASES = 6;

/** What a test says of one question of a family. */
export type Tested = Pick<Verdict, 'test'> & {
  /** As adjusted for its family. */
  readonly pValue: number;
  /** That a loss of the margin or more is there, adjusted, on the scale of a two-sided p (twice the one-sided one). */
  readonly noWorse: number;
  /** How many comparisons are its family. */
  readonly comparisons: number;
};

/**
 * The verdict on paired differences (after - before, higher better).
 *
 * Better or worse when the test says so at the policy's confidence. A loss that is shown to be within the margin is `no-worse`,
 * and so is what the test cannot tell from 0 when a loss of the margin is ruled out, or when no case differs at all. Everything
 * else is inconclusive: that is not the same as equal.
 */
export function verdictOf(
  differences: readonly number[],
  { pValue, noWorse, test, comparisons }: Tested,
  policy: ComparePolicy,
): Verdict {
  const effect = effectOf(differences, test);
  // Ranks may point the other way than the mean: then nobody could say what is better.
  const isContrary = test === 'wilcoxon' && differences.length > 0 && (effect?.value ?? 0) * mean(differences) < 0;
  const word = wordOf(differences, isContrary ? 1 : pValue, noWorse, policy);
  const isBinary = test === 'exact McNemar';
  const { difference: detectable } = smallestDifference(
    { cases: differences.length, differences, isBinary, comparisons },
    policy,
  );
  const moreCases = word === 'inconclusive' ? casesToDecide(differences, comparisons, policy) : null;
  const size = effect === null ? {} : { effect };
  const isUnmoved = word === 'no-worse' && differences.every((one) => one === 0);
  return { word, pValue, test, moreCases, ...size, detectable, assumes: isUnmoved ? UNMOVED : assumptionOf(test) };
}

/**
 * Where few cases moved, a loss that happens not to be among them counts too: then no shape of the distribution is taken for granted.
 *
 * @see Tested.noWorse
 */
export function noWorsePValue(differences: readonly number[], margin: number): number {
  if (differences.length < 2 || margin === 0) return 1;
  const byMean = nonInferiority(differences, margin);
  return Math.min(1, 2 * (isSparse(differences) ? Math.max(byMean, boundedLoss(differences, margin)) : byMean));
}

/** Fewer cases that moved than a normal mean is made of. */
const MOVED_FOR_T = 20;

function isSparse(differences: readonly number[]): boolean {
  return differences.filter((one) => one !== 0).length < MOVED_FOR_T;
}

function wordOf(
  differences: readonly number[],
  pValue: number,
  noWorse: number,
  { margin, confidence }: ComparePolicy,
): VerdictWord {
  if (differences.length < 2) return differences.every((one) => one === 0) ? 'no-worse' : 'inconclusive';
  const level = 1 - confidence + ROUNDING;
  const isShown = pValue <= level;
  if (isShown && mean(differences) > 0) return 'better';
  if (margin > 0 && noWorse <= level) return 'no-worse';
  if (isShown) return 'worse';
  return differences.every((one) => one === 0) ? 'no-worse' : 'inconclusive';
}

/** 1 - 0.95 is a little more than 0.05. */
const ROUNDING = 1e-12;

function casesToDecide(
  differences: readonly number[],
  comparisons: number,
  { margin, confidence, correction }: ComparePolicy,
): number | null {
  if (differences.length < 2) return null;
  const difference = mean(differences);
  const distance = Math.max(Math.abs(difference), difference + margin);
  const each = 1 - (1 - confidence) / (correction === 'none' ? 1 : comparisons);
  const needed = neededCases(distance, sampleStandardDeviation(differences), each);
  if (needed === null) return null;
  // What may be shown is then that nothing is lost, for which so many cases must be without a loss.
  const isForMargin = margin > 0 && difference <= 0 && isSparse(differences);
  const least = isForMargin ? Math.max(needed, casesWithoutLoss(margin, (1 - each) / 2)) : needed;
  return Math.max(1, Math.max(LEAST_CASES, least) - differences.length);
}
