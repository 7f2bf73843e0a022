import * as z from 'zod';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { metricDefinition, metricKinds } from '../metric/registry.ts';
import { metricSiblings } from './metricEntry.ts';
import { suiteShape } from './suiteShape.ts';

/** The JSON Schema of a suite file, for completion and checks in editors that know nothing of Touchstone. */
export function suiteJsonSchema(): JsonObject {
  const schema = toJson(suiteShape);
  const siblings = properties(toJson(metricSiblings));
  const kinds = metricKinds().flatMap((kind) => {
    const definition = metricDefinition(kind);
    return definition === undefined ? [] : [definition];
  });
  const entries: Json[] = kinds.map(({ kind, summary, options, shorthand }) => {
    const mapping = toJson(options());
    // A mapping is always the options themselves, so that a misspelt one is not taken for the short form.
    const short =
      shorthand === undefined ? [] : [{ ...(properties(mapping)[shorthand] as JsonObject), not: { type: 'object' } }];
    return {
      type: 'object',
      description: summary,
      properties: { [kind]: { description: summary, anyOf: [mapping, { type: 'null' }, ...short] }, ...siblings },
      required: [kind],
      additionalProperties: false,
    };
  });
  const bare: Json = { enum: kinds.map(({ kind }) => kind) };
  const own = properties(schema);
  const metrics = { ...(own['metrics'] as JsonObject), items: { anyOf: [bare, ...entries] } };
  const required = (schema['required'] as string[]).filter((key) => key !== 'metrics');
  return {
    ...schema,
    title: 'Touchstone suite',
    properties: { ...own, metrics },
    required,
    anyOf: [{ required: ['metrics'] }, { required: ['preset'] }],
  };
}

function toJson(schema: z.ZodType): JsonObject {
  // Options may hold what JSON Schema cannot say (a refinement, a transformed value): it is left open there.
  const {
    '~standard': _standard,
    $schema: _version,
    $defs: _defs,
    ...rest
  } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return JSON.parse(JSON.stringify(rest), anyValue);
}

/** Definitions are made only of values that may be any JSON; where this schema comes to stand, their names lead nowhere. */
function anyValue(_key: string, value: unknown): unknown {
  if (!isJsonObject(value) || typeof value['$ref'] !== 'string') return value;
  const { $ref: _ref, ...described } = value;
  return described;
}

function properties(schema: JsonObject): JsonObject {
  return (schema['properties'] ?? {}) as JsonObject;
}
