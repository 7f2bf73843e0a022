import { TouchstoneError } from '../engine/error.ts';
import type { MetricDeclaration, MetricTools } from '../engine/metric/metric.ts';
import { withParts } from '../engine/metric/partMetric.ts';
import { metricDefinition } from '../engine/metric/registry.ts';
import { matchRegex } from './boundedRegex.ts';
import type { MetricPorts } from './metricPorts.ts';

/**
 * What these metrics need of the host: tools on text and schemas that nobody has vetted, programs, and models.
 *
 * What is heavy (the validator of schemas, judges, tables of tokens and languages) is loaded only for metrics that use it: the
 * validator alone takes 10 ms before the first request of a run.
 *
 * @param ports of the run, or of the check, in which these metrics are made
 */
export async function metricTools(
  metrics: readonly (Pick<MetricDeclaration, 'kind'> & { readonly options?: unknown })[],
  ports: Omit<MetricPorts, 'close'> = {
    openProgram: notHere,
    findEmbedder: notHere,
    findModerator: notHere,
    judging: null,
    ratingsOf: () => [],
  },
): Promise<MetricTools> {
  const all = withParts(metrics);
  const definitions = all.map(({ kind }) => metricDefinition(kind));
  const needsSchemas = definitions.some((definition) => definition?.usesSchema === true);
  const needsJudges = definitions.some((definition) => definition?.usesJudge !== undefined);
  const compileSchema = needsSchemas ? (await import('./jsonSchemas.ts')).compileSchema : notLoaded;
  const scoreLanguages = definitions.some((definition) => definition?.usesLanguages === true)
    ? (await import('./languageScores.ts')).scoreLanguages
    : notLoaded;
  const countTokens = definitions.some((definition) => definition?.usesTokens === true)
    ? await (await import('./tokens.ts')).newestCounter()
    : notLoaded;
  const codeFault = definitions.some((definition) => definition?.usesCode === true)
    ? (await import('./codeFaults.ts')).codeFault
    : notLoaded;
  const sqlTree = definitions.some((definition) => definition?.usesSql === true)
    ? (await import('./sqlTree.ts')).sqlTree
    : notLoaded;
  const sentimentOf = definitions.some((definition) => definition?.usesSentiment === true)
    ? (await import('./sentimentLexicon.ts')).sentimentOf
    : notLoaded;
  const { openProgram, findEmbedder, findModerator, judging, ratingsOf } = ports;
  const findJudges = needsJudges ? await (await import('./judge/openJudges.ts')).openJudges(all, judging) : noJudges;
  const asked = { openProgram, findEmbedder, findModerator, findJudges, ratingsOf };
  return { matchRegex, compileSchema, scoreLanguages, countTokens, codeFault, sqlTree, sentimentOf, ...asked };
}

function notHere(): never {
  throw new TouchstoneError('internal', 'A metric is made where what it asks for is not to be had.');
}

function notLoaded(): never {
  throw new TouchstoneError('internal', 'A metric uses what its definition does not name.');
}

function noJudges(): never {
  throw new TouchstoneError('internal', 'A metric asks a judge, but its definition does not say so.');
}
