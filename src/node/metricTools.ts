import { TouchstoneError } from '../engine/error.ts';
import type { MetricDeclaration, MetricTools } from '../engine/metric/metric.ts';
import { metricDefinition } from '../engine/metric/registry.ts';
import { matchRegex } from './boundedRegex.ts';

/**
 * What these metrics need of the host: both tools run on text and schemas that nobody has vetted.
 *
 * The validator of schemas is loaded only for metrics that use one: it takes 10 ms before the first request of a run.
 */
export async function metricTools(metrics: readonly Pick<MetricDeclaration, 'kind'>[]): Promise<MetricTools> {
  const needsSchemas = metrics.some(({ kind }) => metricDefinition(kind)?.usesSchema === true);
  const compileSchema = needsSchemas ? (await import('./jsonSchemas.ts')).compileSchema : notLoaded;
  return { matchRegex, compileSchema };
}

function notLoaded(): never {
  throw new TouchstoneError('internal', 'A metric compiles a schema, but its definition does not say so.');
}
