import { TouchstoneError } from '../engine/error.ts';
import { createMetric } from '../engine/metric/createMetric.ts';
import type { Metric, MetricDeclaration } from '../engine/metric/metric.ts';
import { ModelError } from '../engine/model/modelClient.ts';
import type { PlannedVariant } from '../engine/run/runPlan.ts';
import type { Variant } from '../engine/suite/suite.ts';

import type { MetricPorts } from './metricPorts.ts';

import { metricTools } from './metricTools.ts';
import type { ModelAccess } from './model/access.ts';
import { listening } from './model/listening.ts';
import { modelResolver, suiteFolder } from './model/resolveModel.ts';
import type { LoadedSuite } from './workspace/loadSuite.ts';

/**
 * Gives each variant its model's client and its metrics.
 *
 * @param ports the run's, which closes them
 * @throws TouchstoneError `invalid-argument` when one of them cannot be had, which a loaded suite whose `modelProblems` are none does not meet
 */
export async function planSuite(
  loaded: LoadedSuite,
  ports: MetricPorts,
  access: ModelAccess = {},
): Promise<PlannedVariant[]> {
  const { workspace, suite, variants } = loaded;
  const resolve = listening(
    modelResolver({ workspace, folder: suiteFolder(workspace, suite.path), access }),
    access.onAnswer,
  );
  return Promise.all(
    variants.map(async (variant) => {
      const client = await resolve(variant.model);
      if (client instanceof ModelError) {
        throw new TouchstoneError('invalid-argument', client.message, { cause: client, remedy: client.remedy });
      }
      // What is replayed was paid for when it was recorded.
      const billed = variant.model.provider !== 'replay' && access.recorded === undefined;
      return { variant, client, metrics: await metricsOf(variant, loaded.metrics, ports), billed };
    }),
  );
}

/**
 * The metrics of a suite as they measure one of its variants.
 *
 * @throws TouchstoneError `invalid-argument` when one cannot be made; the check of a suite reports that at its place
 */
export async function metricsOf(
  variant: Variant,
  declarations: readonly MetricDeclaration[],
  ports: MetricPorts,
): Promise<Metric[]> {
  const tools = await metricTools(declarations, ports);
  const own = variant.closure.document.metadata.output.schema ?? null;
  const outputSchema = variant.measuredBy ? variant.measuredBy.outputSchema : own;
  return declarations.map((declaration) => {
    const metric = createMetric(declaration, { tools, outputSchema });
    if ('error' in metric) throw new TouchstoneError('invalid-argument', `${declaration.name}: ${metric.error}`);
    return metric;
  });
}

/** What each metric's number depends on, by the metric's name. */
export function signaturesOf(metrics: readonly Metric[]): { readonly [metric: string]: string } {
  return Object.fromEntries(metrics.map(({ name, signature }) => [name, signature]));
}
