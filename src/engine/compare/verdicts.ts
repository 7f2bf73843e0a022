import { adjustPValues } from '../stats/correction.ts';
import { mcnemarTest } from '../stats/mcnemar.ts';
import { mean } from '../stats/mean.ts';
import { pairedTest } from '../stats/pairedTest.ts';
import { anytimePValues } from '../stats/sequential/nextLook.ts';
import type { ComparePolicy } from './comparePolicy.ts';
import { noWorsePValue, verdictOf } from './judgeDifference.ts';
import type { Difference, PairedDifference } from './pairedDifference.ts';
import type { Verdict } from './verdict.ts';

/** Random sign patterns must be the same for the same figures. */
const SEED = 0;

/** What one verdict is about: the paired differences, and whether each is a change between failing and passing. */
export type Question = { readonly differences: readonly number[]; readonly isBinary: boolean };

/**
 * A verdict on each question of a family, in their order: p-values are raised because one of many would look good by luck, those
 * of "no worse" too. Passing and failing is judged by the exact McNemar test, everything else by the test that the policy names; in a sequential comparison both by bets, in the
 * order of the differences.
 * null where there is nothing to compare.
 */
export function verdictsOf(family: readonly Question[], policy: ComparePolicy): (Verdict | null)[] {
  const asked = family.filter(({ differences }) => differences.length > 0);
  const tested = asked.map((question) => (policy.isSequential ? betOn(question, policy) : testOf(question, policy)));
  const raised = (pValues: readonly number[]) => adjustPValues(pValues, policy.correction);
  const pValues = raised(tested.map(({ pValue }) => pValue));
  const noWorse = raised(tested.map((one) => one.noWorse));
  const verdicts = tested.map(({ test }, index) =>
    verdictOf(
      asked[index]?.differences ?? [],
      { test, pValue: pValues[index] ?? 1, noWorse: noWorse[index] ?? 1, comparisons: asked.length },
      policy,
    ),
  );
  return family.map(({ differences }) => (differences.length === 0 ? null : (verdicts.shift() ?? null)));
}

type Tested = Pick<Verdict, 'pValue' | 'test'> & { readonly noWorse: number };

function testOf({ differences, isBinary }: Question, { test, margin }: ComparePolicy): Tested {
  const noWorse = noWorsePValue(differences, margin);
  if (!isBinary) return { ...pairedTest(differences, SEED, test), noWorse };
  const gained = differences.filter((one) => one > 0).length;
  const lost = differences.filter((one) => one < 0).length;
  return { pValue: mcnemarTest(gained, lost), test: 'exact McNemar', noWorse };
}

/** Who wins on the side that the mean is not on has shown nothing. */
function betOn({ differences }: Question, { margin }: ComparePolicy): Tested {
  const { pValue, side, noWorse } = anytimePValues(differences, margin);
  return { pValue: side * mean(differences) > 0 ? pValue : 1, noWorse, test: 'betting' };
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
