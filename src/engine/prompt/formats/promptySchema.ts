import { isJsonObject, type Json, type JsonObject } from '../../json.ts';
import type { RichKind } from '../program.ts';
import type { JsonSchema } from '../promptDocument.ts';

/** An input or output as a Prompty file declares it, with the dotted path of its place in the front matter. */
export type PromptyProperty = { readonly name: string; readonly settings: JsonObject; readonly path: string };

/** A list of properties with names, a mapping of names to settings, or a mapping of names to values. */
export function readProperties(value: Json | undefined, path: string): PromptyProperty[] {
  if (Array.isArray(value)) {
    return value.flatMap((item: Json, index): PromptyProperty[] => {
      if (!isJsonObject(item) || typeof item['name'] !== 'string') return [];
      return [{ name: item['name'], settings: item, path: `${path}.${index}` }];
    });
  }
  if (!isJsonObject(value)) return [];
  return Object.entries(value).map(([name, settings]) => ({
    name,
    settings: isJsonObject(settings) ? settings : { default: settings },
    path: `${path}.${name}`,
  }));
}

const TYPES: { readonly [kind: string]: string } = {
  ...{ string: 'string', str: 'string', number: 'number', float: 'number', double: 'number', integer: 'integer' },
  ...{ int: 'integer', boolean: 'boolean', bool: 'boolean', array: 'array', list: 'array', thread: 'array' },
  ...{ object: 'object', dict: 'object', image: 'string', file: 'string', audio: 'string' },
};

/** A JSON Schema of properties. Only what is marked as required is: the format fills the rest with nothing. */
export function schemaOf(properties: readonly PromptyProperty[], requireAll: boolean): JsonSchema | undefined {
  if (properties.length === 0) return undefined;
  const required = properties.filter(({ settings }) => settings['required'] === true || requireAll);
  return {
    type: 'object',
    properties: Object.fromEntries(properties.map(({ name, settings }) => [name, propertySchema(settings)])),
    ...(required.length > 0 ? { required: required.map(({ name }) => name) } : {}),
    ...(requireAll ? { additionalProperties: false } : {}),
  };
}

function propertySchema(settings: JsonObject): JsonObject {
  const kind = settings['kind'] ?? settings['type'];
  const type =
    typeof kind === 'string' && Object.hasOwn(TYPES, kind.toLowerCase()) ? TYPES[kind.toLowerCase()] : undefined;
  const { description, enum: choices, items, properties } = settings;
  return {
    ...(type === undefined ? {} : { type }),
    ...(typeof description === 'string' ? { description: description.trim() } : {}),
    ...(Array.isArray(choices) ? { enum: choices } : {}),
    ...(isJsonObject(items) ? { items: propertySchema(items) } : {}),
    ...(properties === undefined ? {} : asObject(schemaOf(readProperties(properties, ''), false))),
  };
}

function asObject(schema: JsonSchema | undefined): JsonObject {
  return isJsonObject(schema) ? schema : {};
}

/** Inputs that are no text, by name. */
export function richInputs(properties: readonly PromptyProperty[]): Map<string, RichKind> {
  const rich = new Map<string, RichKind>();
  for (const { name, settings } of properties) {
    const { kind } = settings;
    if (kind === 'thread') rich.set(name, 'thread');
    else if (kind === 'image' || kind === 'file' || kind === 'audio') rich.set(name, 'media');
  }
  return rich;
}

/** A tool as the chat API takes it; null for one that is no function. */
export function toolDefinition(tool: Json, name: string | undefined): JsonObject | null {
  if (!isJsonObject(tool)) return null;
  if (tool['type'] === 'function' && isJsonObject(tool['function'])) return tool;
  const called = tool['name'] ?? tool['id'] ?? name;
  if ((tool['kind'] ?? tool['type']) !== 'function' || typeof called !== 'string') return null;
  const { description, parameters } = tool;
  const isSchema = isJsonObject(parameters) && isJsonObject(parameters['properties']);
  const schema = isSchema ? parameters : schemaOf(readProperties(parameters, ''), false);
  return {
    name: called,
    ...(typeof description === 'string' ? { description } : {}),
    inputSchema: schema ?? { type: 'object', properties: {} },
  };
}
