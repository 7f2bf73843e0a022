import type { Baseline } from '../engine/compare/baseline.ts';
import type { ComparePolicy } from '../engine/compare/comparePolicy.ts';
import { DecisionWatch } from '../engine/compare/decisionWatch.ts';
import type { Case } from '../engine/dataset/case.ts';
import type { RunHeader } from '../engine/run/run.ts';
import type { RunPlan } from '../engine/run/runPlan.ts';
import { turnOf } from '../engine/stats/sequential/turnOf.ts';

type WatchedCases = Required<Pick<RunPlan, 'cases' | 'watch'>>;

/**
 * The cases of a run that ends as soon as it is decided: in their random order, so all of them are held in memory.
 *
 * @param cases gives their contents too while it is read
 */
export async function watchedCases(
  header: RunHeader,
  cases: AsyncIterable<Case>,
  baseline: Baseline,
  policy: ComparePolicy,
  contents: ReadonlyMap<string, { readonly content: string }>,
): Promise<WatchedCases> {
  const all: Case[] = [];
  for await (const testCase of cases) all.push(testCase);
  all.sort((a, b) => turnOf(a.index) - turnOf(b.index));
  const caseIds = all.map(({ id }) => id);
  return {
    cases: async function* () {
      yield* all;
    },
    watch: new DecisionWatch({ header, baseline, policy, caseIds, contents }),
  };
}
