import type { CompositePolicy } from '../metric/composite/compositePolicy.ts';
import type { RunMetric } from '../run/run.ts';

/** Other weights, gates and rules for the composite of a run than those that it was made with: looked at, not kept. */
export type Trial = {
  /** By name of metric; weight 0 leaves the metric out, its gate included. Those that are not named stay as they are. */
  readonly weights: { readonly [metric: string]: { readonly weight: number; readonly gate: boolean } };
  readonly policy: CompositePolicy;
};

/** The metrics of a run as a trial weighs them. */
export function trialMetrics(metrics: readonly RunMetric[], { weights }: Trial): RunMetric[] {
  return metrics.map((metric) => {
    const tried = Object.hasOwn(weights, metric.name) ? weights[metric.name] : undefined;
    if (!tried || metric.role === 'measures') return metric;
    return tried.weight === 0 ? { ...metric, gate: false, role: 'measures' } : { ...metric, ...tried };
  });
}
