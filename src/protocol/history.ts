import * as z from 'zod';
import type { RunMarks } from '../engine/history/runMarks.ts';
import type { GitState, RunSelection, RunStatus, VariantSummary } from '../engine/run/run.ts';

export type RunListItem = {
  readonly id: string;
  /** The run whose answers it scores again; null for one that asked models. */
  readonly rescoreOf: string | null;
  /** The git revision whose prompts it evaluated, as it was named; null for the files as they were. */
  readonly revision: string | null;
  readonly suite: string;
  readonly status: RunStatus;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly git: GitState | null;
  /** Names what the dataset held: another one, other cases. */
  readonly dataset: string;
  /** Of the whole dataset. */
  readonly cases: number;
  readonly selection: RunSelection;
  readonly marks: RunMarks;
  /** Of the asked prompt when runs are asked for a prompt, else of the whole run. */
  readonly variants: readonly VariantSummary[];
};

const runListQuery = z.object({
  /** As a person typed it: a filter, words to look for, or nothing. */
  text: z.string().max(1_000),
  /** Also those that were put away. */
  archived: z.boolean(),
});
export type RunListQuery = z.infer<typeof runListQuery>;

export type FoundRuns = {
  /** Newest first, the first 100. */
  readonly runs: readonly RunListItem[];
  /** How many there are without a query, those that were put away included. */
  readonly total: number;
  /** Why what was typed finds nothing; `at` counts UTF-16 units. null when it could be read. */
  readonly problem: { readonly message: string; readonly at: number } | null;
  /** What was looked for in answers; null for a filter. */
  readonly words: string | null;
  /** Tags of the cases of the newest run, sorted. */
  readonly caseTags: readonly string[];
};

/** What is drawn over the runs: a metric in its own unit, or null for the composite; on the cases with a tag, or null for all. */
const trendMeasure = z.object({ metric: z.string().max(200).nullable(), tag: z.string().max(500).nullable() });
export type TrendMeasure = z.infer<typeof trendMeasure>;

/** Mean over `n` cases, with its 95 % interval. */
export type TrendPoint = { readonly mean: number; readonly low: number; readonly high: number; readonly n: number };

export type TrendState = {
  readonly measure: TrendMeasure;
  readonly runIds: readonly string[];
  /** Of the metric, in the newest of the runs that has it; null for the composite. */
  readonly kind: string | null;
  /** By run and variant; what has no value is not there. */
  readonly points: { readonly [runId: string]: { readonly [variantId: string]: TrendPoint } };
};

/** Runs of what is on show. */
export type HistoryState = FoundRuns & { readonly query: RunListQuery; readonly note: string | null };

/** What the view of the runs may ask. */
export const historyMessages = [
  z.object({ type: z.literal('find-runs'), query: runListQuery }),
  z.object({ type: z.literal('pin-run'), runId: z.string().max(100), pinned: z.boolean() }),
  z.object({ type: z.literal('get-trend'), measure: trendMeasure, runIds: z.array(z.string().max(100)).max(100) }),
  /** Writes a report of a run, or of two, where the reader wants it. */
  z.object({ type: z.literal('save-report'), runId: z.string().max(100), before: z.string().max(100).nullable() }),
  /** Let the reader choose what to do with a run. */
  z.object({ type: z.literal('run-actions'), runId: z.string().max(100) }),
] as const;
export type HistoryMessage = z.infer<(typeof historyMessages)[number]>;
