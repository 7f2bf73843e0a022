import type { Case } from '../dataset/case.ts';
import type { Metric } from '../metric/metric.ts';
import type { ModelClient, ModelRef, Usage } from '../model/modelClient.ts';
import type { Variant } from '../suite/suite.ts';
import type { RunEvent, RunHeader, RunSink } from './run.ts';
import type { Sample } from './sample.ts';

/** What a run is to do. */
export type RunPlan = {
  readonly header: RunHeader;
  readonly variants: readonly PlannedVariant[];
  /** An answer that need not be asked for again; absent where every one is. */
  readonly kept?: (variantId: string, testCase: Case, repeat: number) => Sample | null;
  /** The samples that the run holds from before it was cut off; absent where it begins. */
  readonly held?: HeldSamples;
  /** Ends the run as soon as it knows after how many cases what it looks for was decided; absent where every case is taken. */
  readonly watch?: { add(sample: Sample): void; readonly decidedAfter: number | null };
  /** In the order of the dataset, unless the run is watched; read once, and only as fast as samples start. */
  readonly cases: () => AsyncIterable<Case>;
  /** Samples under way at once; integer >= 1. */
  readonly concurrency: number;
  /** No sample starts once the known spend has reached it; those under way finish. null: no limit. */
  readonly budgetUsd: number | null;
};

export type HeldSamples = {
  has(variantId: string, testCase: Case, repeat: number): boolean;
  /** null where there is none. */
  find(variantId: string, testCase: Case, repeat: number): Sample | null;
};

/** The metrics are made for each variant, because some of them look at its prompt's output schema. */
export type PlannedVariant = {
  readonly variant: Variant;
  readonly client: ModelClient;
  readonly metrics: readonly Metric[];
  /** Whether its answers cost money now; a replay's do not, whatever the recording says that they cost once. */
  readonly billed: boolean;
};

/** What a run needs of the world. */
export type RunPorts = {
  /** A monotonic clock. */
  readonly nowMs: () => number;
  /** Gives the event loop a turn. */
  readonly turn: () => Promise<void>;
  /** The wall clock, as an ISO time. */
  readonly isoNow: () => string;
  readonly sink: RunSink;
  readonly onEvent?: (event: RunEvent) => void;
  readonly signal: AbortSignal;
  /** The price of an answer that does not say it itself; null when it is unknown. First asked when an answer has come. */
  readonly costOf: (model: ModelRef, usage: Usage | null) => number | null | Promise<number | null>;
};
