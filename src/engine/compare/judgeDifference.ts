import { tInterval } from '../stats/interval.ts';
import { mean, sampleStandardDeviation } from '../stats/mean.ts';
import { neededCases } from '../stats/power.ts';
import type { ComparePolicy } from './comparePolicy.ts';
import type { Verdict, VerdictWord } from './verdict.ts';

/** Below this no pattern of signs is rare enough for 95 %. */
const LEAST_CASES = 6;

/**
 * The verdict on paired differences (after - before, higher better).
 *
 * Better or worse when the test says so at the policy's confidence. A loss whose interval stays within the margin is
 * `no-worse`, and so is what the test cannot tell from 0 when its interval stays above -margin, or when no case differs at
 * all. Everything else is inconclusive: that is not the same as equal.
 *
 * @param pValue as adjusted for its family
 */
export function verdictOf(
  differences: readonly number[],
  { pValue, test }: Pick<Verdict, 'pValue' | 'test'>,
  { margin, confidence }: ComparePolicy,
): Verdict {
  const word = wordOf(differences, pValue, margin, confidence);
  const moreCases = word === 'inconclusive' ? casesToDecide(differences, margin, confidence) : null;
  return { word, pValue, test, moreCases };
}

function wordOf(differences: readonly number[], pValue: number, margin: number, confidence: number): VerdictWord {
  if (differences.length < 2) return 'inconclusive';
  const { mean: difference, low } = tInterval(differences, confidence);
  const isShown = pValue <= 1 - confidence;
  if (isShown && difference > 0) return 'better';
  if (margin > 0 && low >= -margin) return 'no-worse';
  if (isShown) return 'worse';
  return differences.every((one) => one === 0) ? 'no-worse' : 'inconclusive';
}

function casesToDecide(differences: readonly number[], margin: number, confidence: number): number | null {
  if (differences.length < 2) return null;
  const difference = mean(differences);
  const distance = Math.max(Math.abs(difference), difference + margin);
  const needed = neededCases(distance, sampleStandardDeviation(differences), confidence);
  return needed === null ? null : Math.max(1, Math.max(LEAST_CASES, needed) - differences.length);
}
