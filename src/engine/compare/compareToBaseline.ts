import { isJsonObject } from '../json.ts';
import { jsonEqual } from '../metric/structured/jsonEqual.ts';
import type { RunSummary, RunVariant, VariantSummary } from '../run/run.ts';
import type { Baseline, BaselineVariant, CaseResult } from './baseline.ts';
import type { CaseResults } from './caseResults.ts';
import { type ComparePolicy, DEFAULT_COMPARE } from './comparePolicy.ts';
import { type PairedDifference, pairedDifference } from './pairedDifference.ts';
import type { Verdict } from './verdict.ts';
import { type JudgedDifference, verdictsOf, withVerdicts } from './verdicts.ts';

/** A run beside its committed baseline: differences with their intervals and verdicts. */
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
  readonly composite: JudgedDifference | null;
  /** Of the cases judged (pass or fail) before and after, how many passed; no verdict where there is none. */
  readonly passed: Passed & { readonly verdict: Verdict | null };
  /** Ids of the cases that pass now and did not then, in the order of the dataset. */
  readonly fixed: readonly string[];
  /** Ids of the cases that passed then and do not now. */
  readonly broke: readonly string[];
  /** Mean `score` of each metric that both have, over the cases that have one before and after. */
  readonly metrics: { readonly [name: string]: MetricDifference };
};

/** `sameDefinition` is false when the signatures differ: then the two numbers do not measure the same. */
type MetricDifference = JudgedDifference & { readonly sameDefinition: boolean };
type Passed = { readonly before: number; readonly after: number; readonly cases: number };

/** The verdicts on composites, by variant id. */
export function compositeVerdicts({ variants }: BaselineComparison): ReadonlyMap<string, Verdict> {
  return new Map(variants.flatMap(({ variantId, composite }) => (composite ? [[variantId, composite.verdict]] : [])));
}

/**
 * Variants are matched by prompt path, model and params, not by version: the edit of the prompt is what is compared.
 *
 * The composites of all variants are one family of verdicts, what is behind them (passing, metrics) another: who looks into
 * the parts must not make the whole harder to show.
 */
export function compareToBaseline(
  summary: RunSummary,
  results: CaseResults,
  baseline: Baseline,
  policy: ComparePolicy = DEFAULT_COMPARE,
): BaselineComparison {
  const { pairs, notes } = matchVariants(summary, baseline);
  const measured = pairs.map(({ now, known }) => compareVariant(now, known, results.ofVariant(now.variant.id)));
  const variants = judged(measured, policy);
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

/** A variant with the numbers behind its verdicts. */
type Measured = Omit<VariantComparison, 'composite' | 'passed' | 'metrics'> & {
  readonly composite: PairedDifference | null;
  readonly passed: Passed & { readonly differences: readonly number[] };
  readonly metrics: readonly { readonly name: string; readonly paired: PairedDifference; readonly same: boolean }[];
};

function judged(measured: readonly Measured[], policy: ComparePolicy): VariantComparison[] {
  const composites = withVerdicts(
    measured.flatMap(({ composite }) => (composite === null ? [] : [composite])),
    policy,
  );
  const parts = verdictsOf(
    measured.flatMap(({ passed, metrics }) => [
      { differences: passed.differences, isBinary: true },
      ...metrics.map(({ paired }) => ({ differences: paired.differences, isBinary: false })),
    ]),
    policy,
  );
  return measured.map(({ composite, passed: { differences: _pairs, ...passed }, metrics, ...variant }) => ({
    ...variant,
    composite: composite === null ? null : (composites.shift() ?? null),
    passed: { ...passed, verdict: parts.shift() ?? null },
    metrics: Object.fromEntries(
      metrics.flatMap(({ name, paired: { differences: _all, ...difference }, same }) => {
        const verdict = parts.shift();
        return verdict ? [[name, { ...difference, verdict, sameDefinition: same }]] : [];
      }),
    ),
  }));
}

function compareVariant(
  now: VariantSummary,
  known: BaselineVariant,
  results: ReadonlyMap<string, CaseResult>,
): Measured {
  const common = [...results].flatMap(([id, after]) => {
    const before = Object.hasOwn(known.cases, id) ? known.cases[id] : undefined;
    return before === undefined ? [] : [{ id, before, after }];
  });
  const decided = common.flatMap((pair) => {
    const [before, after] = [passes(pair.before), passes(pair.after)];
    return before === null || after === null ? [] : [{ id: pair.id, before, after }];
  });
  const metrics = Object.entries(now.metrics).flatMap(([name, { signature }]) => {
    if (!Object.hasOwn(known.metrics, name)) return [];
    const paired = pairedDifference(common.map(({ before, after }) => [before.scores[name], after.scores[name]]));
    return paired === null ? [] : [{ name, paired, same: known.metrics[name] === signature }];
  });
  return {
    variantId: now.variant.id,
    promptVersion: { before: known.promptVersion, after: now.variant.promptVersion },
    composite: pairedDifference(common.map(({ before, after }) => [before.composite, after.composite])),
    passed: {
      before: decided.filter(({ before }) => before).length,
      after: decided.filter(({ after }) => after).length,
      cases: decided.length,
      differences: decided.map(({ before, after }) => Number(after) - Number(before)),
    },
    fixed: decided.filter(({ before, after }) => after && !before).map(({ id }) => id),
    broke: decided.filter(({ before, after }) => before && !after).map(({ id }) => id),
    metrics,
  };
}

/** Whether more than half of the judged repeats pass; null when none was decided. */
function passes({ pass = 0, fail = 0 }: CaseResult): boolean | null {
  return pass + fail === 0 ? null : pass > fail;
}
