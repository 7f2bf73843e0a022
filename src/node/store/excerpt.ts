import type { Json, JsonObject } from '../../engine/json.ts';

const EXCERPT_LENGTH = 200;

/** The first 200 characters (UTF-16 units), never half of a pair. */
export function excerpt(text: string): string {
  if (text.length <= EXCERPT_LENGTH) return text;
  const lastUnit = text.charCodeAt(EXCERPT_LENGTH - 1);
  const cutsPair = lastUnit >= 0xd800 && lastUnit <= 0xdbff;
  return text.slice(0, cutsPair ? EXCERPT_LENGTH - 1 : EXCERPT_LENGTH);
}

/** What a reader recognises a case by: the one variable's text, or `name: text` of each. */
export function inputExcerpt(vars: JsonObject): string {
  const entries = Object.entries(vars);
  if (entries.length === 1) return excerpt(plainText(entries[0]?.[1] ?? null));
  let text = '';
  for (const [name, value] of entries) {
    text += `${text === '' ? '' : ' · '}${name}: ${plainText(value)}`;
    if (text.length > EXCERPT_LENGTH) break;
  }
  return excerpt(text);
}

function plainText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
