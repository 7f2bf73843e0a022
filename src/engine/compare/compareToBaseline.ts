import { isJsonObject } from '../json.ts';
import { jsonEqual } from '../metric/structured/jsonEqual.ts';
import type { RunSummary, RunVariant, VariantSummary } from '../run/run.ts';
import type { Baseline, BaselineVariant, CaseResult } from './baseline.ts';
import type { CaseResults } from './caseResults.ts';
import { type Difference, pairedDifference } from './pairedDifference.ts';

/** A run beside its committed baseline. Differences with their intervals, without a verdict. */
export type BaselineComparison = {
  /** In the run's order; variants that the baseline does not know are left out and noted. */
  readonly variants: readonly VariantComparison[];
  /** Sentences that a reader of the differences must know, of the whole comparison. */
  readonly notes: readonly string[];
};

export type VariantComparison = {
  readonly variantId: string;
  readonly promptVersion: { readonly before: string; readonly after: string };
  /** Over the cases that have a composite before and after; null when there is none. */
  readonly composite: Difference | null;
  /** Of the cases judged (pass or fail) before and after, how many passed. */
  readonly passed: { readonly before: number; readonly after: number; readonly cases: number };
  /** Ids of the cases that pass now and did not then, in the order of the dataset. */
  readonly fixed: readonly string[];
  /** Ids of the cases that passed then and do not now. */
  readonly broke: readonly string[];
  /** Mean `score` of each metric that both have, over the cases that have one before and after. */
  readonly metrics: { readonly [name: string]: MetricDifference };
};

/** `sameDefinition` is false when the signatures differ: then the two numbers do not measure the same. */
type MetricDifference = Difference & { readonly sameDefinition: boolean };

/** Variants are matched by prompt path, model and params, not by version: the edit of the prompt is what is compared. */
export function compareToBaseline(summary: RunSummary, results: CaseResults, baseline: Baseline): BaselineComparison {
  const { pairs, notes } = matchVariants(summary, baseline);
  const variants = pairs.map(({ now, known }) => compareVariant(now, known, results.ofVariant(now.variant.id)));
  const changed = [
    ...new Set(
      variants.flatMap(({ metrics }) => Object.keys(metrics).filter((name) => metrics[name]?.sameDefinition === false)),
    ),
  ];
  if (changed.length > 0) {
    const names = changed.map((name) => `\`${name}\``).join(', ');
    notes.push(`Measured otherwise than in the baseline, so not comparable: ${names}. The composite may be affected.`);
  }
  const { dataset } = summary.header;
  if (dataset.digest !== baseline.dataset.digest) {
    notes.unshift(
      `The dataset has changed since the baseline (${baseline.dataset.cases} cases then, ${dataset.cases} now): cases of the same id are compared, whatever they say now.`,
    );
  }
  return { variants, notes };
}

type Pair = { readonly now: VariantSummary; readonly known: BaselineVariant };

function matchVariants(summary: RunSummary, baseline: Baseline): { pairs: Pair[]; notes: string[] } {
  const notes: string[] = [];
  const left = new Set(baseline.variants);
  const matched = new Map<VariantSummary, BaselineVariant>();
  const take = (now: VariantSummary, known: BaselineVariant | undefined): void => {
    if (known === undefined) return;
    matched.set(now, known);
    left.delete(known);
  };
  for (const now of summary.variants) {
    take(
      now,
      [...left].find((known) => sameTarget(now.variant, known) && jsonEqual(now.variant.params, known.params)),
    );
  }
  // A parameter that was edited in the prompt itself: one variant is left on either side, so there is no doubt which.
  for (const now of summary.variants) {
    if (matched.has(now)) continue;
    const candidates = [...left].filter((known) => sameTarget(now.variant, known));
    const rivals = summary.variants.filter((other) => !matched.has(other) && sameTarget(other.variant, now.variant));
    if (candidates.length !== 1 || rivals.length !== 1) continue;
    take(now, candidates[0]);
    notes.push(`The parameters of \`${now.variant.prompt}\` on ${now.variant.model} have changed since the baseline.`);
  }
  for (const now of summary.variants) {
    if (!matched.has(now)) notes.push(`The baseline does not have ${describe(now.variant)}.`);
  }
  for (const known of left) notes.push(`The baseline also has ${describe(known)}, which this run does not.`);
  const pairs = summary.variants.flatMap((now) => {
    const known = matched.get(now);
    return known === undefined ? [] : [{ now, known }];
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

function compareVariant(
  now: VariantSummary,
  known: BaselineVariant,
  results: ReadonlyMap<string, CaseResult>,
): VariantComparison {
  const common = [...results].flatMap(([id, after]) => {
    const before = Object.hasOwn(known.cases, id) ? known.cases[id] : undefined;
    return before === undefined ? [] : [{ id, before, after }];
  });
  const judged = common.flatMap((pair) => {
    const [before, after] = [passes(pair.before), passes(pair.after)];
    return before === null || after === null ? [] : [{ id: pair.id, before, after }];
  });
  const metrics: { [name: string]: MetricDifference } = {};
  for (const [name, { signature }] of Object.entries(now.metrics)) {
    if (!Object.hasOwn(known.metrics, name)) continue;
    const paired = pairedDifference(common.map(({ before, after }) => [before.scores[name], after.scores[name]]));
    if (paired) metrics[name] = { ...paired, sameDefinition: known.metrics[name] === signature };
  }
  return {
    variantId: now.variant.id,
    promptVersion: { before: known.promptVersion, after: now.variant.promptVersion },
    composite: pairedDifference(common.map(({ before, after }) => [before.composite, after.composite])),
    passed: {
      before: judged.filter(({ before }) => before).length,
      after: judged.filter(({ after }) => after).length,
      cases: judged.length,
    },
    fixed: judged.filter(({ before, after }) => after && !before).map(({ id }) => id),
    broke: judged.filter(({ before, after }) => before && !after).map(({ id }) => id),
    metrics,
  };
}

/** Whether more than half of the judged repeats pass; null when none was judged. */
function passes({ pass = 0, fail = 0 }: CaseResult): boolean | null {
  return pass + fail === 0 ? null : pass > fail;
}
