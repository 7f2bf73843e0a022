import * as z from 'zod';
import type { Json, JsonObject } from '../json.ts';
import { type ChatAnswer, malformedResponse } from './chatResponse.ts';
import { fromMessagesResponse, messagesUsage } from './messagesResponse.ts';
import { ModelError } from './modelClient.ts';

const streamEvent = z.looseObject({
  type: z.string(),
  index: z.int().nonnegative().nullish(),
  message: z
    .looseObject({ id: z.string().nullish(), model: z.string().nullish(), usage: messagesUsage.nullish() })
    .nullish(),
  content_block: z
    .looseObject({ type: z.string(), id: z.string().nullish(), name: z.string().nullish(), text: z.string().nullish() })
    .nullish(),
  delta: z
    .looseObject({
      type: z.string().nullish(),
      text: z.string().nullish(),
      partial_json: z.string().nullish(),
      stop_reason: z.string().nullish(),
    })
    .nullish(),
  usage: messagesUsage.nullish(),
  error: z.looseObject({ type: z.string().nullish(), message: z.string() }).nullish(),
});

type GrowingBlock = { readonly type: string; readonly id: string; readonly name: string; text: string };

/** Puts a streamed message together. */
export class MessagesStream {
  readonly #blocks = new Map<number, GrowingBlock>();
  #head: { readonly id: string | null; readonly model: string | null } = { id: null, model: null };
  #usage: JsonObject = {};
  #stopReason: string | null = null;

  /** @returns the text that the event adds; '' when it adds none. @throws ModelError when the event tells of a failure */
  add(chunk: unknown): string {
    const parsed = streamEvent.safeParse(chunk);
    if (!parsed.success) throw malformedResponse(parsed.error.issues[0], 'a message');
    const { type, index, message, content_block: block, delta, usage, error } = parsed.data;
    switch (type) {
      case 'message_start':
        this.#head = { id: message?.id ?? null, model: message?.model ?? null };
        this.#count(message?.usage);
        return '';
      case 'content_block_start': {
        const text = block?.text ?? '';
        this.#blocks.set(index ?? 0, { type: block?.type ?? '', id: block?.id ?? '', name: block?.name ?? '', text });
        return block?.type === 'text' ? text : '';
      }
      case 'content_block_delta':
        return this.#grow(index ?? 0, delta?.text ?? '', delta?.partial_json ?? '');
      case 'message_delta':
        this.#stopReason = delta?.stop_reason ?? this.#stopReason;
        this.#count(usage);
        return '';
      case 'error':
        throw new ModelError('server', error?.message ?? 'The provider could not answer.');
      default:
        return '';
    }
  }

  /** @throws ModelError `connection` when the stream ended before the server said why */
  finish(): ChatAnswer & { readonly raw: Json } {
    if (this.#stopReason === null) {
      throw new ModelError('connection', 'The connection ended before the answer was complete.');
    }
    const content = [...this.#blocks.values()].flatMap((block): JsonObject[] => {
      if (block.type === 'text') return [{ type: 'text', text: block.text }];
      if (block.type !== 'tool_use') return [];
      return [{ type: 'tool_use', id: block.id, name: block.name, input: parsedInput(block.text) }];
    });
    const raw = { ...this.#head, role: 'assistant', content, stop_reason: this.#stopReason, usage: this.#usage };
    return { ...fromMessagesResponse(raw), raw };
  }

  #grow(index: number, text: string, json: string): string {
    const block = this.#blocks.get(index);
    if (block) block.text += text || json;
    return block?.type === 'text' ? text : '';
  }

  /** The end repeats some of the counts of the beginning; the last word counts. */
  #count(usage: z.infer<typeof messagesUsage> | null | undefined): void {
    const said = Object.entries(usage ?? {}).filter(([, value]) => value !== null && value !== undefined);
    this.#usage = { ...this.#usage, ...(Object.fromEntries(said) as JsonObject) };
  }
}

/** A tool without arguments streams none. */
function parsedInput(text: string): Json {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new ModelError('malformed-response', 'The arguments of a tool call are not JSON.');
  }
}
