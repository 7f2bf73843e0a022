import * as z from 'zod';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { metricDefinition, metricKinds } from '../metric/registry.ts';
import { metricSiblings } from '../suite/metricEntry.ts';
import { suiteJsonSchema } from '../suite/suiteJsonSchema.ts';
import type { KeyDoc } from './frontMatterKeys.ts';

let keys: readonly KeyDoc[] | null = null;

/** The keys of a suite, from its own schema; made when first asked for. */
export function suiteKeys(): readonly KeyDoc[] {
  keys ??= fromSchema(suiteJsonSchema()).filter(({ name }) => name !== '$schema');
  return keys;
}

const options = new Map<string, readonly KeyDoc[]>();

/** The options of a metric, or what stands in a mapping beside it (`trust`); empty for one that there is not. */
export function metricOptions(kind: string): readonly KeyDoc[] {
  const definition = metricDefinition(kind);
  if (definition === undefined) return metricSiblingKeys().find(({ name }) => name === kind)?.keys ?? [];
  const known =
    options.get(kind) ??
    fromSchema(z.toJSONSchema(definition.options(), { io: 'input', unrepresentable: 'any' }) as JsonObject);
  options.set(kind, known);
  return known;
}

/** What stands beside the kind in the entry of any metric. */
export function metricSiblingKeys(): readonly KeyDoc[] {
  return fromSchema(z.toJSONSchema(metricSiblings, { io: 'input' }) as JsonObject);
}

export function metricDocs(): readonly { readonly kind: string; readonly summary: string }[] {
  return metricKinds().map((kind) => ({ kind, summary: metricDefinition(kind)?.summary ?? '' }));
}

function fromSchema(schema: JsonObject): KeyDoc[] {
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  return Object.entries(properties).map(([name, property]) => {
    const object: JsonObject = isJsonObject(property) ? property : {};
    const below = name === 'metrics' ? [] : fromSchema(object);
    const values = valuesOf(object);
    return {
      name,
      description: typeof object['description'] === 'string' ? object['description'] : '',
      ...(below.length > 0 ? { keys: below } : {}),
      ...(values.length > 0 ? { values } : {}),
    };
  });
}

function valuesOf({ enum: choices, type, anyOf }: JsonObject): string[] {
  if (Array.isArray(choices)) return choices.map((choice: Json) => String(choice));
  if (type === 'boolean') return ['true', 'false'];
  return Array.isArray(anyOf) ? anyOf.flatMap((one) => (isJsonObject(one) ? valuesOf(one) : [])) : [];
}
