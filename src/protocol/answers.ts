import * as z from 'zod';
import type { Json, JsonObject } from '../engine/json.ts';
import type { SchemaIssue } from '../engine/metric/metric.ts';
import type { ToolCall } from '../engine/model/modelClient.ts';
import type { Message } from '../engine/prompt/message.ts';
import type { SampleError } from '../engine/run/sample.ts';

/** More columns than this fit no screen, and each of them costs money. */
export const MAX_LANES = 6;

const json: z.ZodType<Json> = z.json();

/** A variant beside others in the playground: a model, its parameters, and a version of the prompt. */
export const lane = z.object({
  id: z.string().max(20),
  /** `provider/name`; null: the prompt's own. */
  model: z.string().max(300).nullable(),
  /** Over the prompt's own. */
  params: z.record(z.string(), json),
  version: z.enum(['working', 'HEAD']),
});
export type Lane = Readonly<z.infer<typeof lane>>;

/** One case, as one lane asks about it. */
export type CaseToRun = Omit<Lane, 'id'> & {
  readonly caseIndex: number;
  /** Chooses among the suites that name the prompt; by default the first. */
  readonly suitePath?: string;
  /** Stand in for those of the case. */
  readonly vars?: JsonObject;
  /** What was said after the prompt's own messages. */
  readonly turns: readonly Message[];
};

/** Whether an answer keeps the output schema of its prompt, as far as it has come. */
export type OutputCheck = { readonly violation: SchemaIssue | null; readonly others: number };

/** What is known of an answer that is complete. */
export type AnswerFacts = {
  readonly latencyMs: number | null;
  readonly firstTokenMs: number | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  /** null: the price is unknown. */
  readonly costUsd: number | null;
  readonly finishReason: string | null;
  readonly toolCalls: readonly ToolCall[];
  /** The server would not stream, so the answer was asked for once more and came in one piece. */
  readonly refusedStream: boolean;
  /** null where the prompt asks for no JSON. */
  readonly check: OutputCheck | null;
  /** Names the messages that the prompt rendered to; equal where those are equal. */
  readonly sent: string;
};

/** One answer in the playground. */
export type AnswerState =
  | { readonly status: 'idle' }
  | { readonly status: 'streaming'; readonly text: string; readonly check: OutputCheck | null }
  | ({ readonly status: 'done'; readonly text: string; readonly edited: boolean } & AnswerFacts)
  | { readonly status: 'cancelled'; readonly text: string }
  | { readonly status: 'error'; readonly text: string; readonly error: SampleError };

/** What is typed to go on with, or in place of an earlier turn: `lane` is null for what the user said. */
export type Draft = {
  readonly text: string;
  readonly target: { readonly exchange: number; readonly lane: string | null } | null;
};

/** The conversations of all lanes about one case. */
export type AnswersState = {
  readonly lanes: readonly Lane[];
  /** What the user said after the prompt's own messages; the same in all lanes. Exchange 0 has the prompt, exchange 1 the first of these. */
  readonly followUps: readonly string[];
  /** By lane, by exchange. */
  readonly answers: readonly (readonly AnswerState[])[];
  readonly draft: Draft;
  /** Whether another lane may be added. */
  readonly hasRoom: boolean;
  /** Lanes whose first answer is to other messages than those that the preview shows. */
  readonly outdated: readonly string[];
};

/** More text of a lane's answer at an exchange, behind the first `at` characters. */
export type AnswerDelta = {
  readonly lane: string;
  readonly exchange: number;
  readonly at: number;
  readonly text: string;
};

const exchange = z.int().min(0).max(1000);
const laneId = z.string().max(20);

/** What the view may ask about answers. */
export const answersMessages = [
  z.object({ type: z.literal('set-draft'), text: z.string().max(1_000_000) }),
  /** Takes a turn into the draft; null takes it back. */
  z.object({ type: z.literal('edit-turn'), target: z.object({ exchange, lane: laneId.nullable() }).nullable() }),
  z.object({ type: z.literal('send-draft') }),
  z.object({ type: z.literal('clear-conversation') }),
  /** Asks again for the last answer of a lane, or for what it lacks. */
  z.object({ type: z.literal('run-lane'), lane: laneId }),
  z.object({ type: z.literal('stop-lane'), lane: laneId }),
  z.object({ type: z.literal('add-lane'), kind: z.enum(['model', 'params', 'HEAD']) }),
  /** Asks for another model or other parameters of a lane. */
  z.object({ type: z.literal('change-lane'), lane: laneId, kind: z.enum(['model', 'params']) }),
  z.object({ type: z.literal('remove-lane'), lane: laneId }),
] as const;
export type AnswersMessage = z.infer<(typeof answersMessages)[number]>;
