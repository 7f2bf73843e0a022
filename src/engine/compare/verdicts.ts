import { adjustPValues } from '../stats/correction.ts';
import { mcnemarTest } from '../stats/mcnemar.ts';
import { pairedTest } from '../stats/pairedTest.ts';
import type { ComparePolicy } from './comparePolicy.ts';
import { verdictOf } from './judgeDifference.ts';
import type { Difference, PairedDifference } from './pairedDifference.ts';
import type { Verdict } from './verdict.ts';

/** Random sign patterns must be the same for the same figures. */
const SEED = 0;

/** What one verdict is about: the paired differences, and whether each is a change between failing and passing. */
export type Question = { readonly differences: readonly number[]; readonly isBinary: boolean };

/**
 * A verdict on each question of a family, in their order: p-values are raised because one of many would look good by luck.
 * Passing and failing is judged by the exact McNemar test, everything else by signs that could have been the other way
 * round. null where there is nothing to compare.
 */
export function verdictsOf(family: readonly Question[], policy: ComparePolicy): (Verdict | null)[] {
  const tested = family.map(({ differences, isBinary }) => {
    if (differences.length === 0) return null;
    if (!isBinary) return pairedTest(differences, SEED);
    const gained = differences.filter((one) => one > 0).length;
    const lost = differences.filter((one) => one < 0).length;
    return { pValue: mcnemarTest(gained, lost), test: 'exact McNemar' as const };
  });
  const adjusted = adjustPValues(
    tested.flatMap((one) => (one === null ? [] : [one.pValue])),
    policy.correction,
  );
  let next = 0;
  return tested.map((one, index) => {
    if (one === null) return null;
    const pValue = adjusted[next++] ?? 1;
    return verdictOf(family[index]?.differences ?? [], { test: one.test, pValue }, policy);
  });
}

/** A difference and what is to be thought of it. */
export type JudgedDifference = Difference & { readonly verdict: Verdict };

/** Differences that are one family, each with its verdict. */
export function withVerdicts(family: readonly PairedDifference[], policy: ComparePolicy): JudgedDifference[] {
  const verdicts = verdictsOf(
    family.map(({ differences }) => ({ differences, isBinary: false })),
    policy,
  );
  return family.flatMap(({ differences: _pairs, ...difference }, index) => {
    const verdict = verdicts[index];
    return verdict ? [{ ...difference, verdict }] : [];
  });
}
