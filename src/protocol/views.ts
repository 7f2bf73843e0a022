import * as z from 'zod';
import type { JudgedDifference } from '../engine/compare/verdicts.ts';
import type { Json, JsonObject } from '../engine/json.ts';
import type { Doubt } from '../engine/judge/trustWords.ts';
import { COMPOSITE_MEANS, type CompositePolicy } from '../engine/metric/composite/compositePolicy.ts';
import type { Score } from '../engine/metric/metric.ts';
import type { WireRequest } from '../engine/model/curl.ts';
import type { Problem } from '../engine/problem.ts';
import type { InputField } from '../engine/prompt/inputFields.ts';
import type { Message } from '../engine/prompt/message.ts';
import type { TextSource } from '../engine/prompt/textSources.ts';
import type { RunMetric, RunVariant } from '../engine/run/run.ts';
import { SAMPLE_STATUSES, type SampleError, type SampleStatus, type StatusCounts } from '../engine/run/sample.ts';
import type { TriedVariant } from '../engine/trial/runTrial.ts';
import type { Trial } from '../engine/trial/trial.ts';
import { type AnswerDelta, type AnswersState, answersMessages } from './answers.ts';
import { type ComparedIds, type ComparisonPage, type ComparisonState, comparisonMessages } from './comparison.ts';
import { type HistoryState, historyMessages, type RunListItem, type TrendState } from './history.ts';
import { type JudgesState, judgesMessages } from './judges.ts';
import { type NewRating, type ReviewItem, type ReviewQuestion, type ReviewQueue, reviewMessages } from './review.ts';

/** What the host sends to the playground: whole slices, so that a view can be thrown away and made again at any time. */
export type HostMessage =
  | { readonly type: 'playground'; readonly state: PlaygroundState }
  | { readonly type: 'preview'; readonly state: PreviewState }
  | { readonly type: 'request'; readonly state: RequestState }
  /** Tokens of the messages of the preview, in their order. */
  | { readonly type: 'tokens'; readonly counts: readonly number[]; readonly exact: boolean }
  /** The reader's cursor is at the source of this place of a rendered text. */
  | { readonly type: 'cursor'; readonly message: number; readonly part: number; readonly offset: number }
  | { readonly type: 'answers'; readonly state: AnswersState }
  /** More text of an answer that is streaming; `at` is the length that the view must have, else it asks `ready` again. */
  | ({ readonly type: 'answer-delta' } & AnswerDelta)
  | { readonly type: 'history'; readonly state: HistoryState }
  | { readonly type: 'trend'; readonly state: TrendState }
  | { readonly type: 'results'; readonly state: ResultsState }
  | { readonly type: 'page'; readonly page: SamplePage }
  | { readonly type: 'sample'; readonly detail: SampleDetail | null }
  /** null: the history does not hold the run. */
  | { readonly type: 'review'; readonly queue: ReviewQueue | null }
  | {
      readonly type: 'review-item';
      readonly asked: Pick<ReviewItem, 'runId' | 'metric' | 'key'>;
      readonly item: ReviewItem | null;
    }
  /** What was asked for could not be read. */
  | { readonly type: 'review-failed'; readonly asked: ReviewQuestion; readonly problem: string }
  | { readonly type: 'judges'; readonly state: JudgesState }
  | { readonly type: 'trial'; readonly state: TrialState }
  | { readonly type: 'comparison'; readonly state: ComparisonState }
  | { readonly type: 'compared-rows'; readonly page: ComparisonPage }
  /** The two samples of a row; null where a side has none, or the history does not hold it any more. */
  | {
      readonly type: 'compared-case';
      readonly ids: ComparedIds;
      readonly before: SampleDetail | null;
      readonly after: SampleDetail | null;
    }
  /** The reader asked, outside of the view or by choosing a run, to see two runs compared. */
  | { readonly type: 'open-comparison'; readonly ids: ComparedIds }
  /** The reader asked, outside of the view, to review the run in the results tab. */
  | { readonly type: 'open-review' }
  /** A rating was kept, or why not. */
  | { readonly type: 'rated'; readonly rating: NewRating; readonly problem: string | null };

export const TABS = ['preview', 'results', 'history'] as const;
export type Tab = (typeof TABS)[number];

