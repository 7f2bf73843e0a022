import type { Score } from '../metric.ts';
import type { Weighted } from './composite.ts';
import type { CompositePolicy } from './compositePolicy.ts';
import { readFormula } from './formula.ts';
import { weighedFor } from './sliceWeights.ts';

/** What a metric did to the composite of a sample. */
export type CompositePart = {
  readonly metric: string;
  /** `counts`; `missing`: it has no score; `measures`: it has no part in the composite. */
  readonly state: 'counts' | 'missing' | 'measures';
  /** 0..1; 0 for a missing one that counts as 0; null where it does not count. */
  readonly score: number | null;
  /** Share of all weights that count, 0..1; null where weights have no meaning (formula, least score) or it does not count. */
  readonly share: number | null;
  /** What it adds to an arithmetic mean, 0..share; null in any other. */
  readonly adds: number | null;
  /** A gate that failed: the sample fails whatever the number says. */
  readonly vetoes: boolean;
};

/** How the number of one sample came about, metric by metric in their order; `tags` are those of its case. */
export function compositeParts(
  scores: readonly Score[],
  metrics: readonly Weighted[],
  policy: CompositePolicy,
  tags: readonly string[],
): readonly CompositePart[] {
  const byName = new Map(scores.map((score) => [score.metric, score]));
  const named = policy.formula === undefined ? null : namesIn(policy.formula, metrics);
  const read = weighedFor(metrics, policy, tags).map(({ name, weight, gate, role }) => {
    const score = byName.get(name);
    const isScored = score?.outcome === 'scored';
    const measures = role === 'measures' || (isScored && score.score === null) || named?.has(name) === false;
    const state: CompositePart['state'] = measures ? 'measures' : isScored ? 'counts' : 'missing';
    const value =
      state === 'counts' && isScored ? score.score : state === 'missing' && policy.missing === 'zero' ? 0 : null;
    const vetoes = gate && (isScored ? score.passed === false : policy.missing === 'zero' && !measures);
    return { metric: name, state, score: value, weight, vetoes };
  });
  const weights = read.reduce((sum, { score, weight }) => (score === null ? sum : sum + weight), 0);
  const hasShares = policy.formula === undefined && policy.mean !== 'min';
  const addsUp = hasShares && (policy.mean ?? 'arithmetic') === 'arithmetic';
  return read.map(({ weight, ...part }) => {
    const share = hasShares && part.score !== null && weights > 0 ? weight / weights : null;
    return { ...part, share, adds: addsUp && share !== null && part.score !== null ? share * part.score : null };
  });
}

function namesIn(formula: string, metrics: readonly Weighted[]): ReadonlySet<string> {
  const read = readFormula(
    formula,
    metrics.map(({ name }) => name),
  );
  return new Set('error' in read ? [] : read.names);
}
