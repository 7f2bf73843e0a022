import * as z from 'zod';
import type { Json } from '../json.ts';
import { answered, type ChatAnswer, malformedResponse } from './chatResponse.ts';
import { ModelError, type Usage } from './modelClient.ts';

const count = z.number().nonnegative().nullish();

const usage = z
  .looseObject({
    input_tokens: count,
    output_tokens: count,
    input_tokens_details: z.looseObject({ cached_tokens: count }).nullish(),
    output_tokens_details: z.looseObject({ reasoning_tokens: count }).nullish(),
  })
  .transform(
    (counts): Usage => ({
      inputTokens: counts.input_tokens ?? null,
      outputTokens: counts.output_tokens ?? null,
      cachedInputTokens: counts.input_tokens_details?.cached_tokens ?? null,
      reasoningTokens: counts.output_tokens_details?.reasoning_tokens ?? null,
    }),
  );

const response = z.looseObject({
  status: z.string().nullish(),
  error: z.looseObject({ message: z.string(), code: z.string().nullish() }).nullish(),
  incomplete_details: z.looseObject({ reason: z.string().nullish() }).nullish(),
  output: z.array(
    z.looseObject({
      type: z.string(),
      content: z
        .array(z.looseObject({ type: z.string(), text: z.string().nullish(), refusal: z.string().nullish() }))
        .nullish(),
      call_id: z.string().nullish(),
      name: z.string().nullish(),
      arguments: z.string().nullish(),
    }),
  ),
  usage: usage.nullish(),
});

/** @throws ModelError as `fromChatResponse` does */
export function fromResponsesResponse(body: unknown): ChatAnswer {
  const parsed = response.safeParse(body);
  if (!parsed.success) throw malformedResponse(parsed.error.issues[0], 'a response');
  const { status, error, incomplete_details: incomplete, output, usage: counts } = parsed.data;
  if (status === 'failed' || error) throw failed(error?.message, error?.code);
  const parts = output.flatMap(({ type, content }) => (type === 'message' ? (content ?? []) : []));
  const text = parts.map((part) => (part.type === 'output_text' ? (part.text ?? '') : '')).join('');
  const refusal = parts.map((part) => part.refusal ?? '').join('');
  const toolCalls = output.flatMap((item) =>
    item.type === 'function_call'
      ? [{ id: item.call_id ?? '', name: item.name ?? '', arguments: item.arguments ?? '' }]
      : [],
  );
  return answered({
    output: text || refusal,
    toolCalls,
    finishReason: finishReason(status ?? null, incomplete?.reason ?? null, toolCalls.length > 0),
    usage: counts ?? null,
  });
}

/** In the words of the chat API, which all else knows. */
function finishReason(status: string | null, reason: string | null, callsTools: boolean): string | null {
  if (status === 'incomplete') return reason === 'max_output_tokens' ? 'length' : reason;
  return callsTools ? 'tool_calls' : status === 'completed' ? 'stop' : status;
}

const streamEvent = z.looseObject({
  type: z.string(),
  delta: z.unknown().optional(),
  response: z.unknown().optional(),
  message: z.string().nullish(),
  code: z.string().nullish(),
});

/** Follows a streamed response. The API repeats the whole of it at the end. */
export class ResponsesStream {
  #final: unknown;

  /** @returns the text that the event adds; '' when it adds none. @throws ModelError when the event tells of a failure */
  add(chunk: unknown): string {
    const parsed = streamEvent.safeParse(chunk);
    if (!parsed.success) throw malformedResponse(parsed.error.issues[0], 'a response');
    const { type, delta, response: whole, message, code } = parsed.data;
    switch (type) {
      case 'response.output_text.delta':
        return typeof delta === 'string' ? delta : '';
      case 'response.completed':
      case 'response.incomplete':
      case 'response.failed':
        this.#final = whole;
        return '';
      case 'error':
        throw failed(message, code);
      default:
        return '';
    }
  }

  /** @throws ModelError `connection` when the stream ended before the response was complete */
  finish(): ChatAnswer & { readonly raw: Json } {
    if (this.#final === undefined) {
      throw new ModelError('connection', 'The connection ended before the answer was complete.');
    }
    return { ...fromResponsesResponse(this.#final), raw: this.#final as Json };
  }
}

function failed(message: string | null | undefined, code: string | null | undefined): ModelError {
  const words = message || 'The provider could not answer.';
  return new ModelError(code === 'rate_limit_exceeded' ? 'rate-limited' : 'server', words);
}
