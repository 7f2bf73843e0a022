import { canonicalJson, isJsonObject, type Json, type JsonObject } from '../../src/engine/json.ts';

/** Shorter ones are as long as what would stand for them. */
const WORTH_CHARACTERS = 120;

/**
 * The same schema with each part that stands there several times written once, under `$defs`: the options of judges are those of
 * sixty kinds, and an editor reads the file anew for every window.
 */
export function sharedSchema(schema: JsonObject): JsonObject {
  const counts = new Map<string, number>();
  visit(schema, (text) => counts.set(text, (counts.get(text) ?? 0) + 1));
  const names = new Map<string, string>();
  const definitions: Record<string, Json> = {};
  const nameOf = (text: string, part: JsonObject): string => {
    const known = names.get(text);
    if (known !== undefined) return known;
    const name = `part${names.size + 1}`;
    names.set(text, name);
    definitions[name] = inside(part);
    return name;
  };
  const shared = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(shared);
    if (!isJsonObject(value)) return value;
    const text = canonicalJson(value);
    const isWorth = text.length >= WORTH_CHARACTERS && (counts.get(text) ?? 0) > 1;
    return isWorth && isSchema(value) ? { $ref: `#/$defs/${nameOf(text, value)}` } : inside(value);
  };
  const inside = (value: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(value).map(([key, member]) => [key, shared(member)]));
  return { ...inside(schema), $defs: definitions };
}

/** A mapping of properties is no schema, whatever their names. */
function isSchema(value: JsonObject): boolean {
  return typeof value['type'] === 'string' || Array.isArray(value['anyOf']);
}

function visit(value: Json, see: (text: string) => void): void {
  if (Array.isArray(value)) for (const member of value) visit(member, see);
  else if (isJsonObject(value)) {
    see(canonicalJson(value));
    for (const member of Object.values(value)) visit(member, see);
  }
}
