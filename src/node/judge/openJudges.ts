import path from 'node:path';
import type { FindJudges, Judge } from '../../engine/judge/judge.ts';
import { type JudgeFields, type JudgeOption, judgeSpecs } from '../../engine/judge/judgeOption.ts';
import type { MetricDeclaration } from '../../engine/metric/metric.ts';
import { metricDefinition } from '../../engine/metric/registry.ts';
import { type ModelClient, ModelError, type ModelRef, parseModelRef } from '../../engine/model/modelClient.ts';
import { loadPrompt } from '../workspace/loadPrompt.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { fileProblem } from '../workspace/workspaceFiles.ts';
import { type JudgePrompt, ownJudgePrompt } from './judgePrompts.ts';
import { modelJudge } from './modelJudge.ts';

/** Whose judges are looked for. */
export type JudgeSetting = {
  readonly workspace: Workspace;
  /** Absolute. */
  readonly suiteFile: string;
  /** The suite's `judge`. */
  readonly fallback: JudgeOption | null;
  /** Asked when a judge is; absent where nothing is to be asked, as in a check. */
  readonly resolve?: (model: ModelRef) => Promise<ModelClient | ModelError>;
};

/** Reads the prompts of all judges that these metrics name, so that making a metric reads no file. */
export async function openJudges(
  metrics: readonly (Pick<MetricDeclaration, 'kind'> & { readonly options?: unknown })[],
  setting: JudgeSetting | null,
): Promise<FindJudges> {
  const own = new Map<string, JudgePrompt>();
  const written = new Map<string, JudgePrompt | { readonly error: string }>();
  for (const { kind, options } of metrics) {
    const name = metricDefinition(kind)?.usesJudge;
    if (name === undefined) continue;
    own.set(name, await ownJudgePrompt(name));
    for (const file of promptsNamed((options ?? {}) as JudgeFields, setting?.fallback ?? null)) {
      if (setting && !written.has(file)) written.set(file, await userPrompt(file, setting));
    }
  }
  return (kind, { option, prompt, params }) => {
    const given = option ?? setting?.fallback ?? undefined;
    const judges: Judge[] = [];
    for (const spec of given === undefined ? [{}] : judgeSpecs(given)) {
      const file = spec.prompt ?? prompt;
      const found = file === undefined ? own.get(kind) : written.get(file);
      if (found === undefined) return refuse(`The judge's prompt ${file ?? kind} was not read.`);
      if ('error' in found) return refuse(found.error);
      const model = modelOf(spec.model ?? found.closure.document.metadata.model);
      if (model === null) return noJudge();
      judges.push(
        modelJudge({
          model,
          weight: spec.weight ?? 1,
          prompt: found,
          params: { ...found.closure.document.metadata.config, ...params, ...spec.params },
          resolve: setting?.resolve ?? notAsked,
          config: setting?.workspace.config ?? null,
        }),
      );
    }
    const [first, ...others] = judges;
    return first === undefined ? noJudge() : [first, ...others];
  };
}

function promptsNamed({ judge, prompt }: JudgeFields, fallback: JudgeOption | null): string[] {
  const options = [judge, fallback].filter((option) => option !== undefined && option !== null);
  const files = options.flatMap((option) => judgeSpecs(option).map((spec) => spec.prompt));
  return [prompt, ...files].filter((file) => file !== undefined);
}

async function userPrompt(
  file: string,
  { workspace, suiteFile }: JudgeSetting,
): Promise<JudgePrompt | { readonly error: string }> {
  try {
    const prompt = await loadPrompt(workspace, path.resolve(path.dirname(suiteFile), file));
    const problem = prompt.closure.problems.find(({ severity }) => severity === 'error');
    return problem ? { error: `The judge's prompt ${file} has an error: ${problem.message}` } : prompt;
  } catch (error) {
    return { error: `The judge's prompt ${file} cannot be read: ${fileProblem(error, file).message}` };
  }
}

function modelOf(text: string | undefined): ModelRef | null {
  return text === undefined ? null : parseModelRef(text);
}

function refuse(error: string): { readonly error: string; readonly remedy: string } {
  return { error, remedy: 'Correct the prompt of the judge, or its path.' };
}

function noJudge(): { readonly error: string; readonly remedy: string } {
  return {
    error: 'The metric is scored by a judge, and none is named.',
    remedy: 'Name a model: `judge: provider/model` in the metric, or in the suite for all of them.',
  };
}

async function notAsked(): Promise<ModelError> {
  return new ModelError('unknown-provider', 'No judge is asked here.');
}
