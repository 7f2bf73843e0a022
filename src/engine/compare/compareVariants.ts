import { turnOf } from '../stats/sequential/turnOf.ts';
import type { CaseResults } from './caseResults.ts';
import { type ComparePolicy, DEFAULT_COMPARE } from './comparePolicy.ts';
import { pairedDifference } from './pairedDifference.ts';
import { type JudgedDifference, withVerdicts } from './verdicts.ts';

/**
 * How the composites of the variants of one run differ from that of the first of them, case by case, by id of variant. A
 * variant that shares no scored case with the first has none.
 */
export function compareVariants(
  results: CaseResults,
  variantIds: readonly string[],
  policy: ComparePolicy = DEFAULT_COMPARE,
): ReadonlyMap<string, JudgedDifference> {
  const [first, ...others] = variantIds;
  const before = results.ofVariant(first ?? '');
  const differences = others.flatMap((id) => {
    const pairs = [...results.ofVariant(id, policy.isSequential ? turnOf : undefined)].map(
      ([caseId, { composite }]) => [before.get(caseId)?.composite, composite] as const,
    );
    const difference = pairedDifference(pairs);
    return difference === null ? [] : [{ id, difference }];
  });
  const judged = withVerdicts(
    differences.map(({ difference }) => difference),
    policy,
  );
  return new Map(differences.flatMap(({ id }, index) => (judged[index] ? [[id, judged[index]]] : [])));
}
