import type { Metric, Score } from '../metric.ts';
import { reaches } from '../outcome.ts';
import type { CompositePolicy } from './compositePolicy.ts';
import { type Formula, readFormula } from './formula.ts';
import { weighedFor } from './sliceWeights.ts';
import { type WeightedScore, weightedMean } from './weightedMean.ts';

export type CompositeOutcome =
  | { readonly status: 'pass' | 'fail'; readonly composite: number }
  | { readonly status: 'unscored'; readonly composite: null };

/** What decides of a metric: the same in a run's metrics and in its record. */
export type Weighted = Pick<Metric, 'name' | 'weight' | 'gate' | 'role'>;

/**
 * The scores of one sample as one number and a status.
 *
 * @param tags of its case, for which the policy may weigh otherwise
 *
 * The composite is the mean of the scores weighted by their metrics, of the kind that the policy says, or what its formula
 * gives. Metrics that only measure have no part in it. A metric that is unscored, in error or not there is missing:
 * `renormalise` leaves it out, `zero` counts it as 0 (a gate then fails), `unscored` makes the whole sample unscored. A formula
 * cannot leave a metric out: one that is missing there makes the sample unscored, unless it counts as 0. A gate that fails
 * makes the sample fail and leaves the number as it is. A sample without any score is unscored under every policy.
 */
export function compositeOf(
  scores: readonly Score[],
  metrics: readonly Weighted[],
  policy: CompositePolicy,
  tags: readonly string[],
): CompositeOutcome {
  const byName = new Map(scores.map((score) => [score.metric, score]));
  const formula =
    policy.formula === undefined
      ? undefined
      : formulaOf(
          policy.formula,
          metrics.map(({ name }) => name),
        );
  if (formula === null) return UNSCORED;
  const parts: (WeightedScore & { readonly name: string })[] = [];
  let scored = 0;
  let vetoed = false;
  for (const { name, weight, gate, role } of weighedFor(metrics, policy, tags)) {
    if (role === 'measures') continue;
    const score = byName.get(name);
    const counts = formula?.names.includes(name) ?? true;
    if (score?.outcome === 'scored') {
      if (gate && score.passed === false) vetoed = true;
      if (score.score === null || !counts) continue;
      scored += 1;
      parts.push({ name, weight, score: score.score });
    } else if (!counts && !gate) {
      // Neither the formula nor a gate asks for it.
    } else if (policy.missing === 'unscored') {
      return UNSCORED;
    } else if (policy.missing === 'zero') {
      if (gate) vetoed = true;
      if (counts) parts.push({ name, weight, score: 0 });
    }
  }
  if (scored === 0) return UNSCORED;
  const value = formula ? byFormula(parts, formula) : weightedMean(parts, policy.mean ?? 'arithmetic');
  if (value === null) return UNSCORED;
  const composite = Math.min(1, Math.max(0, value));
  return { status: !vetoed && reaches(composite, policy.threshold) ? 'pass' : 'fail', composite };
}

const UNSCORED: CompositeOutcome = { status: 'unscored', composite: null };

function byFormula(
  parts: readonly { readonly name: string; readonly score: number }[],
  formula: Formula,
): number | null {
  const scores = new Map(parts.map(({ name, score }) => [name, score]));
  if (formula.names.some((name) => !scores.has(name))) return null;
  const value = formula.compute((name) => scores.get(name) ?? Number.NaN);
  return Number.isFinite(value) ? value : null;
}

let last: { readonly key: string; readonly formula: Formula | null } | null = null;

/** A run has one formula and many samples. */
function formulaOf(text: string, names: readonly string[]): Formula | null {
  const key = JSON.stringify([text, names]);
  if (last?.key !== key) {
    const formula = readFormula(text, names);
    // A suite with a formula that cannot be read is not run.
    last = { key, formula: 'error' in formula ? null : formula };
  }
  return last.formula;
}
