import { canonicalJson } from '../src/engine/json.ts';
import type { RunVariant } from '../src/engine/run/run.ts';
import { shortVersion } from './format.ts';

/** What the reader calls each variant: only what tells it from the others, by variant id. One alone is called by its model. */
export function variantLabels(variants: readonly RunVariant[]): ReadonlyMap<string, string> {
  const facets: ((variant: RunVariant) => string)[] = [];
  if (differ(variants, (variant) => variant.prompt)) facets.push((variant) => promptName(variant.prompt));
  // Two versions of one file: the name does not tell them apart.
  if (differWithin(variants)) facets.push((variant) => shortVersion(variant.promptVersion));
  if (differ(variants, (variant) => variant.model)) facets.push(modelName(variants));
  for (const key of paramKeys(variants))
    if (differ(variants, (variant) => canonicalJson(variant.params[key] ?? null)))
      facets.push(({ params }) => (key in params ? `${key} ${canonicalJson(params[key])}` : `no ${key}`));
  if (facets.length === 0) facets.push((variant) => variant.model);
  return new Map(variants.map((variant) => [variant.id, facets.map((facet) => facet(variant)).join(' · ')]));
}

/** The provider is left out where the names alone tell the models apart. */
function modelName(variants: readonly RunVariant[]): (variant: RunVariant) => string {
  const short = (variant: RunVariant) => variant.model.slice(variant.model.indexOf('/') + 1);
  const models = new Set(variants.map((variant) => variant.model));
  return new Set(variants.map(short)).size === models.size ? short : (variant) => variant.model;
}

/** `prompts/triage.prompt` is `triage`. */
export function promptName(path: string): string {
  return path.replace(/^.*\//, '').replace(/\.prompt$/, '');
}

function paramKeys(variants: readonly RunVariant[]): readonly string[] {
  return [...new Set(variants.flatMap((variant) => Object.keys(variant.params)))].sort();
}

function differ(variants: readonly RunVariant[], facet: (variant: RunVariant) => string): boolean {
  return new Set(variants.map(facet)).size > 1;
}

function differWithin(variants: readonly RunVariant[]): boolean {
  const paths = new Set(variants.map((variant) => variant.prompt));
  const versions = new Set(variants.map((variant) => `${variant.prompt}\n${variant.promptVersion}`));
  return versions.size > paths.size;
}
