import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { Message, Part } from '../prompt/message.ts';
import { chatParams } from './chatParams.ts';
import type { ChatDialect } from './chatRequest.ts';
import { toFunction } from './functionTool.ts';
import type { ModelRequest } from './modelClient.ts';
import { responseFormat } from './responseFormat.ts';

/** The API insists on a limit of the answer's length; this one holds where the prompt sets none. */
export const DEFAULT_MAX_TOKENS = 4096;

/** The body of a request to Anthropic's Messages API. */
export function toMessagesRequest(request: ModelRequest, dialect: ChatDialect, stream: boolean): JsonObject {
  const known = chatParams(request.params, dialect);
  const { stop, reasoning_effort: effort, tool_choice: choice, output_config: config, ...params } = known;
  const format = outputFormat(request, dialect);
  const outputConfig = {
    ...(format ? { format } : {}),
    ...(effort === undefined ? {} : { effort }),
    ...(isJsonObject(config) ? config : {}),
  };
  const system = request.messages.filter(({ role }) => role === 'system').flatMap(toBlocks);
  return {
    max_tokens: DEFAULT_MAX_TOKENS,
    ...(Object.keys(outputConfig).length > 0 ? { output_config: outputConfig } : {}),
    ...(stop === undefined ? {} : { stop_sequences: Array.isArray(stop) ? stop : [stop] }),
    ...(choice === undefined ? {} : { tool_choice: toolChoice(choice) }),
    ...(request.tools.length > 0 ? { tools: request.tools.map(toTool) } : {}),
    ...params,
    model: request.model.name,
    ...(system.length > 0 ? { system: joined(system, '\n\n') } : {}),
    messages: request.messages.filter(({ role }) => role !== 'system').map(toMessage),
    ...(stream ? { stream: true } : {}),
  };
}

/** Only a schema can be asked for; plain "some JSON" is left to the prompt. */
function outputFormat({ output }: ModelRequest, dialect: ChatDialect): JsonObject | undefined {
  const format = responseFormat(output, dialect);
  return format?.['type'] === 'json_schema' && isJsonObject(output.schema)
    ? { type: 'json_schema', schema: output.schema }
    : undefined;
}

function toMessage(message: Message): JsonObject {
  return { role: message.role === 'model' ? 'assistant' : 'user', content: joined(toBlocks(message), '') };
}

/** A plain string where there is only text. */
function joined(blocks: readonly JsonObject[], between: string): Json {
  const texts = blocks.map((block) => block['text']);
  return texts.every((text) => typeof text === 'string') ? texts.join(between) : blocks;
}

function toBlocks({ content }: Message): JsonObject[] {
  return content.flatMap(toBlock);
}

function toBlock(part: Part): JsonObject[] {
  // The API refuses empty texts.
  if ('text' in part) return part.text === '' ? [] : [{ type: 'text', text: part.text }];
  if ('data' in part) return [{ type: 'text', text: JSON.stringify(part.data) }];
  if ('media' in part) return [toMedia(part.media)];
  if ('toolRequest' in part) {
    const { name, ref, input } = part.toolRequest;
    return [{ type: 'tool_use', id: ref ?? name, name, input: input ?? {} }];
  }
  if ('toolResponse' in part) {
    const { name, ref, output } = part.toolResponse;
    const text = typeof output === 'string' ? output : JSON.stringify(output ?? null);
    return [{ type: 'tool_result', tool_use_id: ref ?? name, content: text }];
  }
  return [];
}

const DATA_URL = /^data:([^;,]+)(?:;[^,]*)?;base64,(.*)$/s;

function toMedia({ url, contentType }: { readonly url: string; readonly contentType?: string }): JsonObject {
  const data = DATA_URL.exec(url);
  const mediaType = data?.[1] ?? contentType ?? '';
  const type = mediaType === 'application/pdf' ? 'document' : 'image';
  return { type, source: data ? { type: 'base64', media_type: mediaType, data: data[2] ?? '' } : { type: 'url', url } };
}

function toTool(tool: JsonObject): JsonObject {
  const { name, description, parameters } = toFunction(tool);
  return { name, ...(description === undefined ? {} : { description }), input_schema: parameters };
}

/** The chat API's words; what is said in this API's own stays. */
function toolChoice(choice: Json): Json {
  if (choice === 'required') return { type: 'any' };
  if (typeof choice === 'string') return { type: choice };
  const named = isJsonObject(choice) && isJsonObject(choice['function']) ? choice['function']['name'] : undefined;
  return named === undefined ? choice : { type: 'tool', name: named };
}
