import { compositeOf } from '../../src/engine/metric/composite/composite.ts';
import type { VariantSummary } from '../../src/engine/run/run.ts';
import { type Trial, trialMetrics } from '../../src/engine/trial/trial.ts';
import type { SampleDetail, TrialState } from '../../src/protocol/views.ts';
import type { Scope } from '../results/scope.ts';

/** A run as the trial has it. Differences from other runs are left out: those were not tried. */
export function triedScope(scope: Scope, trial: Trial, tried: TrialState | null): Scope {
  const variants = scope.run.variants.map((summary): VariantSummary => {
    const found = tried?.variants[summary.variant.id];
    return found ? { ...summary, samples: found.samples, composite: found.composite } : summary;
  });
  return {
    ...scope,
    results: {
      ...scope.results,
      metrics: trialMetrics(scope.results.metrics, trial),
      policy: trial.policy,
      baseline: {},
      toFirst: {},
    },
    run: { ...scope.run, variants },
  };
}

/** A sample as the trial has it; the weights are arithmetic, so nobody need be asked. */
export function triedDetail(
  detail: SampleDetail,
  metrics: Parameters<typeof trialMetrics>[0],
  trial: Trial,
): SampleDetail {
  if (detail.error !== null) return detail;
  const { status, composite } = compositeOf(detail.scores, trialMetrics(metrics, trial), trial.policy, detail.tags);
  return { ...detail, row: { ...detail.row, status, composite } };
}

/** Mean over the variants that have a composite; null when none has. */
export function meanOver(variants: readonly Pick<VariantSummary, 'composite'>[]): number | null {
  const means = variants.flatMap(({ composite }) => (composite === null ? [] : [composite.mean]));
  return means.length === 0 ? null : means.reduce((sum, one) => sum + one, 0) / means.length;
}
