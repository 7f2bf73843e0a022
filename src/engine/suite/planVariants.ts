import { hashValue } from '../hash.ts';
import type { Json, JsonObject } from '../json.ts';
import { formatModelRef, type ModelRef, parseModelRef } from '../model/modelClient.ts';
import { AT_START, type Problem, type SourceRange } from '../problem.ts';
import type { PromptClosure } from '../prompt/promptDocument.ts';
import type { Suite, Variant } from './suite.ts';

/** A prompt of a suite, loaded. `path` and `range` are as the suite has them. */
export type PlannedPrompt = {
  readonly path: string;
  readonly range: SourceRange;
  readonly closure: PromptClosure;
  readonly version: string;
};

/** What stands in for the suite's own, from the command line or a button. */
export type PlanOverrides = {
  readonly models?: readonly string[];
  readonly params?: { readonly [name: string]: readonly Json[] };
};

/**
 * Prompts x models x params, in the order of the suite: prompts outermost, the last parameter innermost.
 *
 * Combinations that come to the same request are planned once: two prompt files of one version, or a parameter that
 * repeats what the prompt says already.
 */
export function planVariants(
  suite: Suite,
  prompts: readonly PlannedPrompt[],
  overrides: PlanOverrides = {},
): { variants: readonly Variant[]; problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const variants = new Map<string, Variant>();
  const params = { ...suite.params, ...overrides.params };
  for (const prompt of prompts) {
    const models = modelsFor(prompt, suite, overrides, problems);
    const { config } = prompt.closure.document.metadata;
    for (const model of models) {
      for (const chosen of combinations(params)) {
        const merged: JsonObject = { ...config, ...chosen };
        const id = variantId(prompt.version, model, merged);
        const same = variants.get(id);
        if (same === undefined) {
          const { path, version, closure } = prompt;
          variants.set(id, { id, prompt: path, promptVersion: version, model, params: merged, closure });
        } else if (same.prompt !== prompt.path) {
          addOnce(problems, {
            severity: 'warning',
            code: 'same-prompt',
            message: `\`${prompt.path}\` is the same version as \`${same.prompt}\`; it is evaluated once.`,
            remedy: 'Remove one of them.',
            file: suite.path,
            range: prompt.range,
          });
        }
      }
    }
  }
  return { variants: [...variants.values()], problems };
}

/** First 12 hex digits of the hash of what makes a variant: the same in every run. */
function variantId(promptVersion: string, model: ModelRef, params: JsonObject): string {
  return hashValue({ promptVersion, model: formatModelRef(model), params }).slice(0, 12);
}

function modelsFor(prompt: PlannedPrompt, suite: Suite, overrides: PlanOverrides, problems: Problem[]): ModelRef[] {
  const given = overrides.models ?? suite.models.map(({ value }) => value);
  if (given.length > 0) {
    return given.flatMap((text) => {
      const model = parseModelRef(text);
      // The suite's own have been checked where it was parsed.
      if (model === null) addOnce(problems, invalidModel(text, suite.path, AT_START));
      return model === null ? [] : [model];
    });
  }
  const { document } = prompt.closure;
  const own = document.metadata.model;
  if (own === undefined) {
    // What names it may be just what cannot be read.
    if (prompt.closure.problems.some(({ code, severity }) => severity === 'error' && code.startsWith('front-matter')))
      return [];
    const message = `Neither the suite nor the prompt \`${prompt.path}\` names a model.`;
    const remedy = 'Add `models:` to the suite, or `model:` to the prompt.';
    problems.push({ severity: 'error', code: 'no-model', message, remedy, file: suite.path, range: prompt.range });
    return [];
  }
  const model = parseModelRef(own);
  if (model !== null) return [model];
  problems.push(invalidModel(own, document.path, document.keyRanges.get('model') ?? AT_START));
  return [];
}

function invalidModel(text: string, file: string, range: SourceRange): Problem {
  const message = `\`${text}\` does not name a provider.`;
  const remedy = 'Write `provider/name`, e.g. `openai/gpt-5-mini`.';
  return { severity: 'error', code: 'invalid-model', message, remedy, file, range };
}

function combinations(params: { readonly [name: string]: readonly Json[] }): JsonObject[] {
  return Object.entries(params).reduce<JsonObject[]>(
    (made, [name, values]) => made.flatMap((chosen) => values.map((value) => ({ ...chosen, [name]: value }))),
    [{}],
  );
}

function addOnce(problems: Problem[], problem: Problem): void {
  if (!problems.some(({ message, file }) => message === problem.message && file === problem.file))
    problems.push(problem);
}
