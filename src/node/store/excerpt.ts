import type { Json, JsonObject } from '../../engine/json.ts';

const EXCERPT_LENGTH = 200;

/** The first 200 characters (UTF-16 units), never half of a pair. */
export function excerpt(text: string): string {
  if (text.length <= EXCERPT_LENGTH) return text;
  const lastUnit = text.charCodeAt(EXCERPT_LENGTH - 1);
  const cutsPair = lastUnit >= 0xd800 && lastUnit <= 0xdbff;
  return text.slice(0, cutsPair ? EXCERPT_LENGTH - 1 : EXCERPT_LENGTH);
}

/** What a reader recognises a case by: the longest variable's text, then `name: text` of the others. */
export function inputExcerpt(vars: JsonObject): string {
  const entries = Object.entries(vars);
  const texts = entries.map(([name, value]) => ({ name, text: plainText(value) }));
  const longest = texts.reduce((known, one) => (one.text.length > known.text.length ? one : known), {
    name: '',
    text: '',
  });
  let text = longest.text;
  for (const one of texts) {
    if (text.length > EXCERPT_LENGTH) break;
    if (one !== longest) text += `${text === '' ? '' : ' · '}${one.name}: ${one.text}`;
  }
  return excerpt(text);
}

function plainText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
