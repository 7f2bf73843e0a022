import path from 'node:path';
import type { PromptClosure } from '../../engine/prompt/promptDocument.ts';
import { type ParsedSuite, parseSuite } from '../../engine/suite/parseSuite.ts';
import { planVariants } from '../../engine/suite/planVariants.ts';
import type { Variant } from '../../engine/suite/suite.ts';
import { suitesOfPrompt } from '../workspace/findSuites.ts';
import { loadPrompt } from '../workspace/loadPrompt.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { DatasetRef } from './datasets.ts';

/** A suite file, read as far as it can be. */
export type OpenSuite = {
  readonly path: string;
  readonly parsed: ParsedSuite;
  /** Absolute, in the order of the suite. */
  readonly prompts: readonly string[];
  readonly dataset: DatasetRef | null;
};

/** A prompt and the suite that it is looked at with. */
export type PromptUse = {
  readonly closure: PromptClosure;
  readonly version: string;
  readonly suites: readonly string[];
  readonly suite: OpenSuite | null;
  /** The prompt's variants in that suite. */
  readonly variants: readonly Variant[];
};

/** @throws TouchstoneError when the file cannot be read */
export async function openSuite(workspace: Workspace, suitePath: string): Promise<OpenSuite> {
  const parsed = parseSuite(await workspace.files.readText(suitePath), suitePath);
  const absolute = (written: string): string => path.resolve(path.dirname(suitePath), written);
  const { data, columns } = parsed.named;
  return {
    path: suitePath,
    parsed,
    prompts: parsed.named.prompts.map(({ value }) => absolute(value)),
    dataset: data === null ? null : { file: absolute(data.value), columns },
  };
}

/**
 * A prompt with the chosen suite, or the first of those that name it.
 *
 * @throws TouchstoneError when the prompt cannot be read
 */
export async function openPrompt(workspace: Workspace, promptPath: string, suitePath?: string): Promise<PromptUse> {
  const { closure, version } = await loadPrompt(workspace, promptPath);
  const suites = await suitesOfPrompt(workspace, promptPath);
  const chosen = suitePath !== undefined && suites.includes(suitePath) ? suitePath : suites[0];
  const suite = chosen === undefined ? null : await openSuite(workspace, chosen).catch(() => null);
  return { closure, version, suites, suite, variants: variantsOf(suite, promptPath, closure, version) };
}

function variantsOf(
  suite: OpenSuite | null,
  promptPath: string,
  closure: PromptClosure,
  version: string,
): readonly Variant[] {
  const named = suite?.parsed.named.prompts[suite.prompts.indexOf(promptPath)];
  if (!suite?.parsed.suite || !named) return [];
  const prompt = { path: named.value, range: named.range, closure, version };
  return planVariants(suite.parsed.suite, [prompt]).variants;
}
