import type { DatasetSummary } from '../engine/dataset/case.ts';
import type { Problem } from '../engine/problem.ts';
import type { RunSummary } from '../engine/run/run.ts';
import type { SampleError, StatusCounts } from '../engine/run/sample.ts';
import type { PreviewState, RunListItem, SampleDetail, SamplePage, SampleQuery } from './views.ts';

/** What the extension asks of its worker. Paths are absolute; every answer is plain data. */
export interface WorkerApi {
  /** The text of an unsaved buffer stands in for the file; null takes it back. */
  setOverlay(path: string, text: string | null): void;
  /** Problems of one prompt, suite or dataset file and, for a suite, of what it names. */
  check(path: string): Promise<readonly Problem[]>;
  promptState(path: string): Promise<PromptState>;
  suiteState(path: string): Promise<SuiteState>;
  preview(path: string, caseIndex: number): Promise<PreviewState>;
  /** Runs the prompt on one case, streaming through `onDelta`; not kept in the history. */
  runCase(callId: string, path: string, caseIndex: number): Promise<CaseAnswer>;
  /** Starts a run; progress comes through `onProgress`, the promise settles when the run has ended. */
  evaluate(callId: string, suitePath: string): Promise<EvaluateAnswer>;
  /** Aborts a `runCase` or an `evaluate`; unknown ids are ignored. */
  stop(callId: string): void;
  runs(path: string): Promise<readonly RunListItem[]>;
  samples(path: string, query: SampleQuery): Promise<SamplePage>;
  sample(path: string, runId: string, sampleId: number): Promise<SampleDetail | null>;
  /** Suites below a folder, absolute, sorted. */
  suites(folder: string): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** What the worker tells or asks the extension. */
export interface HostApi {
  onDelta(callId: string, text: string): void;
  /** At most about ten a second while a run goes on, and one at each end. */
  onProgress(callId: string, progress: RunProgress): void;
  /** The key of a provider from SecretStorage; null when there is none. */
  secret(provider: string): Promise<string | null>;
}

export type RunProgress = {
  readonly runId: string;
  readonly suitePath: string;
  readonly done: number;
  readonly planned: number;
  readonly counts: StatusCounts;
  /** Running mean of the composite over scored samples; null before the first. */
  readonly composite: number | null;
  readonly costUsd: number | null;
  readonly finished: boolean;
};

/** The figures that a lens shows of the newest run of a prompt. */
export type LastResult = {
  readonly runId: string;
  readonly finishedAt: string;
  readonly composite: number | null;
  readonly counts: StatusCounts;
  /** Difference of the composite from the run before it or the committed baseline; null when there is none. */
  readonly delta: { readonly value: number; readonly against: 'baseline' | 'previous run' } | null;
  /** The prompt, data or suite changed since. */
  readonly edited: boolean;
};

export type PromptState = {
  readonly path: string;
  readonly suites: readonly string[];
  readonly cases: number | null;
  /** Estimated from the last run's cost per sample; null when unknown. */
  readonly estimateUsd: number | null;
  readonly last: LastResult | null;
  readonly runCount: number;
  readonly model: string | null;
  /** False when the model needs a key that is not there, or no model is named. */
  readonly modelReady: boolean;
  readonly errors: number;
};

export type SuiteState = {
  readonly path: string;
  readonly dataset: DatasetSummary | null;
  readonly last: LastResult | null;
  readonly errors: number;
};

export type CaseAnswer =
  | {
      readonly ok: true;
      readonly output: string;
      readonly latencyMs: number | null;
      readonly firstTokenMs: number | null;
      readonly inputTokens: number | null;
      readonly outputTokens: number | null;
      readonly costUsd: number | null;
    }
  | { readonly ok: false; readonly cancelled: boolean; readonly partial: string; readonly error: SampleError };

export type EvaluateAnswer =
  | { readonly started: true; readonly summary: RunSummary }
  | { readonly started: false; readonly problems: readonly Problem[] };
