import type { ComparePolicy } from '../compare/comparePolicy.ts';
import type { WantedVerdict } from '../compare/verdict.ts';
import type { ColumnMapping } from '../dataset/case.ts';
import type { Json, JsonObject } from '../json.ts';
import type { JudgeOption } from '../judge/judgeOption.ts';
import type { CompositePolicy } from '../metric/composite/compositePolicy.ts';
import type { MetricDeclaration } from '../metric/metric.ts';
import type { ModelRef } from '../model/modelClient.ts';
import type { SourceRange } from '../problem.ts';
import type { JsonSchema, PromptClosure } from '../prompt/promptDocument.ts';

/** A `*.eval.yaml` file, checked. Paths are as written: relative to the suite's folder. */
export type Suite = {
  readonly path: string;
  readonly name: string | null;
  readonly prompts: readonly Located<string>[];
  /** Empty: each prompt's own model. */
  readonly models: readonly Located<string>[];
  /** Each parameter's values; they multiply into variants. */
  readonly params: { readonly [name: string]: readonly Json[] };
  readonly data: Located<string>;
  readonly columns: ColumnMapping;
  readonly repeats: number;
  readonly metrics: readonly Located<MetricDeclaration>[];
  /** The judge of the metrics that name none. */
  readonly judge: Located<JudgeOption> | null;
  readonly composite: CompositePolicy;
  readonly concurrency: number | null;
  readonly budgetUsd: number | null;
  /** A committed baseline file, relative to the suite; by default `<suite>.baseline.json` if it is there. */
  readonly baseline: string | null;
  readonly compare: ComparePolicy;
  /** A git revision or a kept run that `touchstone eval` compares with, instead of the committed baseline. */
  readonly compareWith: string | null;
  readonly gate: {
    readonly passRate: number | null;
    readonly composite: number | null;
    /** Least that the composite of every variant must come to against the baseline. */
    readonly verdict: WantedVerdict | null;
  };
};

/** A value and where the suite says it. */
export type Located<T> = { readonly value: T; readonly range: SourceRange };

/** Prompt version x model x params, as planned. */
export type Variant = {
  /** First 12 hex digits of the hash of prompt version, model and params: the same in every run. */
  readonly id: string;
  /** The prompt's path as the suite wrote it. */
  readonly prompt: string;
  readonly promptVersion: string;
  readonly model: ModelRef;
  /** The prompt's config with the suite's params over it. */
  readonly params: JsonObject;
  readonly closure: PromptClosure;
  /** What metrics take for its output schema, where that is not its own: a past version is measured as today's is. */
  readonly measuredBy?: { readonly outputSchema: JsonSchema | null };
};
