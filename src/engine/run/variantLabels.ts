import type { RunVariant } from './run.ts';

/**
 * Short names that tell the variants of one run apart: the prompt's name, then the model (its provider
 * too where they differ) and the params that differ.
 *
 * @returns by variant id
 */
export function variantLabels(variants: readonly RunVariant[]): ReadonlyMap<string, string> {
  const prompts = promptNames(variants.map((variant) => variant.prompt));
  const severalPrompts = new Set(variants.map((variant) => variant.prompt)).size > 1;
  const severalModels = new Set(variants.map((variant) => variant.model)).size > 1;
  const providers = new Set(variants.map((variant) => variant.model.split('/')[0]));
  const modelName = (model: string) => (providers.size > 1 ? model : model.slice(model.indexOf('/') + 1));
  const differing = differingParams(variants);
  return new Map(
    variants.map((variant) => {
      const parts = [
        ...(severalPrompts || !severalModels ? [prompts.get(variant.prompt) ?? variant.prompt] : []),
        ...(severalModels ? [modelName(variant.model)] : []),
        ...differing.map((name) => `${name}=${JSON.stringify(variant.params[name] ?? null)}`),
      ];
      return [variant.id, parts.join(' · ')];
    }),
  );
}

/** File names without `.prompt`; the whole path where two files share a name. */
function promptNames(paths: readonly string[]): ReadonlyMap<string, string> {
  const stem = (path: string) => (path.split('/').at(-1) ?? path).replace(/\.prompt$/, '');
  const unique = [...new Set(paths)];
  return new Map(
    unique.map((path) => [path, unique.filter((other) => stem(other) === stem(path)).length > 1 ? path : stem(path)]),
  );
}

function differingParams(variants: readonly RunVariant[]): string[] {
  const names = [...new Set(variants.flatMap((variant) => Object.keys(variant.params)))].sort();
  const text = (variant: RunVariant, name: string) => JSON.stringify(variant.params[name] ?? null);
  return names.filter((name) => {
    // A param that differs only from prompt to prompt is told by the prompt's name already.
    const byPrompt = Map.groupBy(variants, (variant) => `${variant.prompt}\n${variant.model}`);
    return [...byPrompt.values()].some((group) => new Set(group.map((variant) => text(variant, name))).size > 1);
  });
}
