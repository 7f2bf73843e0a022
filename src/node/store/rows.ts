import * as z from 'zod';
import { TouchstoneError } from '../../engine/error.ts';
import type { Json, JsonObject } from '../../engine/json.ts';
import { COMPOSITE_MEANS, type CompositePolicy } from '../../engine/metric/composite/compositePolicy.ts';
import type { ToolCall } from '../../engine/model/modelClient.ts';
import { type Message, ROLES, type Role } from '../../engine/prompt/message.ts';
import { ratingForm } from '../../engine/rating/ratingSchema.ts';
import { REPEAT_PASSES, REPEAT_SCORES } from '../../engine/repeats/repeatPolicy.ts';
import type { RunMetric, RunSelection, VariantSummary } from '../../engine/run/run.ts';
import { SAMPLE_STATUSES, type SampleError, type SampleStatus } from '../../engine/run/sample.ts';

/** Rows as SQLite gives them. Types are those of the STRICT tables; what another hand wrote into the file fails here. */
const number = z.number().nullable();
const text = z.string().nullable();
const statuses = SAMPLE_STATUSES as [SampleStatus, ...SampleStatus[]];

export const runRow = z.object({
  seq: z.int(),
  id: z.string(),
  suite: z.string(),
  suiteText: z.string(),
  status: z.enum(['running', 'finished', 'cancelled', 'interrupted']),
  startedAt: z.string(),
  finishedAt: text,
  gitCommit: text,
  gitDirty: number,
  selection: z.string(),
  repeats: z.int(),
  policy: z.string(),
  plannedSamples: z.int(),
  rescoreOf: text,
  revision: text,
  decidedAfter: z.int().nullable(),
  metrics: z.string(),
  host: z.string(),
  pid: z.int(),
  heartbeatMs: z.number(),
  digest: z.string(),
  path: z.string(),
  format: z.enum(['csv', 'tsv', 'jsonl', 'json', 'yaml']),
  cases: z.int(),
  columns: z.string(),
  name: text,
  tags: text,
  pinned: number,
  archived: number,
});
export type RunRow = z.infer<typeof runRow>;

export const variantRow = z.object({
  ordinal: z.int(),
  id: z.string(),
  prompt: z.string(),
  promptVersion: z.string(),
  promptText: z.string(),
  partialTexts: z.string(),
  model: z.string(),
  params: z.string(),
  signatures: z.string(),
  summary: text,
});
export type VariantRow = z.infer<typeof variantRow>;

export const sampleRow = z.object({
  sampleId: z.int(),
  caseId: z.string(),
  caseIndex: z.int(),
  variant: z.int(),
  repeat: z.int(),
  status: z.enum(statuses),
  composite: number,
  latencyMs: number,
  costUsd: number,
  inputTokens: number,
  outputTokens: number,
  excerpt: z.string(),
  inputExcerpt: z.string(),
  isFlaky: z.int().optional(),
});

export type SampleRowColumns = z.infer<typeof sampleRow>;

export const caseRow = z.object({ caseId: z.string(), content: z.string() });

export const outcomeRow = sampleRow
  .pick({ sampleId: true, caseId: true, caseIndex: true, variant: true, status: true, composite: true })
  .extend({ scores: z.string() });

export const outputRow = sampleRow
  .pick({ sampleId: true, caseId: true, caseIndex: true, variant: true, repeat: true, status: true, composite: true })
  .extend({ answer: text });

export const answerRow = z.object({ output: text, toolCalls: text });

export const scoreRow = z.object({
  sample: z.int(),
  metric: z.int(),
  outcome: z.enum(['scored', 'unscored', 'error']),
  value: number,
  score: number,
  passed: number,
  reason: z.string(),
  details: text,
  costUsd: z.union([z.number(), z.literal('unknown'), z.null()]),
});
export type ScoreRow = z.infer<typeof scoreRow>;

export const payloadRow = z.object({
  output: text,
  error: text,
  messages: z.string(),
  toolCalls: text,
  rawRequest: z.string(),
  rawResponse: text,
  firstTokenMs: number,
  cachedInputTokens: number,
  reasoningTokens: number,
  attempts: number,
  finishReason: text,
  startedAt: z.string(),
  content: z.string(),
  line: z.int(),
});
export type PayloadRow = z.infer<typeof payloadRow>;

const jsonObject = z.custom<JsonObject>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);
const json = z.custom<Json>((value) => value !== undefined);
const message = z.custom<Message>((value) => messageShape.safeParse(value).success);
const messageShape = z.object({ role: z.enum(ROLES as [Role, ...Role[]]), content: z.array(jsonObject) });

