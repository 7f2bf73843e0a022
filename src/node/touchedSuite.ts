import path from 'node:path';
import { baselinePath } from './loadBaseline.ts';
import { suiteFolder } from './model/resolveModel.ts';
import type { LoadedSuite } from './workspace/loadSuite.ts';
import { CONFIG_NAME } from './workspace/touchstoneConfig.ts';

/**
 * Which of some files a suite's numbers depend on: itself, its prompts with their partials and what they take values from, its
 * dataset, what its metrics and models name, recordings and ratings beside it, and the workspace's configuration.
 *
 * @param changed absolute
 * @returns in no order; empty when the suite would come to the same
 */
export function touchedBy(loaded: LoadedSuite, changed: ReadonlySet<string>): string[] {
  const { workspace, suite, variants, dataset } = loaded;
  const file = path.resolve(workspace.root, suite.path);
  const folder = suiteFolder(workspace, suite.path);
  const prompts = new Map(variants.map(({ prompt, closure }) => [prompt, closure]));
  const used = new Set([
    ...[file, path.resolve(workspace.root, CONFIG_NAME), path.resolve(workspace.root, dataset.path)],
    ...[baselinePath(workspace, suite), file.replace(/(\.eval)?\.ya?ml$/, '.ratings.jsonl')],
    ...[...prompts].flatMap(([prompt, { document, partials }]) => {
      const own = path.resolve(folder, prompt);
      const named = document.files.map(({ name }) => path.resolve(path.dirname(own), name));
      return [own, ...named, ...[...partials.values()].map((partial) => path.resolve(workspace.root, partial.path))];
    }),
    ...variants.flatMap(({ model: { provider, name } }) =>
      provider === 'replay'
        ? recordingPaths(folder, name)
        : provider === 'function'
          ? [path.resolve(folder, name)]
          : [],
    ),
  ]);
  // Metrics name scripts, schemas, databases and prompts of judges in options of their own, so every text may be a file.
  for (const text of textsOf([suite.metrics.map(({ value }) => value), suite.judge?.value ?? null]))
    for (const base of [folder, workspace.root]) used.add(path.resolve(base, text));
  return [...changed].filter((one) => used.has(one));
}

function recordingPaths(folder: string, name: string): string[] {
  const parts = name.split('/');
  return parts.map((_, index) => path.resolve(folder, `${parts.slice(0, index + 1).join('/')}.recording.jsonl`));
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}
