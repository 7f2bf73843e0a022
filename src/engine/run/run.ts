import type { DatasetSummary } from '../dataset/case.ts';
import type { JsonObject } from '../json.ts';
import type { CompositePolicy } from '../metric/composite/compositePolicy.ts';
import type { MetricRole, TrustBar, ValueInterval } from '../metric/metric.ts';
import type { RatingForm } from '../rating/rating.ts';
import type { RepeatSummary } from '../repeats/repeatTotals.ts';
import type { CaseSelection } from '../suite/selectCases.ts';
import type { Sample, SampleKey, StatusCounts } from './sample.ts';

/** `running` while it is written; `cancelled` keeps what had finished; `interrupted` is one whose process died. */
export type RunStatus = 'running' | 'finished' | 'cancelled' | 'interrupted';

export type GitState = { readonly commit: string; readonly dirty: boolean };

/** What is known when a run starts. */
export type RunHeader = {
  readonly id: string;
  /** The run whose answers it scores again; absent for one that asked models. */
  readonly rescoreOf?: string;
  /**
   * The git revision whose prompts it evaluated, as it was named (`main`); `git` is then its commit. Absent for a run of the files
   * as they were.
   */
  readonly revision?: string;
  /** The suite's path relative to the workspace root, with forward slashes. */
  readonly suite: string;
  /** The suite's text when the run started, unsaved edits included. */
  readonly suiteText: string;
  readonly startedAt: string;
  readonly git: GitState | null;
  /** The whole dataset, whatever the selection. */
  readonly dataset: DatasetSummary;
  readonly selection: RunSelection;
  readonly repeats: number;
  readonly policy: CompositePolicy;
  readonly variants: readonly RunVariant[];
  /** The texts behind the variants: one for each path and version. */
  readonly prompts: readonly RunPrompt[];
  readonly metrics: readonly RunMetric[];
  /** variants x cases x repeats */
  readonly plannedSamples: number;
};

/** Which of the dataset's cases a run took, and how many they are. */
export type RunSelection = CaseSelection & {
  readonly cases: number;
  /** true: cases were asked in random order, until the comparison was decided; verdicts on such a run must hold at any time. */
  readonly stopWhenDecided?: boolean;
};

/** A variant as a run records it. */
export type RunVariant = {
  readonly id: string;
  /** Relative to the workspace root, with forward slashes. */
  readonly prompt: string;
  readonly promptVersion: string;
  readonly model: string;
  readonly params: JsonObject;
  /** Of each metric, by name: the same declaration may measure another thing under another prompt, as its output schema. */
  readonly signatures: { readonly [metric: string]: string };
};

/** A prompt file as it was: the text that its version was made from, and that of each partial by name. */
export type RunPrompt = {
  readonly path: string;
  readonly version: string;
  readonly text: string;
  readonly partials: { readonly [name: string]: string };
};

export type RunMetric = {
  readonly name: string;
  readonly kind: string;
  readonly direction: 'higher' | 'lower';
  readonly weight: number;
  readonly gate: boolean;
  /** By default `decides`. */
  readonly role?: MetricRole;
  /** What people are asked; there for a human metric only. */
  readonly form?: RatingForm;
  /** How far a judge must agree with people. */
  readonly trust?: TrustBar;
};

/** What a variant came to. */
export type VariantSummary = {
  readonly variant: RunVariant;
  readonly samples: StatusCounts;
  /** Mean over the cases that have one (repeats made to one first), with its 95 % t interval; null when none has. */
  readonly composite: { readonly mean: number; readonly low: number; readonly high: number } | null;
  readonly metrics: { readonly [name: string]: MetricSummary };
  readonly latencyMs: { readonly p50: number; readonly p95: number } | null;
  readonly tokens: { readonly input: number; readonly output: number } | null;
  /** null as soon as one sample's cost is unknown. */
  readonly costUsd: number | null;
  /** What judging cost, which is no part of `costUsd`; null when a part is unknown. Absent where no judge was asked. */
  readonly judgeCostUsd?: number | null;
  /** How far the repeats of a case agree; absent where each case was asked once. */
  readonly repeats?: RepeatSummary;
};

/** Mean of `value` over the `n` samples that have one; null when n is 0. A corpus metric's value is not a mean of rows. */
export type MetricSummary = {
  readonly mean: number | null;
  readonly n: number;
  readonly error: number;
  readonly unscored: number;
  readonly signature: string;
  /** 95 %, of a metric over the whole run that knows how sure it is; absent for all others. */
  readonly interval?: ValueInterval;
};

export type RunSummary = {
  readonly header: RunHeader;
  readonly status: RunStatus;
  readonly finishedAt: string | null;
  readonly variants: readonly VariantSummary[];
  /** After how many cases the comparison was decided, and no other was asked; absent where all were, or something else ended it. */
  readonly decidedAfter?: number;
};

/** What happens in a run, in order. The same events feed the terminal, the views and the store. `spentUsd` is what is known to have been spent. */
export type RunEvent =
  | { readonly type: 'run-started'; readonly header: RunHeader }
  | { readonly type: 'sample-started'; readonly key: SampleKey }
  /** `line`: where the case begins in the dataset's file, from 0. */
  | { readonly type: 'sample-finished'; readonly sample: Sample; readonly line: number }
  | { readonly type: 'run-finished'; readonly summary: RunSummary; readonly spentUsd: number };

/** Where a run is kept. Calls come in the order begin, add…, finish. */
export interface RunSink {
  begin(header: RunHeader): void;
  /** May be buffered; what was added before `finish` returns is kept. */
  add(sample: Sample, testCase: import('../dataset/case.ts').Case): void;
  finish(summary: RunSummary): void;
}
