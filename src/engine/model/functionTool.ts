import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { expandPicoschema } from '../prompt/picoschema.ts';

const NO_PARAMETERS = { type: 'object', properties: {} };

/** A tool as dotprompt defines it (`name`, `description`, `inputSchema` as Picoschema or JSON Schema) or as the chat API does, in the terms of the latter. */
export function toFunction(tool: JsonObject): JsonObject & { readonly name: Json; readonly parameters: Json } {
  const given = tool['type'] === 'function' && isJsonObject(tool['function']) ? tool['function'] : tool;
  const { name, description, inputSchema, parameters, strict } = given;
  return {
    name: name ?? '',
    ...(description === undefined ? {} : { description }),
    parameters: inputSchema === undefined ? (parameters ?? NO_PARAMETERS) : expandPicoschema(inputSchema).schema,
    ...(strict === undefined ? {} : { strict }),
  };
}
