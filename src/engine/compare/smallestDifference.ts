import { detectableRateDifference } from '../stats/binaryPower.ts';
import { sampleStandardDeviation } from '../stats/mean.ts';
import { detectableDifference } from '../stats/power.ts';
import type { ComparePolicy } from './comparePolicy.ts';

/** Fewer cannot show any difference at 95 %: not one pattern of signs is rare enough. */
const LEAST_CASES = 6;

/** What is taken where no earlier comparison tells: scores that move by a quarter, one case in five that changes. */
const ASSUMED = { deviation: 0.25, discordance: 0.2 };

export type SmallestDifference = {
  /** 0..1; shown in 4 of 5 tries. null when these cases cannot show any. */
  readonly difference: number | null;
  readonly cases: number;
  /** The standard deviation of the paired differences or, of passing, the share of cases that change. */
  readonly spread: number;
  readonly isBinary: boolean;
  /** Whether the spread is that of an earlier comparison. */
  readonly isKnown: boolean;
};

export type Planned = {
  readonly cases: number;
  /** Of an earlier comparison over this dataset, if there was one: one for each case. */
  readonly differences?: readonly number[];
  /** Whether they are changes between failing and passing. */
  readonly isBinary?: boolean;
  /** How many comparisons are one family; by default 1. */
  readonly comparisons?: number;
};

/**
 * The smallest difference that a comparison over so many cases shows in 4 of 5 tries: worth knowing before a run is paid for.
 *
 * Of a family each verdict must hold at a stricter level; counted with that of the strictest, as Holm and Bonferroni have it.
 *
 * Source: `detectableDifference`, `detectableRateDifference`.
 */
export function smallestDifference(
  { cases, differences = [], isBinary = false, comparisons = 1 }: Planned,
  { confidence, correction }: Pick<ComparePolicy, 'confidence' | 'correction'>,
): SmallestDifference {
  const each = 1 - (1 - confidence) / (correction === 'none' ? 1 : Math.max(1, comparisons));
  const known = spreadOf(differences, isBinary);
  const spread = known ?? (isBinary ? ASSUMED.discordance : ASSUMED.deviation);
  return {
    difference: atMostOne(detectable(cases, spread, isBinary, each)),
    cases,
    spread,
    isBinary,
    isKnown: known !== null,
  };
}

/** The same as a sentence. */
export function smallestDifferenceWords({ difference, cases, spread, isBinary, isKnown }: SmallestDifference): string {
  const counted = `${cases.toLocaleString('en-US')} ${cases === 1 ? 'case' : 'cases'}`;
  if (difference === null) return `${counted} cannot show a difference, however large: more are needed.`;
  const what = isBinary ? `${percent(difference)} of cases or more` : `${difference.toFixed(3)} or more`;
  const how = isBinary
    ? `${percent(spread)} of cases change`
    : `scores move by ${spread.toFixed(2)} (standard deviation)`;
  const why = isKnown ? `as last time, ${how}` : `${how}, which is assumed: no earlier comparison tells`;
  return `${counted} would show a difference of ${what} in 4 of 5 tries, if ${why}.`;
}

function spreadOf(differences: readonly number[], isBinary: boolean): number | null {
  if (differences.length < 2) return null;
  const spread = isBinary
    ? differences.filter((one) => one !== 0).length / differences.length
    : sampleStandardDeviation(differences);
  // Nothing moved: that tells nothing of what would move.
  return spread > 0 ? spread : null;
}

function detectable(cases: number, spread: number, isBinary: boolean, confidence: number): number | null {
  if (cases < LEAST_CASES) return null;
  return isBinary
    ? detectableRateDifference(cases, spread, confidence)
    : detectableDifference(cases, spread, confidence);
}

function atMostOne(difference: number | null): number | null {
  return difference !== null && difference <= 1 ? difference : null;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
}
