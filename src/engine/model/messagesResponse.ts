import * as z from 'zod';
import { answered, type ChatAnswer, malformedResponse } from './chatResponse.ts';
import type { Usage } from './modelClient.ts';

const count = z.number().nonnegative().nullish();

export const messagesUsage = z.looseObject({
  input_tokens: count,
  output_tokens: count,
  cache_read_input_tokens: count,
  cache_creation_input_tokens: count,
  output_tokens_details: z.looseObject({ thinking_tokens: count }).nullish(),
});
type MessagesUsage = z.infer<typeof messagesUsage>;

const message = z.looseObject({
  content: z.array(
    z.looseObject({
      type: z.string(),
      text: z.string().nullish(),
      id: z.string().nullish(),
      name: z.string().nullish(),
      input: z.unknown().optional(),
    }),
  ),
  stop_reason: z.string().nullish(),
  usage: messagesUsage.nullish(),
});

/** @throws ModelError as `fromChatResponse` does; a refusal is `content-filter` */
export function fromMessagesResponse(body: unknown): ChatAnswer {
  const parsed = message.safeParse(body);
  if (!parsed.success) throw malformedResponse(parsed.error.issues[0], 'a message');
  const { content, stop_reason: stopReason, usage } = parsed.data;
  return answered({
    output: content.map((block) => (block.type === 'text' ? (block.text ?? '') : '')).join(''),
    toolCalls: content.flatMap((block) =>
      block.type === 'tool_use'
        ? [{ id: block.id ?? '', name: block.name ?? '', arguments: JSON.stringify(block.input ?? {}) }]
        : [],
    ),
    finishReason: toFinishReason(stopReason ?? null),
    usage: usage ? toUsage(usage) : null,
  });
}

/** The API counts what came from its cache, and what went into it, beside `input_tokens`; ours is the whole input. */
function toUsage(usage: MessagesUsage): Usage {
  const { input_tokens: fresh, cache_read_input_tokens: read, cache_creation_input_tokens: written } = usage;
  return {
    inputTokens: typeof fresh === 'number' ? fresh + (read ?? 0) + (written ?? 0) : null,
    outputTokens: usage.output_tokens ?? null,
    cachedInputTokens: read ?? null,
    reasoningTokens: usage.output_tokens_details?.thinking_tokens ?? null,
  };
}

const FINISH_REASONS: { readonly [reason: string]: string } = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool_calls',
  refusal: 'content_filter',
};

/** In the words of the chat API, which all else knows. */
function toFinishReason(reason: string | null): string | null {
  return reason === null ? null : (FINISH_REASONS[reason] ?? reason);
}