/** The JSON columns, by what they hold. */
export const columns = {
  strings: z.array(z.string()),
  texts: z.record(z.string(), z.string()),
  object: jsonObject,
  json,
  messages: z.array(message),
  policy: z.object({
    threshold: z.number(),
    missing: z.enum(['renormalise', 'zero', 'unscored']),
    mean: z.enum(COMPOSITE_MEANS).optional(),
    formula: z.string().optional(),
    slices: z.array(z.object({ tag: z.string(), weights: z.record(z.string(), z.number()) })).optional(),
    repeats: z
      .object({
        score: z.enum(REPEAT_SCORES).optional(),
        pass: z.union([z.enum(REPEAT_PASSES), z.int()]).optional(),
      })
      .optional(),
  }) satisfies z.ZodType<CompositePolicy>,
  outcomes: z.array(z.tuple([z.int(), z.number()])),
  selection: z.object({
    cases: z.int(),
    filter: z.string().optional(),
    ids: z.array(z.string()).optional(),
    tags: z.array(z.string()).optional(),
    limit: z.int().optional(),
    stopWhenDecided: z.boolean().optional(),
  }) satisfies z.ZodType<RunSelection>,
  metrics: z.array(
    z.object({
      name: z.string(),
      kind: z.string(),
      direction: z.enum(['higher', 'lower']),
      weight: z.number(),
      gate: z.boolean(),
      role: z.enum(['decides', 'grades', 'measures']).optional(),
      form: ratingForm.optional(),
      trust: z.object({ kappa: z.number() }).optional(),
    }),
  ) satisfies z.ZodType<RunMetric[]>,
  summary: z.object({
    samples: z.object({ pass: z.int(), fail: z.int(), error: z.int(), unscored: z.int() }),
    composite: z.object({ mean: z.number(), low: z.number(), high: z.number() }).nullable(),
    metrics: z.record(
      z.string(),
      z.object({
        mean: number,
        n: z.int(),
        error: z.int(),
        unscored: z.int(),
        signature: z.string(),
        interval: z.object({ low: z.number(), high: z.number() }).optional(),
      }),
    ),
    latencyMs: z.object({ p50: z.number(), p95: z.number() }).nullable(),
    tokens: z.object({ input: z.number(), output: z.number() }).nullable(),
    costUsd: number,
    judgeCostUsd: number.optional(),
    repeats: z
      .object({
        passing: z.object({ cases: z.int(), of: z.int() }),
        passAt: z.array(number),
        passHat: z.array(number),
        flaky: z.object({ cases: z.int(), byJudge: z.int(), of: z.int() }),
        agreement: number,
        spread: number,
      })
      .optional(),
  }) satisfies z.ZodType<Omit<VariantSummary, 'variant'>>,
  error: z.object({
    // Codes are words to show; one that a later version wrote is no reason to refuse the sample.
    code: z.custom<SampleError['code']>((value) => typeof value === 'string'),
    message: z.string(),
    remedy: text,
    httpStatus: number,
    requestId: text,
  }) satisfies z.ZodType<SampleError>,
  toolCalls: z.array(z.object({ id: z.string(), name: z.string(), arguments: z.string() })) satisfies z.ZodType<
    ToolCall[]
  >,
  caseContent: z.object({
    vars: jsonObject,
    expected: json.optional(),
    tags: z.array(z.string()),
    metadata: jsonObject,
    history: z.array(message).optional(),
  }),
};

/** @throws TouchstoneError history-corrupt: the row is not one that this version writes */
export function parseRow<T>(schema: z.ZodType<T>, row: unknown): T {
  const parsed = schema.safeParse(row);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw unreadable(`${issue?.path.join('.') || 'a row'}: ${issue?.message ?? 'unexpected'}`, parsed.error);
}

/** @throws TouchstoneError history-corrupt */
export function parseColumn<T>(schema: z.ZodType<T>, column: string): T {
  let value: unknown;
  try {
    value = JSON.parse(column);
  } catch (error) {
    throw unreadable('a column does not hold JSON', error);
  }
  return parseRow(schema, value);
}

/** What another hand, or a fault, left in the file. */
export function unreadable(detail: string, cause?: unknown): TouchstoneError {
  return new TouchstoneError('history-corrupt', `The history holds something unexpected (${detail}).`, {
    cause,
    remedy: 'The file was left as it is. Rename or move it, and a new one is made.',
  });
}