/** The frame around the tabs. `promptName` is null when no prompt is open. */
export type PlaygroundState = {
  readonly promptName: string | null;
  readonly promptVersion: string | null;
  readonly model: string | null;
  readonly modelReady: boolean;
  /** Names of the prompts that it is a part of; null for anything but a partial. */
  readonly usedBy: readonly string[] | null;
  readonly pinned: boolean;
  readonly tab: Tab;
  /** Suites that name this prompt, by file name; evaluate runs the selected one. */
  readonly suites: readonly string[];
  readonly suite: string | null;
  readonly running: RunningState | null;
};
export type RunningState = {
  readonly runId: string;
  readonly done: number;
  readonly planned: number;
  readonly composite: number | null;
  readonly costUsd: number | null;
  readonly counts: StatusCounts;
  readonly variants: { readonly [variantId: string]: VariantProgress };
};
/** What a variant has come to so far; its other figures come with the end of the run. */
export type VariantProgress = { readonly composite: number | null; readonly counts: StatusCounts };

export type PreviewState = {
  readonly caseIndex: number;
  /** null: no dataset, or it could not be read. */
  readonly caseCount: number | null;
  readonly caseId: string | null;
  /** Defaults, over them the case's values, over them the edited ones. */
  readonly vars: JsonObject;
  /** Names of the variables that the case gives a value. */
  readonly given: readonly string[];
  /** Names of the variables whose value is not the case's. */
  readonly edited: readonly string[];
  readonly fields: readonly InputField[];
  readonly expected: Json | null;
  readonly messages: readonly Message[];
  /** Where each stretch of text comes from: by message, by part; null for what is no text of the files. */
  readonly sources: readonly (readonly (readonly TextSource[] | null)[])[];
  /** The messages are those of the last text that could be rendered; the problems are those of the text now. */
  readonly isStale: boolean;
  readonly problems: readonly Problem[];
};

/** The results tab: one run, live or stored. `page` messages fill the grid. */
export type ResultsState = {
  readonly run: RunListItem | null;
  readonly metrics: readonly RunMetric[];
  /** How the run made scores to one; null without a run. */
  readonly policy: CompositePolicy | null;
  readonly variants: readonly RunVariant[];
  /** How each variant's composite differs from the committed baseline, over the cases that both have; empty without one. */
  readonly baseline: { readonly [variantId: string]: CompositeDifference };
  /** How each variant's composite differs from that of the first; empty unless the run has several prompts and has ended. */
  readonly toFirst: { readonly [variantId: string]: CompositeDifference };
  /** Ids of the variants of the prompt that is on show, when the run has others too; else empty. */
  readonly ofPrompt: readonly string[];
  /** Of judges that the suite does not trust without people's word, or not any more: their numbers carry a warning. */
  readonly doubts: readonly Doubt[];
  /** Whether a judge scored it. */
  readonly isJudged: boolean;
  /** The suite, saved or not, measures or weighs otherwise than it did for this run: scoring its answers again would tell. */
  readonly isScoredOtherwise: boolean;
  /** There is no newer run of what is on show. */
  readonly isNewest: boolean;
  readonly note: string | null;
};

export type CompositeDifference = JudgedDifference;

const SORTS = ['case', 'status', 'composite', 'latency', 'cost'] as const;
export type SampleSort = (typeof SORTS)[number];

const trialSchema = z.object({
  weights: z.record(z.string().max(200), z.object({ weight: z.number().min(0).max(1_000), gate: z.boolean() })),
  policy: z.object({
    threshold: z.number().min(0).max(1),
    missing: z.enum(['renormalise', 'zero', 'unscored']),
    mean: z.enum(COMPOSITE_MEANS).optional(),
    formula: z.string().max(10_000).optional(),
    slices: z
      .array(z.object({ tag: z.string().max(200), weights: z.record(z.string().max(200), z.number().min(0)) }))
      .max(1_000)
      .readonly()
      .optional(),
  }),
}) satisfies z.ZodType<Trial>;

/** What a run would come to. */
export type TrialState = {
  readonly runId: string;
  readonly trial: Trial;
  readonly variants: { readonly [variantId: string]: TriedVariant };
  /** Samples that end otherwise than in the run. */
  readonly changed: number;
  /** Why nothing was tried; null when it was. */
  readonly note: string | null;
};

const sampleQuery = z.object({
  runId: z.string().max(100),
  offset: z.int().min(0),
  limit: z.int().min(1).max(500),
  sort: z.enum(SORTS),
  descending: z.boolean(),
  statuses: z.array(z.enum(SAMPLE_STATUSES as [SampleStatus, ...SampleStatus[]])).max(4),
  /** Empty for all. */
  variantIds: z.array(z.string().max(100)).max(1_000),
  /** Searched in outputs and case ids; empty for none. */
  text: z.string().max(500),
  /** Only samples of cases whose repeats pass and fail. */
  flaky: z.literal(true).optional(),
  /** Weights and rules that are tried; absent for those of the run. */
  trial: trialSchema.optional(),
});
export type SampleQuery = z.infer<typeof sampleQuery>;

