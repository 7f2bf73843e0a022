import type { Json, JsonObject } from '../json.ts';
import type { Message, Part } from '../prompt/message.ts';
import { chatParams } from './chatParams.ts';
import type { ChatDialect } from './chatRequest.ts';
import { toFunction } from './functionTool.ts';
import type { ModelRequest } from './modelClient.ts';
import { responseFormat } from './responseFormat.ts';

/**
 * The body of a request to OpenAI's Responses API.
 *
 * Nothing is kept at the provider (`store: false`): a prompt under test is not a conversation to come back to.
 */
export function toResponsesRequest(request: ModelRequest, dialect: ChatDialect, stream: boolean): JsonObject {
  const {
    reasoning_effort: effort,
    verbosity,
    ...params
  } = chatParams(request.params, {
    ...dialect,
    maxTokens: 'max_output_tokens',
  });
  const format = textFormat(request, dialect);
  const text = { ...(format ? { format } : {}), ...(verbosity === undefined ? {} : { verbosity }) };
  return {
    store: false,
    ...(Object.keys(text).length > 0 ? { text } : {}),
    ...(effort === undefined ? {} : { reasoning: { effort } }),
    ...(request.tools.length > 0 ? { tools: request.tools.map(toTool) } : {}),
    ...params,
    model: request.model.name,
    input: request.messages.flatMap(toItems),
    ...(stream ? { stream: true } : {}),
  };
}

/** What the chat API wraps into `json_schema` lies flat here. */
function textFormat({ output }: ModelRequest, dialect: ChatDialect): JsonObject | undefined {
  const format = responseFormat(output, dialect);
  if (format?.['type'] !== 'json_schema') return format;
  return { type: 'json_schema', ...(format['json_schema'] as JsonObject) };
}

const ROLES = { system: 'system', user: 'user', model: 'assistant', tool: 'user' } as const;

/** A message, and an item of its own for each call of a tool and each answer to one. */
function toItems(message: Message): JsonObject[] {
  const answers = message.content.flatMap((part) => ('toolResponse' in part ? [part.toolResponse] : []));
  const calls = message.content.flatMap((part) => ('toolRequest' in part ? [part.toolRequest] : []));
  const content = message.content.flatMap((part) => toContent(part, message.role === 'model'));
  return [
    ...answers.map(({ name, ref, output }) => ({
      type: 'function_call_output',
      call_id: ref ?? name,
      output: typeof output === 'string' ? output : JSON.stringify(output ?? null),
    })),
    ...(content.length > 0 || answers.length + calls.length === 0
      ? [{ role: ROLES[message.role], content: joined(content) }]
      : []),
    ...calls.map(({ name, ref, input }) => ({
      type: 'function_call',
      call_id: ref ?? name,
      name,
      arguments: JSON.stringify(input ?? {}),
    })),
  ];
}

function joined(parts: readonly JsonObject[]): Json {
  const texts = parts.map((part) => part['text']);
  return texts.every((text) => typeof text === 'string') ? texts.join('') : parts;
}

function toContent(part: Part, isAnswer: boolean): JsonObject[] {
  const text = 'text' in part ? part.text : 'data' in part ? JSON.stringify(part.data) : null;
  if (text !== null) return [{ type: isAnswer ? 'output_text' : 'input_text', text }];
  if ('media' in part) return [{ type: 'input_image', image_url: part.media.url }];
  return [];
}

/** Not strict unless the prompt says so: this API would otherwise refuse schemas that the chat API takes. */
function toTool(tool: JsonObject): JsonObject {
  return { type: 'function', strict: false, ...toFunction(tool) };
}
