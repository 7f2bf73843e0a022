import { jsonEqual } from '../metric/structured/jsonEqual.ts';
import type { RunSummary } from '../run/run.ts';
import type { BaselineVariant, CaseResult } from './baseline.ts';
import { baselineVariants } from './baselineOf.ts';
import type { CaseResults } from './caseResults.ts';
import { type ComparePolicy, DEFAULT_COMPARE } from './comparePolicy.ts';
import { compareTags, MOST_TAGS, type TagDifference } from './compareTags.ts';
import { matchVariants, type VariantPair } from './matchVariants.ts';
import { compareVariantPairs, unevenNotes, type VariantComparison } from './variantComparison.ts';

/** What a comparison needs of a run. */
export type ComparedRun = {
  readonly summary: RunSummary;
  readonly results: CaseResults;
  /** By id, of every case that the run has a sample of. */
  readonly cases: ReadonlyMap<string, ComparedCase>;
};

/** `content` names what the case said: another one, another case, whatever its id. */
export type ComparedCase = { readonly content: string; readonly tags: readonly string[] };

/** A run beside an earlier one, over the cases that both have. */
export type RunComparison = {
  /** In the order of the later run. */
  readonly variants: readonly VariantComparison[];
  /** Ids of the same variant in the two runs, in the order of the later one. */
  readonly pairs: readonly { readonly before: string; readonly after: string }[];
  /** By tag, the most frequent first; empty where no case has one. */
  readonly tags: readonly TagDifference[];
  readonly cases: {
    readonly common: number;
    readonly onlyBefore: number;
    readonly onlyAfter: number;
    readonly changed: number;
  };
  /** Whether both made the composite, and so pass and fail, in the same way; else neither is compared. */
  readonly sameComposite: boolean;
  /** Sentences that a reader of the differences must know. */
  readonly notes: readonly string[];
};

/**
 * What changed from one stored run to another. Only what means the same in both is compared: cases of the same content, metrics
 * of the same signature, and the composite where it was made of the same metrics by the same rules. Notes say what is left out.
 */
export function compareRuns(
  before: ComparedRun,
  after: ComparedRun,
  policy: ComparePolicy = DEFAULT_COMPARE,
): RunComparison {
  const cases = commonCases(before.cases, after.cases);
  const known = baselineVariants(before.summary, before.results).map((variant) => onlyCases(variant, cases.common));
  const { pairs, notes } = matchVariants(after.summary, known, { name: 'the earlier run' }, 'all');
  const unlike = unlikeComposites(before.summary, after.summary, pairs);
  // What is left out must not raise the p-values of what is not.
  const compared = (unlike === null ? pairs : pairs.map(withoutComposite)).map(withSameMetrics);
  const variants = compareVariantPairs(compared, after.results, policy);
  const ids = new Map(known.map((variant, index) => [variant, before.summary.variants[index]?.variant.id ?? '']));
  return {
    variants,
    pairs: pairs.map(({ now, known: other }) => ({ before: ids.get(other) ?? '', after: now.variant.id })),
    tags: compareTags(compared, after.results, after.cases, policy),
    cases: { ...cases, common: cases.common.size },
    sameComposite: unlike === null,
    notes: [
      ...notes,
      ...caseNotes(cases),
      ...unevenNotes(variants),
      ...tagNotes(after.cases),
      ...metricNotes(before.summary, after.summary, pairs),
      ...(unlike ?? []),
    ],
  };
}

/** Ids of the cases that say the same in both. */
export function sharedCases(before: ComparedRun['cases'], after: ComparedRun['cases']): ReadonlySet<string> {
  return commonCases(before, after).common;
}

type Cases = Omit<RunComparison['cases'], 'common'> & { readonly common: ReadonlySet<string> };

function commonCases(before: ComparedRun['cases'], after: ComparedRun['cases']): Cases {
  const common = new Set<string>();
  let [changed, onlyAfter] = [0, 0];
  for (const [id, { content }] of after) {
    const then = before.get(id);
    if (then === undefined) onlyAfter += 1;
    else if (then.content === content) common.add(id);
    else changed += 1;
  }
  return { common, changed, onlyAfter, onlyBefore: before.size - common.size - changed };
}

