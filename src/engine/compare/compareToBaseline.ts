import type { RunSummary } from '../run/run.ts';
import type { Baseline } from './baseline.ts';
import type { CaseResults } from './caseResults.ts';
import { type ComparePolicy, DEFAULT_COMPARE } from './comparePolicy.ts';
import { matchVariants } from './matchVariants.ts';
import { compareVariantPairs, unevenNotes, type VariantComparison } from './variantComparison.ts';
import { withoutChanged } from './withoutChanged.ts';

/** A run beside its committed baseline: differences with their intervals and verdicts. */
export type BaselineComparison = {
  /** What the run is compared with, in a sentence: `the baseline`, `main (abc1234)`. */
  readonly name: string;
  /** In the run's order; variants that the baseline does not know are left out and noted. */
  readonly variants: readonly VariantComparison[];
  /** Sentences that a reader of the differences must know, of the whole comparison. */
  readonly notes: readonly string[];
};

/** Cases are compared that say the same then and now; a note tells of the others. See `matchVariants` for the rest, and for `across`. */
export function compareToBaseline(
  summary: RunSummary,
  results: CaseResults,
  baseline: Baseline,
  policy: ComparePolicy = DEFAULT_COMPARE,
  name = 'the baseline',
  across: 'targets' | 'models' = 'targets',
): BaselineComparison {
  const changedCases = new Set<string>();
  const contents = results.contents();
  const known = baseline.variants.map((variant) => withoutChanged(variant, contents, (id) => changedCases.add(id)));
  const { pairs, notes } = matchVariants(summary, known, { name }, across);
  const variants = compareVariantPairs(pairs, results, policy);
  const changed = [
    ...new Set(
      variants.flatMap(({ metrics }) => Object.keys(metrics).filter((name) => metrics[name]?.sameDefinition === false)),
    ),
  ];
  if (changed.length > 0) {
    const names = changed.map((name) => `\`${name}\``).join(', ');
    notes.push(`Measured otherwise than in ${name}, so not comparable: ${names}. The composite may be affected.`);
  }
  notes.push(...unevenNotes(variants));
  if (changedCases.size > 0) {
    const cases = changedCases.size === 1 ? '1 case says' : `${changedCases.size} cases say`;
    notes.unshift(`${cases} something else than in ${name}, so not compared.`);
  }
  return { name, variants, notes };
}
