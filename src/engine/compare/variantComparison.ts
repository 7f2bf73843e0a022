import { repeatsPass } from '../repeats/repeatPolicy.ts';
import type { RunVariant } from '../run/run.ts';
import { turnOf } from '../stats/sequential/turnOf.ts';
import type { BaselineVariant, CaseResult } from './baseline.ts';
import type { CaseResults } from './caseResults.ts';
import type { ComparePolicy } from './comparePolicy.ts';
import type { VariantPair } from './matchVariants.ts';
import { type PairedDifference, pairedDifference } from './pairedDifference.ts';
import type { Verdict } from './verdict.ts';
import { type JudgedDifference, verdictsOf, withVerdicts } from './verdicts.ts';

export type VariantComparison = {
  readonly variantId: string;
  readonly promptVersion: { readonly before: string; readonly after: string };
  /** Over the cases that have a composite before and after; null when there is none. */
  readonly composite: JudgedDifference | null;
  /** Of the cases judged (pass or fail) before and after, how many passed; no verdict where there is none. */
  readonly passed: Passed & { readonly verdict: Verdict | null };
  /** Cases that are in neither: a metric that both have scored them on one side only, so their composites are of other parts. */
  readonly uneven: number;
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

/**
 * What the variants came to on the cases that both sides have.
 *
 * The composites of all variants are one family of verdicts, what is behind them (passing, metrics) another: who looks into
 * the parts must not make the whole harder to show.
 */
export function compareVariantPairs(
  pairs: readonly VariantPair[],
  results: CaseResults,
  policy: ComparePolicy,
): VariantComparison[] {
  return judged(
    pairs.map((pair) => compareVariant(pair, results, policy)),
    policy,
  );
}

/** That composites of other parts are not compared, as a sentence. */
export function unevenNotes(variants: readonly VariantComparison[]): string[] {
  const uneven = variants.reduce((sum, variant) => sum + variant.uneven, 0);
  if (uneven === 0) return [];
  const cases = uneven === 1 ? '1 case is' : `${uneven} cases are`;
  return [`${cases} left out of composite and passing: a metric scored them on one side only.`];
}

/** Names of the metrics that both have. */
export function sharedMetrics({ signatures }: RunVariant, { metrics }: BaselineVariant): string[] {
  return Object.keys(signatures).filter((name) => Object.hasOwn(metrics, name));
}

/** Whether the composites of a case are made of the same parts on both sides. */
export function scoredAlike(before: CaseResult, after: CaseResult, names: readonly string[]): boolean {
  return names.every((name) => Object.hasOwn(before.scores, name) === Object.hasOwn(after.scores, name));
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

function compareVariant({ now, known }: VariantPair, results: CaseResults, { isSequential }: ComparePolicy): Measured {
  const cases = results.ofVariant(now.variant.id);
  // Bets are made in the order in which cases were asked.
  const asked = isSequential ? results.ofVariant(now.variant.id, turnOf) : cases;
  const common = [...asked].flatMap(([id, after]) => {
    const before = Object.hasOwn(known.cases, id) ? known.cases[id] : undefined;
    return before === undefined ? [] : [{ id, before, after }];
  });
  const names = sharedMetrics(now.variant, known);
  const isAlike = ({ before, after }: (typeof common)[number]) => scoredAlike(before, after, names);
  const alike = common.filter(isAlike);
  const isJudged = ({ before, after }: (typeof common)[number]) =>
    (before.composite ?? passes(before)) !== null && (after.composite ?? passes(after)) !== null;
  const decided = alike.flatMap((pair) => {
    const [before, after] = [passes(pair.before), passes(pair.after)];
    return before === null || after === null ? [] : [{ id: pair.id, before, after }];
  });
  const metrics = Object.entries(now.metrics).flatMap(([name, { signature }]) => {
    if (!Object.hasOwn(known.metrics, name)) return [];
    const paired = pairedDifference(common.map(({ before, after }) => [before.scores[name], after.scores[name]]));
    return paired === null ? [] : [{ name, paired, same: known.metrics[name] === signature }];
  });
  const inDataset = (some: typeof decided) => {
    const ids = new Set(some.map(({ id }) => id));
    return [...cases.keys()].filter((id) => ids.has(id));
  };
  return {
    variantId: now.variant.id,
    promptVersion: { before: known.promptVersion, after: now.variant.promptVersion },
    uneven: common.filter((pair) => !isAlike(pair) && isJudged(pair)).length,
    composite: pairedDifference(alike.map(({ before, after }) => [before.composite, after.composite])),
    passed: {
      before: decided.filter(({ before }) => before).length,
      after: decided.filter(({ after }) => after).length,
      cases: decided.length,
      differences: decided.map(({ before, after }) => Number(after) - Number(before)),
    },
    fixed: inDataset(decided.filter(({ before, after }) => after && !before)),
    broke: inDataset(decided.filter(({ before, after }) => before && !after)),
    metrics,
  };
}

/** Whether the case passes; null when no repeat of it was judged. */
function passes({ pass = 0, fail = 0, passes: said }: CaseResult): boolean | null {
  return said ?? repeatsPass(pass, fail, {});
}
