import type * as z from 'zod';
import type { MetricDefinition } from './metric.ts';

/**
 * Forgets the type of a definition's options, so that definitions of all kinds stand in one list.
 *
 * `create` must then be called with what `options` has parsed and nothing else.
 */
export function defineMetric<Options>(definition: MetricDefinition<Options>): MetricDefinition {
  let schema: z.ZodType<Options> | undefined;
  const options = () => {
    schema ??= definition.options();
    return schema;
  };
  return { ...definition, options } as unknown as MetricDefinition;
}
