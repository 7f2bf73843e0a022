import * as z from 'zod';
import { type AnswerState, lane } from '../../protocol/answers.ts';
import type { Conversation } from './conversation.ts';

/** So many conversations are kept, and no more text than this: the workspace's state is no database. */
const KEPT_CONVERSATIONS = 20;
const KEPT_CHARACTERS = 400_000;

const count = z.number().nullable();
const issue = z.object({ path: z.string(), message: z.string() });
const answer = z.discriminatedUnion('status', [
  z.object({ status: z.literal('idle') }),
  z.object({
    status: z.literal('done'),
    text: z.string(),
    edited: z.boolean(),
    latencyMs: count,
    firstTokenMs: count,
    inputTokens: count,
    outputTokens: count,
    costUsd: count,
    finishReason: z.string().nullable(),
    toolCalls: z.array(z.object({ id: z.string(), name: z.string(), arguments: z.string() })),
    refusedStream: z.boolean(),
    check: z.object({ violation: issue.nullable(), others: z.number() }).nullable(),
    sent: z.string(),
  }),
  z.object({ status: z.literal('cancelled'), text: z.string() }),
  z.object({
    status: z.literal('error'),
    text: z.string(),
    error: z.object({
      // Only shown, so any word of any version will do.
      code: z.custom<Extract<AnswerState, { status: 'error' }>['error']['code']>((code) => typeof code === 'string'),
      message: z.string(),
      remedy: z.string().nullable(),
      httpStatus: count,
      requestId: z.string().nullable(),
    }),
  }),
]);
const conversation = z.object({
  followUps: z.array(z.string()),
  answers: z.record(z.string(), z.array(answer)),
  draft: z.object({
    text: z.string(),
    target: z.object({ exchange: z.int(), lane: z.string().nullable() }).nullable(),
  }),
}) satisfies z.ZodType<Conversation>;
const kept = z.object({
  lanes: z.array(z.tuple([z.string(), z.array(lane).min(1)])),
  conversations: z.array(z.tuple([z.string(), conversation])),
});

/** Lanes by prompt and conversations by prompt and case, as they outlive the window. */
export type KeptAnswers = {
  readonly lanes: readonly (readonly [prompt: string, lanes: readonly z.infer<typeof lane>[]])[];
  readonly conversations: readonly (readonly [key: string, conversation: Conversation])[];
};

/** Reads what an earlier window left; what does not parse begins anew. */
export function parseKeptAnswers(stored: unknown): KeptAnswers {
  const parsed = kept.safeParse(stored);
  return parsed.success ? parsed.data : { lanes: [], conversations: [] };
}

/** The conversations that were gone on with last. What still streams is kept as far as it has come. */
export function answersToKeep(
  lanes: KeptAnswers['lanes'],
  conversations: Iterable<readonly [string, Conversation]>,
): KeptAnswers {
  const chosen: (readonly [string, Conversation])[] = [];
  let characters = 0;
  for (const [key, one] of [...conversations].reverse()) {
    const entry = [key, settled(one)] as const;
    characters += JSON.stringify(entry).length;
    if (chosen.length === KEPT_CONVERSATIONS || characters > KEPT_CHARACTERS) break;
    chosen.push(entry);
  }
  return { lanes, conversations: chosen.reverse() };
}

function settled(one: Conversation): Conversation {
  const answers = Object.entries(one.answers).map(([id, all]) => [id, all.map(settledAnswer)] as const);
  return { ...one, answers: Object.fromEntries(answers) };
}

function settledAnswer(state: AnswerState): AnswerState {
  return state.status === 'streaming' ? { status: 'cancelled', text: state.text } : state;
}
