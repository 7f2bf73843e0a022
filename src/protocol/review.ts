import * as z from 'zod';
import type { Json, JsonObject } from '../engine/json.ts';
import type { ToolCall } from '../engine/model/modelClient.ts';
import type { Message } from '../engine/prompt/message.ts';
import type { RatingForm } from '../engine/rating/rating.ts';

/** One answer of a run, or two to be compared: their samples, the left one first. */
const reviewKey = z.object({ sampleId: z.int().min(0), partnerId: z.int().min(0).nullable() });
export type ReviewKey = z.infer<typeof reviewKey>;

const REVIEW_FILTERS = ['unrated', 'all', 'disagreeing'] as const;
export type ReviewFilter = (typeof REVIEW_FILTERS)[number];

const reviewQuery = z.object({
  runId: z.string().max(100),
  /** A human metric of the run; null for the first. */
  metric: z.string().max(200).nullable(),
  seed: z.int(),
  filter: z.enum(REVIEW_FILTERS),
});
export type ReviewQuery = z.infer<typeof reviewQuery>;

/** What a rater is to go through. */
export type ReviewQueue = {
  readonly query: ReviewQuery;
  readonly metrics: readonly ReviewMetric[];
  /** The name of the metric that is rated; null when the run asks no people. */
  readonly metric: string | null;
  readonly rater: string;
  /** In the order in which they are shown. */
  readonly items: readonly ReviewQueueItem[];
  /** What this rater has rated, of everything that there is to rate whatever the filter. */
  readonly rated: number;
  readonly total: number;
};
export type ReviewQueueItem = ReviewKey & { readonly isRated: boolean };

/** `rated` of `total` samples have a score of people. */
export type ReviewMetric = {
  readonly name: string;
  readonly form: RatingForm;
  readonly rated: number;
  readonly total: number;
};

/** Everything that is shown of an item. What would tell who answered is asked for apart, by `get-sample`. */
export type ReviewItem = {
  readonly runId: string;
  readonly metric: string;
  readonly key: ReviewKey;
  readonly caseId: string;
  readonly vars: JsonObject;
  readonly history: readonly Message[];
  readonly expected: Json | null;
  /** One, or the left and the right. */
  readonly answers: readonly ReviewAnswer[];
};
export type ReviewAnswer = {
  readonly output: string;
  readonly toolCalls: readonly ToolCall[];
  /** What this rater said last, by criterion; of a pair, by the empty name. */
  readonly mine: { readonly [criterion: string]: { readonly value: number; readonly comment: string } };
};

const newRating = z.object({
  runId: z.string().max(100),
  key: reviewKey,
  metric: z.string().max(200),
  criterion: z.string().max(200),
  /** Of a pair, the left one's; null takes back. */
  value: z.number().nullable(),
  comment: z.string().max(20_000),
  blind: z.boolean(),
  /** Of the queue's order; null outside of one. */
  seed: z.int().nullable(),
});
export type NewRating = z.infer<typeof newRating>;

/** What a view may ask about ratings. */
export const reviewMessages = [
  z.object({ type: z.literal('get-review'), query: reviewQuery }),
  z.object({
    type: z.literal('get-review-item'),
    runId: z.string().max(100),
    metric: z.string().max(200),
    key: reviewKey,
  }),
  z.object({ type: z.literal('rate'), rating: newRating }),
] as const;
export type ReviewMessage = z.infer<(typeof reviewMessages)[number]>;
export type ReviewQuestion = Exclude<ReviewMessage, { readonly type: 'rate' }>;
