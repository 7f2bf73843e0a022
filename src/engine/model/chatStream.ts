import * as z from 'zod';
import type { Json } from '../json.ts';
import { answered, type ChatAnswer, chatContent, chatUsage, malformedResponse } from './chatResponse.ts';
import { ModelError, type Usage } from './modelClient.ts';

const callPiece = z.looseObject({
  index: z.int().nonnegative().nullish(),
  id: z.string().nullish(),
  function: z.looseObject({ name: z.string().nullish(), arguments: z.string().nullish() }).nullish(),
});
type CallPiece = z.infer<typeof callPiece>;

const chatChunk = z.looseObject({
  id: z.string().nullish(),
  model: z.string().nullish(),
  choices: z
    .array(
      z.looseObject({
        index: z.number().nullish(),
        finish_reason: z.string().nullish(),
        delta: z
          .looseObject({
            content: chatContent,
            refusal: z.string().nullish(),
            tool_calls: z.array(callPiece).nullish(),
          })
          .nullish(),
      }),
    )
    .nullish(),
  usage: chatUsage.nullish(),
});

type GrowingCall = { id: string; name: string; arguments: string };

/** Puts a streamed chat completion together. */
export class ChatStream {
  #output = '';
  #refusal = '';
  #finishReason: string | null = null;
  #usage: Usage | null = null;
  #id: string | null = null;
  #model: string | null = null;
  readonly #calls = new Map<number, GrowingCall>();

  /**
   * @returns the text that the chunk adds to the answer; '' when it adds none.
   * @throws ModelError `malformed-response` when it is not a chunk of a chat completion.
   */
  add(chunk: unknown): string {
    const parsed = chatChunk.safeParse(chunk);
    if (!parsed.success) throw malformedResponse(parsed.error.issues[0]);
    const { id, model, choices, usage } = parsed.data;
    this.#id ??= id ?? null;
    this.#model ??= model ?? null;
    if (usage) this.#usage = usage;
    const choice = choices?.find(({ index }) => (index ?? 0) === 0);
    if (!choice) return '';
    if (choice.finish_reason) this.#finishReason = choice.finish_reason;
    for (const call of choice.delta?.tool_calls ?? []) this.#addCall(call);
    this.#refusal += choice.delta?.refusal ?? '';
    const text = choice.delta?.content ?? '';
    this.#output += text;
    return text;
  }

  /**
   * The answer, once the stream has ended.
   *
   * @throws ModelError `connection` when it ended before the server said why: a part of an answer is not an answer.
   */
  finish(): ChatAnswer & { readonly raw: Json } {
    if (this.#finishReason === null) {
      throw new ModelError('connection', 'The connection ended before the answer was complete.');
    }
    const answer = answered({
      output: this.#output || this.#refusal,
      toolCalls: [...this.#calls.values()],
      finishReason: this.#finishReason,
      usage: this.#usage,
    });
    return { ...answer, raw: this.#raw() };
  }

  #addCall(call: CallPiece): void {
    // Pieces of one call share an index; servers that leave it out send each call whole.
    const at = call.index ?? this.#calls.size;
    const growing = this.#calls.get(at) ?? { id: '', name: '', arguments: '' };
    this.#calls.set(at, growing);
    growing.id ||= call.id ?? '';
    growing.name += call.function?.name ?? '';
    growing.arguments += call.function?.arguments ?? '';
  }

  /** In the shape of an unstreamed completion, so that a reader of the raw response meets one shape. */
  #raw(): Json {
    const usage = this.#usage;
    return {
      id: this.#id,
      model: this.#model,
      choices: [
        {
          index: 0,
          finish_reason: this.#finishReason,
          message: {
            role: 'assistant',
            content: this.#output,
            ...(this.#refusal ? { refusal: this.#refusal } : {}),
            ...(this.#calls.size > 0
              ? {
                  tool_calls: [...this.#calls.values()].map(({ id, name, arguments: text }) => ({
                    id,
                    type: 'function',
                    function: { name, arguments: text },
                  })),
                }
              : {}),
          },
        },
      ],
      usage: usage
        ? {
            prompt_tokens: usage.inputTokens,
            completion_tokens: usage.outputTokens,
            ...(usage.cachedInputTokens === null
              ? {}
              : { prompt_tokens_details: { cached_tokens: usage.cachedInputTokens } }),
            ...(usage.reasoningTokens === null
              ? {}
              : { completion_tokens_details: { reasoning_tokens: usage.reasoningTokens } }),
          }
        : null,
    };
  }
}
