import type { CaseResults } from './caseResults.ts';
import { type Difference, pairedDifference } from './pairedDifference.ts';

/**
 * How the composites of the variants of one run differ from that of the first of them, case by case, by id of variant. A
 * variant that shares no scored case with the first has none.
 */
export function compareVariants(results: CaseResults, variantIds: readonly string[]): ReadonlyMap<string, Difference> {
  const [first, ...others] = variantIds;
  const before = results.ofVariant(first ?? '');
  const differences = new Map<string, Difference>();
  for (const id of others) {
    const after = results.ofVariant(id);
    const pairs = [...after].map(([caseId, { composite }]) => [before.get(caseId)?.composite, composite] as const);
    const difference = pairedDifference(pairs);
    if (difference) differences.set(id, difference);
  }
  return differences;
}
