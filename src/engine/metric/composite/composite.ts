import type { Metric, Score } from '../metric.ts';
import { reaches } from '../outcome.ts';
import type { CompositePolicy } from './compositePolicy.ts';

export type CompositeOutcome =
  | { readonly status: 'pass' | 'fail'; readonly composite: number }
  | { readonly status: 'unscored'; readonly composite: null };

/** What decides of a metric: the same in a run's metrics and in its record. */
type Weighted = Pick<Metric, 'name' | 'weight' | 'gate' | 'role'>;

/**
 * The scores of one sample as one number and a status.
 *
 * The composite is the mean of the scores weighted by their metrics. Metrics that only measure have no part in it. A metric
 * that is unscored, in error or not there is missing: `renormalise` leaves it out, `zero` counts it as 0 (a gate then
 * fails), `unscored` makes the whole sample unscored. A gate that fails makes the sample fail and leaves the number as it is.
 * A sample without any score is unscored under every policy.
 */
export function compositeOf(
  scores: readonly Score[],
  metrics: readonly Weighted[],
  policy: CompositePolicy,
): CompositeOutcome {
  const byName = new Map(scores.map((score) => [score.metric, score]));
  let sum = 0;
  let weights = 0;
  let scored = 0;
  let vetoed = false;
  for (const { name, weight, gate, role } of metrics) {
    if (role === 'measures') continue;
    const score = byName.get(name);
    if (score?.outcome === 'scored') {
      if (gate && score.passed === false) vetoed = true;
      if (score.score === null) continue;
      scored += 1;
      sum += weight * score.score;
      weights += weight;
    } else if (policy.missing === 'unscored') {
      return UNSCORED;
    } else if (policy.missing === 'zero') {
      if (gate) vetoed = true;
      weights += weight;
    }
  }
  if (scored === 0) return UNSCORED;
  // A mean of scores of 1 must not exceed 1 by a rounding error.
  const composite = Math.min(1, Math.max(0, sum / weights));
  return { status: !vetoed && reaches(composite, policy.threshold) ? 'pass' : 'fail', composite };
}

const UNSCORED: CompositeOutcome = { status: 'unscored', composite: null };
