import type { JsonObject } from '../../engine/json.ts';
import type { RepeatSummary } from '../../engine/repeats/repeatTotals.ts';
import type { RunStatus, RunSummary, VariantSummary } from '../../engine/run/run.ts';
import type { StatusCounts } from '../../engine/run/sample.ts';
import { figureNotes } from './figureNotes.ts';
import { type JsonComparison, jsonComparison } from './jsonComparison.ts';
import type { Gate, SuiteReport } from './suiteReport.ts';

/** The object of `--reporter json` for several suites; one alone is an `eval` by itself. */
export type JsonReports = { readonly schema: 'touchstone/evals@1'; readonly evals: readonly JsonReport[] };

/** The object for one suite. Scripts read it: a field may be added, none may change its name, place or meaning. */
export type JsonReport = {
  readonly schema: 'touchstone/eval@1';
  readonly run: JsonRun;
  readonly dataset: { readonly digest: string; readonly cases: number };
  readonly variants: readonly JsonVariant[];
  /** Each variant that the other side has, in the order of `variants`. */
  readonly comparisons: readonly JsonComparison[];
  readonly gate: Gate;
  /** Sentences that a reader of the figures must know. */
  readonly notes: readonly string[];
};

export type JsonRun = {
  readonly id: string;
  readonly suite: string;
  readonly status: RunStatus;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly git: { readonly commit: string; readonly dirty: boolean } | null;
  /** Absolute; null when the run was not kept. */
  readonly history: string | null;
  /** After how many cases the comparison was decided and no other was asked; absent where that did not end the run. */
  readonly decidedAfter?: number;
};

export type JsonVariant = {
  readonly prompt: string;
  readonly promptVersion: string;
  readonly model: string;
  readonly params: JsonObject;
  readonly repeats: number;
  readonly samples: StatusCounts;
  readonly composite: { readonly mean: number; readonly low: number; readonly high: number } | null;
  readonly metrics: { readonly [name: string]: JsonMetric };
  readonly latencyMs: { readonly p50: number | null; readonly p95: number | null };
  readonly tokens: { readonly input: number | null; readonly output: number | null };
  readonly costUsd: number | null;
  /** Apart from `costUsd`; absent where no judge was asked. */
  readonly judgeCostUsd?: number | null;
  /** How far the repeats of a case agree; absent where each was asked once. */
  readonly repeatability?: RepeatSummary;
};

type JsonMetric = {
  readonly mean: number | null;
  readonly n: number;
  readonly error: number;
  readonly unscored: number;
  readonly signature: string;
  /** 95 %; only of a metric over the whole run that knows how sure it is. */
  readonly interval?: { readonly low: number; readonly high: number };
};

/** @param several whether several suites were asked for, however many of them ran */
export function jsonReports(reports: readonly SuiteReport[], several: boolean): JsonReport | JsonReports {
  const [first] = reports;
  if (first !== undefined && !several) return jsonReport(first);
  return { schema: 'touchstone/evals@1', evals: reports.map(jsonReport) };
}

export function jsonReport({ summary, gate, historyPath, comparison, origin, notes }: SuiteReport): JsonReport {
  const { dataset } = summary.header;
  return {
    schema: 'touchstone/eval@1',
    run: jsonRun(summary, historyPath),
    dataset: { digest: dataset.digest, cases: dataset.cases },
    variants: summary.variants.map((variant) => jsonVariant(variant, summary.header.repeats)),
    comparisons: summary.variants.flatMap(({ variant }) => {
      const compared = comparison?.variants.find(({ variantId }) => variantId === variant.id);
      return compared ? [jsonComparison(compared, variant, origin)] : [];
    }),
    gate: { holds: gate.holds, reasons: gate.reasons },
    notes: [...(comparison?.notes ?? []), ...figureNotes(summary), ...notes],
  };
}

export function jsonRun({ header, status, finishedAt, decidedAfter }: RunSummary, historyPath: string | null): JsonRun {
  const { id, suite, startedAt, git } = header;
  return {
    id,
    suite,
    status,
    startedAt,
    finishedAt,
    git: git && { commit: git.commit, dirty: git.dirty },
    history: historyPath,
    ...(decidedAfter !== undefined && { decidedAfter }),
  };
}

export function jsonVariant(summary: VariantSummary, repeats: number): JsonVariant {
  const { variant, samples, composite, metrics, latencyMs, tokens, costUsd, judgeCostUsd } = summary;
  return {
    prompt: variant.prompt,
    promptVersion: variant.promptVersion,
    model: variant.model,
    params: variant.params,
    repeats,
    samples: { pass: samples.pass, fail: samples.fail, error: samples.error, unscored: samples.unscored },
    composite: composite && { mean: composite.mean, low: composite.low, high: composite.high },
    metrics: Object.fromEntries(
      Object.entries(metrics).map(([name, { mean, n, error, unscored, signature, interval }]) => [
        name,
        {
          mean,
          n,
          error,
          unscored,
          signature,
          ...(interval && { interval: { low: interval.low, high: interval.high } }),
        },
      ]),
    ),
    latencyMs: latencyMs ? { p50: latencyMs.p50, p95: latencyMs.p95 } : { p50: null, p95: null },
    tokens: tokens ? { input: tokens.input, output: tokens.output } : { input: null, output: null },
    costUsd,
    ...(judgeCostUsd === undefined ? {} : { judgeCostUsd }),
    ...(summary.repeats ? { repeatability: summary.repeats } : {}),
  };
}
