import type { BaselineComparison } from './compareToBaseline.ts';
import type { Verdict } from './verdict.ts';

/** The verdicts on composites, by variant id. */
export function compositeVerdicts({ variants }: BaselineComparison): ReadonlyMap<string, Verdict> {
  return new Map(variants.flatMap(({ variantId, composite }) => (composite ? [[variantId, composite.verdict]] : [])));
}
