import type { VariantComparison } from '../../engine/compare/variantComparison.ts';
import type { Verdict } from '../../engine/compare/verdict.ts';
import type { JsonObject } from '../../engine/json.ts';
import type { RunVariant } from '../../engine/run/run.ts';
import type { BaselineOrigin } from '../../node/loadBaseline.ts';

/** A variant beside what it is compared with, over the cases that both have; every difference is now minus then. */
export type JsonComparison = JsonComparedVariant & {
  /** `path` is relative to the workspace root, with forward slashes. */
  readonly against: BaselineOrigin & { readonly promptVersion: string };
};

type JsonComparedVariant = {
  readonly prompt: string;
  readonly promptVersion: string;
  readonly model: string;
  readonly params: JsonObject;
  /** null when no case has a composite in both. */
  readonly composite: JsonDifference | null;
  readonly passed: {
    readonly before: number;
    readonly after: number;
    readonly n: number;
    readonly verdict: Verdict | null;
  };
  /** Ids of the cases that pass now and did not, and of those that passed and do not now. */
  readonly fixed: readonly string[];
  readonly broke: readonly string[];
  /** `comparable` is false when the metric was defined otherwise then. */
  readonly metrics: { readonly [name: string]: JsonDifference & { readonly comparable: boolean } };
};

/** Mean difference with its 95 % interval (null for a single case), over n cases; and the two means. */
type JsonDifference = {
  readonly mean: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
  readonly before: number;
  readonly after: number;
  readonly verdict: Verdict;
};

export function jsonComparison(
  comparison: VariantComparison,
  variant: RunVariant,
  origin: BaselineOrigin,
): JsonComparison {
  return {
    against: { ...origin, promptVersion: comparison.promptVersion.before },
    ...jsonComparedVariant(comparison, variant),
  };
}

export function jsonComparedVariant(
  { promptVersion, composite, passed, fixed, broke, metrics }: VariantComparison,
  { prompt, model, params }: RunVariant,
): JsonComparedVariant {
  return {
    prompt,
    promptVersion: promptVersion.after,
    model,
    params,
    composite: composite && jsonDifference(composite),
    passed: { before: passed.before, after: passed.after, n: passed.cases, verdict: passed.verdict },
    fixed,
    broke,
    metrics: Object.fromEntries(
      Object.entries(metrics).map(([name, metric]) => [
        name,
        { ...jsonDifference(metric), comparable: metric.sameDefinition },
      ]),
    ),
  };
}

type Difference = NonNullable<VariantComparison['composite']>;

export function jsonDifference({ difference, interval, cases, before, after, verdict }: Difference): JsonDifference {
  const [low, high] = [interval?.low ?? null, interval?.high ?? null];
  return { mean: difference, low, high, n: cases, before, after, verdict };
}
