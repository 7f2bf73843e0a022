import type { MetricDefinition } from './metric.ts';

/**
 * Forgets the type of a definition's options, so that definitions of all kinds stand in one list.
 *
 * `create` must then be called with what `options` has parsed and nothing else.
 */
export function defineMetric<Options>(definition: MetricDefinition<Options>): MetricDefinition {
  return definition as unknown as MetricDefinition;
}
