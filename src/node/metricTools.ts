import { TouchstoneError } from '../engine/error.ts';
import type { MetricDeclaration, MetricTools } from '../engine/metric/metric.ts';
import { metricDefinition } from '../engine/metric/registry.ts';
import { matchRegex } from './boundedRegex.ts';
import type { MetricPorts } from './metricPorts.ts';

/**
 * What these metrics need of the host: the tools run on text and schemas that nobody has vetted.
 *
 * The validator of schemas is loaded only for metrics that use one: it takes 10 ms before the first request of a run.
 *
 * @param ports of the run, or of the check, in which these metrics are made
 */
export async function metricTools(
  metrics: readonly Pick<MetricDeclaration, 'kind'>[],
  ports: Omit<MetricPorts, 'close'> = { openProgram: notHere, findEmbedder: notHere },
): Promise<MetricTools> {
  const needsSchemas = metrics.some(({ kind }) => metricDefinition(kind)?.usesSchema === true);
  const compileSchema = needsSchemas ? (await import('./jsonSchemas.ts')).compileSchema : notLoaded;
  const { openProgram, findEmbedder } = ports;
  return { matchRegex, compileSchema, openProgram, findEmbedder };
}

function notHere(): never {
  throw new TouchstoneError('internal', 'A metric is made where what it asks for is not to be had.');
}

function notLoaded(): never {
  throw new TouchstoneError('internal', 'A metric compiles a schema, but its definition does not say so.');
}
