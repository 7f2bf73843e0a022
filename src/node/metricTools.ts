import { TouchstoneError } from '../engine/error.ts';
import type { MetricDeclaration, MetricTools } from '../engine/metric/metric.ts';
import { metricDefinition } from '../engine/metric/registry.ts';
import { matchRegex } from './boundedRegex.ts';
import type { OwnPrograms } from './programs/ownPrograms.ts';

/**
 * What these metrics need of the host: the tools run on text and schemas that nobody has vetted.
 *
 * The validator of schemas is loaded only for metrics that use one: it takes 10 ms before the first request of a run.
 *
 * @param programs of the run, or of the check, in which these metrics are made
 */
export async function metricTools(
  metrics: readonly Pick<MetricDeclaration, 'kind'>[],
  programs: Pick<OwnPrograms, 'open'> = { open: notHere },
): Promise<MetricTools> {
  const needsSchemas = metrics.some(({ kind }) => metricDefinition(kind)?.usesSchema === true);
  const compileSchema = needsSchemas ? (await import('./jsonSchemas.ts')).compileSchema : notLoaded;
  return { matchRegex, compileSchema, openProgram: programs.open };
}

function notHere(): never {
  throw new TouchstoneError('internal', 'A metric of the user is made where none can be run.');
}

function notLoaded(): never {
  throw new TouchstoneError('internal', 'A metric compiles a schema, but its definition does not say so.');
}