export type SamplePage = { readonly query: SampleQuery; readonly total: number; readonly rows: readonly SampleRow[] };

/** What the grid shows of a sample; the payload is asked for one at a time. */
export type SampleRow = {
  readonly sampleId: number;
  readonly caseId: string;
  readonly caseIndex: number;
  readonly variantId: string;
  readonly repeat: number;
  /** Whether repeats of the case pass and fail; absent where each case was asked once. */
  readonly isFlaky?: boolean;
  readonly status: SampleStatus;
  readonly composite: number | null;
  /** By metric name; null where unscored or in error. */
  readonly scores: { readonly [metric: string]: { readonly value: number; readonly passed: boolean | null } | null };
  readonly latencyMs: number | null;
  readonly costUsd: number | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  /** First 200 characters of the output, or the error's message. */
  readonly excerpt: string;
  /** First 200 characters of the case's variables, for the reader to recognise it. */
  readonly inputExcerpt: string;
};

export type SampleDetail = {
  readonly runId: string;
  readonly row: SampleRow;
  readonly variant: RunVariant;
  readonly vars: JsonObject;
  readonly expected: Json | null;
  readonly tags: readonly string[];
  readonly messages: readonly Message[];
  readonly output: string | null;
  readonly error: SampleError | null;
  readonly scores: readonly Score[];
  readonly finishReason: string | null;
  readonly firstTokenMs: number | null;
  readonly rawRequest: Json;
  readonly rawResponse: Json;
};

/** What Run would send; a sentence where nothing goes over the wire. */
export type RequestState = WireRequest | { readonly note: string };

const variables = z.record(z.string().max(500), z.json()) as z.ZodType<JsonObject>;

/** What the view may ask. No message names a command or a path. */
export const viewMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('select-tab'), tab: z.enum(TABS) }),
  z.object({ type: z.literal('select-case'), caseIndex: z.int().min(0) }),
  z.object({ type: z.literal('select-suite'), index: z.int().min(0) }),
  z.object({ type: z.literal('set-pinned'), pinned: z.boolean() }),
  z.object({ type: z.literal('set-variables'), values: variables }),
  /** No names: all of the case. */
  z.object({ type: z.literal('reset-variables'), names: z.array(z.string().max(500)).max(1_000) }),
  /** A long text is edited in an editor. */
  z.object({ type: z.literal('open-variable'), name: z.string().max(500) }),
  z.object({ type: z.literal('save-case'), lane: z.string().max(20).nullable() }),
  /** Show where a place of a rendered text comes from. */
  z.object({
    type: z.literal('reveal-source'),
    message: z.int().min(0),
    part: z.int().min(0),
    offset: z.int().min(0),
  }),
  /** The reader scrolled to a place of a rendered text: the editor scrolls along. */
  z.object({
    type: z.literal('follow-source'),
    message: z.int().min(0),
    part: z.int().min(0),
    offset: z.int().min(0),
  }),
  /** What would be sent for the preview as it is. */
  z.object({ type: z.literal('get-request') }),
  z.object({ type: z.literal('run') }),
  z.object({ type: z.literal('evaluate') }),
  z.object({ type: z.literal('stop') }),
  /** null: the newest. */
  z.object({ type: z.literal('select-run'), runId: z.string().max(100).nullable() }),
  z.object({ type: z.literal('use-as-baseline'), runId: z.string().max(100) }),
  z.object({ type: z.literal('get-page'), query: sampleQuery }),
  z.object({ type: z.literal('get-sample'), runId: z.string().max(100), sampleId: z.int().min(0) }),
  z.object({ type: z.literal('try-weights'), runId: z.string().max(100), trial: trialSchema }),
  /** Writes what is tried into the suite, as an edit that can be undone. */
  z.object({ type: z.literal('write-weights'), runId: z.string().max(100), trial: trialSchema }),
  /** Scores the answers of a run by what its suite says now. */
  z.object({ type: z.literal('rescore'), runId: z.string().max(100) }),
  /** Goes on with a run that was cut off. */
  z.object({ type: z.literal('resume'), runId: z.string().max(100) }),
  /** Show the dataset row of a case in an editor. */
  z.object({ type: z.literal('reveal-case'), caseIndex: z.int().min(0) }),
  z.object({ type: z.literal('reveal-problem'), index: z.int().min(0) }),
  z.object({ type: z.literal('connect-model') }),
  z.object({ type: z.literal('add-cases') }),
  ...answersMessages,
  ...reviewMessages,
  ...judgesMessages,
  ...comparisonMessages,
  ...historyMessages,
  z.object({ type: z.literal('copy'), text: z.string().max(5_000_000) }),
]);
export type ViewMessage = z.infer<typeof viewMessage>;
