import * as z from 'zod';
import { ModelError, type ToolCall, type Usage } from './modelClient.ts';

/** What a chat completion says, whether it came whole or in pieces. */
export type ChatAnswer = {
  readonly output: string;
  readonly toolCalls: readonly ToolCall[];
  readonly finishReason: string | null;
  readonly usage: Usage | null;
};

const count = z.number().nonnegative().nullish();

export const chatUsage = z
  .looseObject({
    prompt_tokens: count,
    completion_tokens: count,
    prompt_tokens_details: z.looseObject({ cached_tokens: count }).nullish(),
    completion_tokens_details: z.looseObject({ reasoning_tokens: count }).nullish(),
  })
  .transform(
    (usage): Usage => ({
      inputTokens: usage.prompt_tokens ?? null,
      outputTokens: usage.completion_tokens ?? null,
      cachedInputTokens: usage.prompt_tokens_details?.cached_tokens ?? null,
      reasoningTokens: usage.completion_tokens_details?.reasoning_tokens ?? null,
    }),
  );

/** Some servers answer in parts, thoughts among them; only the text is the answer. */
export const chatContent = z
  .union([z.string(), z.array(z.looseObject({ type: z.string().optional(), text: z.string().optional() }))])
  .transform((content) =>
    typeof content === 'string' ? content : content.map((part) => (part.type === 'text' ? part.text : '')).join(''),
  )
  .nullish();

const chatCompletion = z.looseObject({
  choices: z
    .array(
      z.looseObject({
        finish_reason: z.string().nullish(),
        message: z.looseObject({
          content: chatContent,
          refusal: z.string().nullish(),
          tool_calls: z
            .array(
              z.looseObject({
                id: z.string().nullish(),
                function: z.looseObject({ name: z.string(), arguments: z.string().nullish() }).optional(),
              }),
            )
            .nullish(),
        }),
      }),
    )
    .min(1),
  usage: chatUsage.nullish(),
});

const failure = z.looseObject({ error: z.looseObject({ message: z.string() }) });

/**
 * Reads the first choice of a chat completion.
 *
 * @throws ModelError `malformed-response` for anything else, `server` for an error that came with status 200,
 *   `content-filter` when the provider withheld the answer.
 */
export function fromChatResponse(body: unknown): ChatAnswer {
  const failed = failure.safeParse(body);
  if (failed.success) throw new ModelError('server', failed.data.error.message);
  const parsed = chatCompletion.safeParse(body);
  const choice = parsed.data?.choices[0];
  if (!parsed.success || !choice) throw malformedResponse(parsed.error?.issues[0]);
  const { message } = choice;
  return answered({
    output: message.content || (message.refusal ?? ''),
    toolCalls: (message.tool_calls ?? []).flatMap((call) =>
      call.function ? [{ id: call.id ?? '', name: call.function.name, arguments: call.function.arguments ?? '' }] : [],
    ),
    finishReason: choice.finish_reason ?? null,
    usage: parsed.data.usage ?? null,
  });
}

/** @throws ModelError `content-filter`: what is left of a withheld answer is not the model's answer. */
export function answered(answer: ChatAnswer): ChatAnswer {
  if (answer.finishReason !== 'content_filter') return answer;
  throw new ModelError('content-filter', 'The provider withheld the answer (finish reason content_filter).', {
    remedy: 'Look at the case: its text or the answer to it met the filter of the provider.',
  });
}

/** @param what the provider should have sent, with its article */
export function malformedResponse(issue?: z.core.$ZodIssue, what = 'a chat completion'): ModelError {
  const where = issue ? ` At ${issue.path.join('.') || 'its top'}: ${issue.message}.` : '';
  return new ModelError('malformed-response', `The server did not answer with ${what}.${where}`, {
    remedy: "Check the provider's base URL; it usually ends in /v1.",
  });
}
