import { isJsonObject } from '../json.ts';
import { jsonEqual } from '../metric/structured/jsonEqual.ts';
import type { RunVariant, VariantSummary } from '../run/run.ts';
import type { BaselineVariant } from './baseline.ts';

/** A variant of a run and what it is compared with. */
export type VariantPair<Now extends OfVariant = VariantSummary> = {
  readonly now: Now;
  readonly known: BaselineVariant;
};

type OfVariant = { readonly variant: RunVariant };

/** How the other side is called in a note: `the baseline`, `the run of …`. */
export type OtherSide = { readonly name: string };

/**
 * Variants are the same by prompt path, model and params, not by version: the edit of the prompt is what is compared. Where that
 * leaves one variant of a prompt and model on either side they are a pair whatever their params, and a note says so.
 *
 * @param across `models` pairs also what is left of a prompt on another model; `all` then a single variant with a single one
 * @returns pairs in the run's order; sentences on what was paired loosely or has no partner
 */
export function matchVariants<Now extends OfVariant>(
  summary: { readonly variants: readonly Now[] },
  known: readonly BaselineVariant[],
  { name }: OtherSide,
  across: 'targets' | 'models' | 'all' = 'targets',
): { readonly pairs: VariantPair<Now>[]; readonly notes: string[] } {
  const notes: string[] = [];
  const left = new Set(known);
  const matched = new Map<Now, BaselineVariant>();
  const take = (now: Now, other: BaselineVariant | undefined): void => {
    if (other === undefined) return;
    matched.set(now, other);
    left.delete(other);
  };
  /** Pairs what is left by a looser likeness, where there is no doubt which belongs to which. */
  const takeSingles = (alike: (a: Target, b: Target) => boolean, note: (now: RunVariant, then: Target) => string) => {
    for (const now of summary.variants) {
      if (matched.has(now)) continue;
      const candidates = [...left].filter((other) => alike(now.variant, other));
      const rivals = summary.variants.filter((other) => !matched.has(other) && alike(other.variant, now.variant));
      const [only] = candidates;
      if (only === undefined || candidates.length !== 1 || rivals.length !== 1) continue;
      take(now, only);
      notes.push(note(now.variant, only));
    }
  };
  for (const now of summary.variants) {
    take(
      now,
      [...left].find((other) => sameTarget(now.variant, other) && jsonEqual(now.variant.params, other.params)),
    );
  }
  // A parameter that was edited in the prompt itself.
  takeSingles(
    sameTarget,
    ({ prompt, model }) => `The parameters of \`${prompt}\` on ${model} have changed since ${name}.`,
  );
  if (across !== 'targets') {
    takeSingles(
      (a, b) => a.prompt === b.prompt,
      (now, then) => `\`${now.prompt}\` was answered by ${then.model} then, and by ${now.model} now.`,
    );
  }
  if (across === 'all') {
    takeSingles(
      () => true,
      (now, then) => `${describe(then)} is compared with ${describe(now)}.`,
    );
  }
  for (const now of summary.variants) {
    if (!matched.has(now)) notes.push(`${capital(name)} does not have ${describe(now.variant)}.`);
  }
  for (const other of left) notes.push(`${capital(name)} also has ${describe(other)}, which this run does not.`);
  const pairs = summary.variants.flatMap((now) => {
    const other = matched.get(now);
    return other === undefined ? [] : [{ now, known: other }];
  });
  return { pairs, notes };
}

type Target = Pick<RunVariant, 'prompt' | 'model' | 'params'>;

function sameTarget(a: Omit<Target, 'params'>, b: Omit<Target, 'params'>): boolean {
  return a.prompt === b.prompt && a.model === b.model;
}

function describe({ prompt, model, params }: Target): string {
  const settings = isJsonObject(params) && Object.keys(params).length > 0 ? ` with ${JSON.stringify(params)}` : '';
  return `\`${prompt}\` on ${model}${settings}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
