import type { BaselineVariant } from '../../engine/compare/baseline.ts';
import { readBaseline } from '../../engine/compare/readBaseline.ts';
import { canonicalJson } from '../../engine/json.ts';
import type { RunSummary, RunVariant } from '../../engine/run/run.ts';
import { baselinePath } from '../loadBaseline.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { OpenSuite } from './promptUse.ts';

/**
 * The committed baseline's mean composite for each variant of a run that it knows, by variant id.
 *
 * Empty when there is none, when it cannot be read (the check of the suite says so), or when it is of other cases: a mean over
 * those would not be a comparison. A variant is known by prompt, model and params: the edit of the prompt is what is compared.
 */
export async function committedBaseline(
  workspace: Workspace,
  suite: OpenSuite | null,
  run: RunSummary,
): Promise<{ readonly [variantId: string]: number }> {
  const parsed = suite?.parsed.suite;
  if (!parsed) return {};
  const file = baselinePath(workspace, parsed);
  const text = await workspace.files.readText(file).catch(() => null);
  const baseline = text === null ? null : readBaseline(text, file).baseline;
  if (!baseline || baseline.dataset.digest !== run.header.dataset.digest) return {};
  const means: { [variantId: string]: number } = {};
  for (const variant of run.header.variants) {
    const mean = meanComposite(baseline.variants.find((known) => isSame(known, variant)));
    if (mean !== null) means[variant.id] = mean;
  }
  return means;
}

function isSame(known: BaselineVariant, variant: RunVariant): boolean {
  const key = ({ prompt, model, params }: BaselineVariant | RunVariant) => canonicalJson([prompt, model, params]);
  return key(known) === key(variant);
}

function meanComposite(variant: BaselineVariant | undefined): number | null {
  const values = Object.values(variant?.cases ?? {}).flatMap(({ composite }) =>
    composite === undefined ? [] : [composite],
  );
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
