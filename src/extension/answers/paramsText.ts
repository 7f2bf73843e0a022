import { isJsonObject, type Json, type JsonObject } from '../../engine/json.ts';

/** `temperature: 0.7, max_tokens: 200`, as parameters are typed and shown; also the members of a JSON object. */
export function formatParams(params: JsonObject): string {
  return Object.entries(params)
    .map(([name, value]) => `${name}: ${isPlain(value) ? value : JSON.stringify(value)}`)
    .join(', ');
}

/** @returns null when the text is no list of names and values; an empty text is no parameters */
export function parseParams(text: string): JsonObject | null {
  const trimmed = text.trim();
  if (trimmed.startsWith('{')) {
    const whole = parseValue(trimmed);
    return isJsonObject(whole) ? whole : null;
  }
  const params: { [name: string]: Json } = {};
  // A comma inside a list, an object or a quoted text belongs to that.
  for (const member of trimmed.match(/(?:"(?:[^"\\]|\\.)*"|\[[^\]]*\]|\{[^}]*\}|[^,])+/g) ?? []) {
    const [, name, value] = /^\s*([A-Za-z_][\w.-]*)\s*[:=]\s*(\S.*?)\s*$/s.exec(member) ?? [];
    if (name === undefined || value === undefined || name === '__proto__') return null;
    params[name] = parseValue(value);
  }
  return params;
}

function parseValue(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A text that reads back as itself without quotes. */
function isPlain(value: Json): value is string {
  return typeof value === 'string' && /^[^\s,"[\]{}][^,"[\]{}]*$/.test(value) && parseValue(value) === value;
}
