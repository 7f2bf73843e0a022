import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { JsonSchema } from './promptDocument.ts';

export type SchemaIssue = {
  readonly code: 'unknown-schema' | 'invalid-schema';
  readonly message: string;
  readonly remedy: string;
  /** Keys from the schema's own root to the value that is wrong. */
  readonly path: readonly string[];
};

/** Schemas that may be named in the place of a type. */
export type NamedSchemas = { readonly [name: string]: JsonSchema };

/**
 * Expands Picoschema, dotprompt's short form, into JSON Schema; JSON Schema passes through, its shape checked.
 *
 * @returns a schema that accepts anything at the places of the issues
 * Source: https://google.github.io/dotprompt/reference/picoschema/
 */
export function expandPicoschema(
  value: Json,
  named: NamedSchemas = {},
): { readonly schema: JsonSchema; readonly issues: readonly SchemaIssue[] } {
  const issues: SchemaIssue[] = [];
  const expander = new Expander(named, issues);
  const schema = isJsonSchema(value) ? expander.passThrough(value, []) : expander.expand(value, []);
  return { schema, issues };
}

const SCALARS: readonly unknown[] = ['any', 'boolean', 'integer', 'null', 'number', 'string'];
const TYPES: readonly unknown[] = [...SCALARS, 'object', 'array'];
const WILDCARD = '(*)';

/** A mapping with a `type` of JSON Schema, or with `properties`, is taken as JSON Schema. */
function isJsonSchema(value: Json): value is JsonObject {
  return isJsonObject(value) && (TYPES.includes(own(value, 'type')) || isJsonObject(own(value, 'properties')));
}

class Expander {
  constructor(
    readonly named: NamedSchemas,
    readonly issues: SchemaIssue[],
  ) {}

  expand(value: Json, path: readonly string[]): JsonSchema {
    if (typeof value === 'string') return this.scalar(value, path);
    if (isJsonObject(value)) return this.object(value, path);
    const shown = value === null ? 'nothing' : JSON.stringify(value);
    return this.issue('invalid-schema', `A type is expected here, not ${shown}.`, TYPE_REMEDY, path);
  }

  /** `type, description` or a schema's name. */
  scalar(text: string, path: readonly string[]): JsonSchema {
    const [type, description] = splitDescription(text);
    if (SCALARS.includes(type)) return withDescription(type === 'any' ? {} : { type }, description);
    const named = own(this.named, type);
    if (named !== undefined) return withDescription(named, description);
    const list = /^(\w+)\[\]$/.exec(type);
    const remedy = list ? `Write "name(array): ${list[1]}".` : TYPE_REMEDY;
    return this.issue('unknown-schema', `There is no type or schema "${type}".`, remedy, path);
  }

  object(value: JsonObject, path: readonly string[]): JsonSchema {
    const properties: [string, JsonSchema][] = [];
    const required: string[] = [];
    let additionalProperties: JsonSchema = false;
    for (const [key, inner] of Object.entries(value)) {
      const at = [...path, key];
      if (key === WILDCARD) {
        additionalProperties = this.expand(inner, at);
        continue;
      }
      const { name, optional, note } = readKey(key);
      if (!optional) required.push(name);
      properties.push([name, this.property(inner, optional, note, at)]);
    }
    // Object.fromEntries defines own properties: a property named __proto__ stays a property.
    const schema = { type: 'object', properties: Object.fromEntries(properties), additionalProperties };
    return required.length > 0 ? { ...schema, required } : schema;
  }

  property(inner: Json, optional: boolean, note: string | null, path: readonly string[]): JsonSchema {
    if (note === null) return orNull(this.expand(inner, path), optional);
    const [type, description] = splitDescription(note);
    if (type === 'array') {
      const items = this.expand(inner, path);
      return withDescription({ type: optional ? ['array', 'null'] : 'array', items }, description);
    }
    if (type === 'object') return withDescription(orNull(this.expand(inner, path), optional), description);
    if (type === 'enum') {
      if (!Array.isArray(inner)) {
        return this.issue('invalid-schema', 'An enum is a list of values.', 'Write [first, second].', path);
      }
      const values: Json[] = optional && !inner.includes(null) ? [...inner, null] : inner;
      return withDescription({ enum: values }, description);
    }
    const message = `In parentheses stands array, object or enum, not "${type}".`;
    return this.issue('invalid-schema', message, 'Put a description after a comma behind the type.', path);
  }

  /** Checks only what would make a validator refuse the schema: that every part of it is a schema itself. */
  passThrough(value: JsonObject, path: readonly string[]): JsonSchema {
    const lacksType = !TYPES.includes(own(value, 'type'));
    this.checkParts(value, path);
    return lacksType ? { ...value, type: 'object' } : value;
  }

  private checkParts(value: Json | undefined, path: readonly string[]): void {
    if (typeof value === 'boolean' || value === undefined) return;
    if (!isJsonObject(value)) {
      const remedy = `Write { type: ${typeof value === 'string' ? splitDescription(value)[0] : 'string'} }.`;
      this.issue('invalid-schema', 'JSON Schema wants a schema here; Picoschema does not mix with it.', remedy, path);
      return;
    }
    for (const key of ['items', 'additionalProperties', 'not']) {
      const part = own(value, key);
      if (!(key === 'items' && Array.isArray(part))) this.checkParts(part, [...path, key]);
    }
    for (const key of ['properties', '$defs', 'definitions', 'patternProperties']) {
      const parts = own(value, key);
      if (!isJsonObject(parts)) continue;
      for (const [name, part] of Object.entries(parts)) this.checkParts(part, [...path, key, name]);
    }
  }

  private issue(code: SchemaIssue['code'], message: string, remedy: string, path: readonly string[]): JsonSchema {
    this.issues.push({ code, message, remedy, path });
    return {};
  }
}

const TYPE_REMEDY = `Use ${SCALARS.join(', ')}, a mapping of properties, or JSON Schema.`;

/** The name of the property that a Picoschema key declares: `category` for `category?(enum, what it is)`. */
export function propertyName(key: string): string {
  return readKey(key).name;
}

/** `name?(type, description)`; the note is what stands in the parentheses. */
function readKey(key: string): { name: string; optional: boolean; note: string | null } {
  const open = key.indexOf('(');
  const written = open === -1 ? key : key.slice(0, open);
  const note = open === -1 ? null : key.slice(open + 1).replace(/\)$/, '');
  const optional = written.endsWith('?');
  return { name: optional ? written.slice(0, -1) : written, optional, note: note === '' ? null : note };
}

function splitDescription(text: string): [type: string, description: string | null] {
  const comma = text.indexOf(',');
  if (comma === -1) return [text, null];
  return [text.slice(0, comma), text.slice(comma + 1).replace(/^ +/, '')];
}

function withDescription(schema: JsonSchema, description: string | null): JsonSchema {
  if (!description) return schema;
  return typeof schema === 'boolean' ? schema : { ...schema, description };
}

/** Optional means that null will do as well. */
function orNull(schema: JsonSchema, optional: boolean): JsonSchema {
  if (!optional || typeof schema === 'boolean' || typeof schema.type !== 'string') return schema;
  return { ...schema, type: [schema.type, 'null'] };
}

function own<T>(object: { readonly [key: string]: T }, key: string): T | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
