import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { JsonSchema } from '../prompt/promptDocument.ts';
import type { ChatDialect } from './chatRequest.ts';

/**
 * What a prompt's `output` asks of the server.
 *
 * @returns undefined for text, and for a schema that is not an object's: the API cannot ask for those.
 */
export function responseFormat(
  output: { readonly format?: string; readonly schema?: JsonSchema },
  dialect: ChatDialect,
): JsonObject | undefined {
  const { format, schema } = output;
  if (format !== undefined && format !== 'json') return undefined;
  if (!isJsonObject(schema)) return format === 'json' ? { type: 'json_object' } : undefined;
  if (!allowsObjects(schema)) return undefined;
  if (!dialect.jsonSchema) return { type: 'json_object' };
  const strict = isStrict(schema);
  return { type: 'json_schema', json_schema: { name: 'output', schema, ...(strict ? { strict: true } : {}) } };
}

function allowsObjects(schema: JsonObject): boolean {
  const type = schema['type'];
  if (Array.isArray(type)) return type.includes('object');
  return type === undefined ? isJsonObject(schema['properties']) : type === 'object';
}

/**
 * Whether the schema keeps the rules of strict mode: every object closed and all of its properties required. A schema that
 * does not keep them is refused by the API when it is sent as strict, and is only a hint when it is not.
 * Source: https://platform.openai.com/docs/guides/structured-outputs#supported-schemas
 */
function isStrict(schema: Json): boolean {
  if (Array.isArray(schema)) return schema.every(isStrict);
  if (!isJsonObject(schema)) return true;
  const properties = schema['properties'];
  if (schema['type'] === 'object' || isJsonObject(properties)) {
    if (schema['additionalProperties'] !== false || !isJsonObject(properties)) return false;
    const required = schema['required'];
    const names = Object.keys(properties);
    if (!Array.isArray(required) || !names.every((name) => required.includes(name))) return false;
    if (!names.every((name) => isStrict(properties[name] ?? null))) return false;
  }
  return ['items', 'anyOf', '$defs', 'definitions'].every((key) => {
    const part = schema[key];
    if (part === undefined) return true;
    return key.endsWith('efs') || key === 'definitions'
      ? isJsonObject(part) && Object.values(part).every(isStrict)
      : isStrict(part);
  });
}
