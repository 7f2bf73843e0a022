import type { Json, JsonObject } from '../json.ts';
import type { Message, Part, Role } from '../prompt/message.ts';
import { chatParams } from './chatParams.ts';
import { toFunction } from './functionTool.ts';
import type { ModelRequest } from './modelClient.ts';
import { responseFormat } from './responseFormat.ts';

/** Where servers that speak the OpenAI chat-completions API differ from it. */
export type ChatDialect = {
  /** What the limit of the answer's tokens is called. */
  readonly maxTokens: 'max_tokens' | 'max_completion_tokens' | 'max_output_tokens';
  /** Whether `response_format` may carry a schema; otherwise only "some JSON" is asked for. */
  readonly jsonSchema: boolean;
  /** Whether `stream_options.include_usage` is understood; a server without it may refuse the whole request. */
  readonly streamUsage: boolean;
  readonly seed: 'seed' | 'random_seed';
};

export const OPENAI_DIALECT: ChatDialect = {
  maxTokens: 'max_tokens',
  jsonSchema: true,
  streamUsage: true,
  seed: 'seed',
};

/**
 * The body of a chat-completions request.
 *
 * The prompt's parameters go first, so that none of them can replace the messages or the model.
 */
export function toChatRequest(request: ModelRequest, dialect: ChatDialect, stream: boolean): JsonObject {
  const format = responseFormat(request.output, dialect);
  return {
    ...(format ? { response_format: format } : {}),
    ...(request.tools.length > 0 ? { tools: request.tools.map(toTool) } : {}),
    ...chatParams(request.params, dialect),
    model: request.model.name,
    messages: request.messages.flatMap(toChatMessages),
    ...(stream ? { stream: true } : {}),
    ...(stream && dialect.streamUsage ? { stream_options: { include_usage: true } } : {}),
  };
}

const CHAT_ROLES: { readonly [role in Role]: string } = {
  system: 'system',
  user: 'user',
  model: 'assistant',
  tool: 'tool',
};

/** One message becomes several where it holds answers of tools: the API wants one message for each. */
function toChatMessages(message: Message): JsonObject[] {
  const answers = message.content.flatMap((part) => ('toolResponse' in part ? [part.toolResponse] : []));
  const calls = message.content.flatMap((part) => ('toolRequest' in part ? [part.toolRequest] : []));
  const content = message.content.flatMap(toContentPart);
  const answered = answers.map(({ name, ref, output }) => ({
    role: 'tool',
    tool_call_id: ref ?? name,
    content: typeof output === 'string' ? output : JSON.stringify(output ?? null),
  }));
  if (answered.length > 0 && content.length === 0) return answered;
  return [
    ...answered,
    {
      role: CHAT_ROLES[message.role],
      content: calls.length > 0 && content.length === 0 ? null : joinContent(content),
      ...(calls.length > 0
        ? {
            tool_calls: calls.map(({ name, ref, input }) => ({
              id: ref ?? name,
              type: 'function',
              function: { name, arguments: JSON.stringify(input ?? {}) },
            })),
          }
        : {}),
    },
  ];
}

/** A plain string where there is only text: every server takes that, not every server takes parts. */
function joinContent(parts: readonly JsonObject[]): Json {
  const texts = parts.map((part) => part['text']);
  return texts.every((text) => typeof text === 'string') ? texts.join('') : parts;
}

function toContentPart(part: Part): JsonObject[] {
  if ('text' in part) return [{ type: 'text', text: part.text }];
  if ('data' in part) return [{ type: 'text', text: JSON.stringify(part.data) }];
  if ('media' in part) return [toMediaPart(part.media.url)];
  return [];
}

const AUDIO = /^data:audio\/(wav|x-wav|mp3|mpeg)(?:;[^,]*)?;base64,(.*)$/s;

/** Pictures go by URL; the API takes sound only as base64 with its format's name. */
function toMediaPart(url: string): JsonObject {
  const audio = AUDIO.exec(url);
  if (!audio) return { type: 'image_url', image_url: { url } };
  const format = audio[1]?.endsWith('wav') ? 'wav' : 'mp3';
  return { type: 'input_audio', input_audio: { data: audio[2] ?? '', format } };
}

/** A tool as dotprompt defines it (`name`, `description`, `inputSchema`), or already in the API's own form. */
function toTool(tool: JsonObject): JsonObject {
  return tool['type'] === 'function' ? tool : { type: 'function', function: toFunction(tool) };
}
