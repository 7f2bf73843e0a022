import type { Weighted } from './composite.ts';
import type { CompositePolicy } from './compositePolicy.ts';

/**
 * The metrics as they weigh for one case: those that the slices of its tags name have the weight that the last of these slices gives.
 * Weight 0 leaves a metric out of such a case, its gate included.
 *
 * @returns `metrics` itself where no slice fits, so that most cases cost nothing
 */
export function weighedFor<M extends Weighted>(
  metrics: readonly M[],
  { slices }: Pick<CompositePolicy, 'slices'>,
  tags: readonly string[],
): readonly M[] {
  const fitting = slices?.filter(({ tag }) => tags.includes(tag)) ?? [];
  if (fitting.length === 0) return metrics;
  return metrics.map((metric) => {
    const slice = fitting.findLast(({ weights }) => Object.hasOwn(weights, metric.name));
    const weight = slice?.weights[metric.name];
    if (weight === undefined || metric.role === 'measures') return metric;
    return weight === 0 ? { ...metric, gate: false, role: 'measures' } : { ...metric, weight };
  });
}