function onlyCases(variant: BaselineVariant, common: ReadonlySet<string>): BaselineVariant {
  const cases = Object.entries(variant.cases).filter(([id]) => common.has(id));
  return { ...variant, cases: Object.fromEntries(cases) };
}

function caseNotes({ changed, onlyAfter, onlyBefore }: Cases): string[] {
  const left = [
    ...(changed > 0 ? [`${changed} that say something else now`] : []),
    ...(onlyAfter > 0 ? [`${onlyAfter} that are new`] : []),
    ...(onlyBefore > 0 ? [`${onlyBefore} that are gone`] : []),
  ];
  return left.length === 0 ? [] : [`Cases left out: ${left.join(', ')}.`];
}

function tagNotes(cases: ComparedRun['cases']): string[] {
  const tags = new Set([...cases.values()].flatMap((one) => one.tags)).size;
  return tags > MOST_TAGS ? [`Of ${tags} tags the ${MOST_TAGS} with the most cases are compared.`] : [];
}

/** @returns why the composites of the two runs are not the same measure, as sentences; null when they are */
function unlikeComposites(
  { header: before }: RunSummary,
  { header: after }: RunSummary,
  pairs: readonly VariantPair[],
): string[] | null {
  const reasons = [
    ...(jsonEqual(ruleOf(before.policy), ruleOf(after.policy)) ? [] : ['the rules of `composite` differ']),
    ...(jsonEqual(partsOf(before.metrics), partsOf(after.metrics)) ? [] : ['they weigh other metrics or weights']),
    ...(measuredAlike(pairs, after.metrics) ? [] : ['a metric in it measures something else now']),
  ];
  if (reasons.length === 0) return null;
  return [
    `Composite and passing are not compared: ${reasons.join(', ')}. \`touchstone rescore ${before.id}\` scores the earlier answers as the suite does now.`,
  ];
}

function ruleOf(policy: RunSummary['header']['policy']) {
  return { mean: 'arithmetic', formula: null, ...policy };
}

function partsOf(metrics: RunSummary['header']['metrics']) {
  const parts = metrics.filter(({ role }) => role !== 'measures');
  return Object.fromEntries(parts.map(({ name, weight, gate }) => [name, { weight, gate }]));
}

function measuredAlike(pairs: readonly VariantPair[], metrics: RunSummary['header']['metrics']): boolean {
  const names = metrics.filter(({ role }) => role !== 'measures').map(({ name }) => name);
  return pairs.every(({ now, known }) => names.every((name) => known.metrics[name] === now.metrics[name]?.signature));
}

function metricNotes(before: RunSummary, after: RunSummary, pairs: readonly VariantPair[]): string[] {
  const names = after.header.metrics.map(({ name }) => name);
  const otherwise = names.filter((name) =>
    pairs.some(({ now, known }) => name in known.metrics && known.metrics[name] !== now.metrics[name]?.signature),
  );
  const gone = before.header.metrics.map(({ name }) => name).filter((name) => !names.includes(name));
  const added = names.filter((name) => !before.header.metrics.some((metric) => metric.name === name));
  const list = (some: readonly string[]) => some.map((name) => `\`${name}\``).join(', ');
  return [
    ...(otherwise.length > 0 ? [`Measured otherwise then, so not compared: ${list(otherwise)}.`] : []),
    ...(gone.length > 0 ? [`Only in the earlier run: ${list(gone)}.`] : []),
    ...(added.length > 0 ? [`Only in the later run: ${list(added)}.`] : []),
  ];
}

function withSameMetrics({ now, known }: VariantPair): VariantPair {
  const metrics = Object.entries(known.metrics).filter(
    ([name, signature]) => now.metrics[name]?.signature === signature,
  );
  return { now, known: { ...known, metrics: Object.fromEntries(metrics) } };
}

/** What it was compared to then has scores alone: nothing pairs with a composite or a status. */
function withoutComposite({ now, known }: VariantPair): VariantPair {
  const cases = Object.entries(known.cases).map(([id, { scores }]): [string, CaseResult] => [id, { scores }]);
  return { now, known: { ...known, cases: Object.fromEntries(cases) } };
}
