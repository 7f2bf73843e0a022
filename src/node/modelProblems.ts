import path from 'node:path';
import { withParts } from '../engine/metric/partMetric.ts';
import { metricDefinition } from '../engine/metric/registry.ts';
import { formatModelRef, ModelError, type ModelRef, parseModelRef } from '../engine/model/modelClient.ts';
import { AT_START, type Problem, type SourceRange } from '../engine/problem.ts';
import type { Variant } from '../engine/suite/suite.ts';
import { judgeModels } from './judge/judgeModels.ts';
import type { ModelAccess } from './model/access.ts';
import { recordingFile, replayMissing } from './model/replayClient.ts';
import { type ModelContext, modelObstacle, suiteFolder } from './model/resolveModel.ts';
import type { LoadedSuite } from './workspace/loadSuite.ts';

/**
 * Models that cannot be asked at all: an unknown provider, a key that is not there. Known before anything is spent, so a run
 * with them is not started. Each stands where the suite, or else the prompt, names the model.
 */
export async function modelProblems(loaded: LoadedSuite, access: ModelAccess = {}): Promise<readonly Problem[]> {
  const { workspace, suite, variants } = loaded;
  const context = { workspace, folder: suiteFolder(workspace, suite.path), access };
  const missing = await recordingProblem(loaded, access);
  if (missing) return [missing];
  const byModel = new Map(variants.map((variant) => [formatModelRef(variant.model), variant]));
  const problems = await Promise.all(
    [...byModel.values()].map(async (variant): Promise<Problem[]> => {
      const obstacle = (await modelObstacle(variant.model, context)) ?? (await nothingToReplay(variant.model, loaded));
      if (!obstacle) return [];
      const { code, message, remedy } = obstacle;
      return [{ severity: 'error', code, message, remedy, ...placeOfModel(variant, loaded) }];
    }),
  );
  return [...problems.flat(), ...(await scorerProblems(loaded, access))];
}

/** A run that is held to a recording needs one; a suite that only replays has its own. */
async function recordingProblem(loaded: LoadedSuite, { recorded }: ModelAccess): Promise<Problem | null> {
  const { workspace, suite, variants } = loaded;
  const models = [...variants.map(({ model }) => model), ...judgeModels(suite).map(({ value }) => value)];
  if (recorded === undefined || models.every(({ provider }) => provider === 'replay')) return null;
  const file = recordingFile(suiteFolder(workspace, suite.path), recorded);
  if (await workspace.files.exists(file)) return null;
  return {
    severity: 'error',
    code: 'not-recorded',
    message: `There is no ${path.basename(file)} beside the suite, and only what was recorded may be used.`,
    remedy: 'Record with `touchstone eval --record`, and commit the file.',
    file: suite.path,
    range: AT_START,
  };
}

/** As `modelProblems`, of the models that metrics ask: all that scoring answers again needs. */
export async function scorerProblems(loaded: LoadedSuite, access: ModelAccess = {}): Promise<readonly Problem[]> {
  const { workspace, suite } = loaded;
  const context = { workspace, folder: suiteFolder(workspace, suite.path), access };
  return [...(await embedderProblems(loaded, context)), ...(await judgeProblems(loaded, context))];
}

/** A recording holds answers; embeddings are none. */
const UNRECORDED = new ModelError('not-recorded', 'Embeddings are in no recording.', {
  remedy: 'Leave the metric out where only what was recorded may be used.',
});

async function embedderProblems({ suite }: LoadedSuite, context: ModelContext): Promise<Problem[]> {
  const problems: Problem[] = [];
  const all = suite.metrics.flatMap(({ value, range }) => withParts([value]).map((one) => ({ value: one, range })));
  for (const { value, range } of all) {
    if (metricDefinition(value.kind)?.usesEmbeddings !== true) continue;
    const { model: written } = value.options as { readonly model?: string };
    if (written === undefined) continue;
    const model = parseModelRef(written);
    const obstacle =
      context.access.recorded === undefined ? model && (await modelObstacle(model, context)) : UNRECORDED;
    if (!obstacle) continue;
    const { code, message, remedy } = obstacle;
    problems.push({ severity: 'error', code, message, remedy, file: suite.path, range });
  }
  return problems;
}

/** A judge that cannot be asked would cost every answer that it was to judge. */
async function judgeProblems(loaded: LoadedSuite, context: ModelContext): Promise<Problem[]> {
  const { suite } = loaded;
  const problems = await Promise.all(
    judgeModels(suite).map(async ({ value, range }): Promise<Problem[]> => {
      const obstacle = (await modelObstacle(value, context)) ?? (await nothingToReplay(value, loaded));
      if (!obstacle) return [];
      const { code, message, remedy } = obstacle;
      return [{ severity: 'error', code, message, remedy, file: suite.path, range }];
    }),
  );
  return problems.flat();
}

async function nothingToReplay({ provider, name }: ModelRef, { workspace, suite, dataset }: LoadedSuite) {
  if (provider !== 'replay') return null;
  const place = { folder: suiteFolder(workspace, suite.path), root: workspace.root };
  return replayMissing(name, dataset.columns, place, workspace.files);
}

/** Where the suite, or else the prompt, names the model of a variant; the start of the suite for one of the command line. */
export function placeOfModel(variant: Variant, { suite }: LoadedSuite): { file: string; range: SourceRange } {
  const named = suite.models.find(({ value }) => value === formatModelRef(variant.model));
  if (named) return { file: suite.path, range: named.range };
  const { document } = variant.closure;
  const own = document.keyRanges.get('model');
  if (own && suite.models.length === 0 && isOwnModel(variant.model, document.metadata.model)) {
    return { file: document.path, range: own };
  }
  return { file: suite.path, range: AT_START };
}

function isOwnModel(model: ModelRef, own: string | undefined): boolean {
  return own === formatModelRef(model);
}
