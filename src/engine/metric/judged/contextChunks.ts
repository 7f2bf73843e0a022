import { isJsonObject, type Json } from '../../json.ts';
import type { ExpectedValue } from '../expectedValue.ts';
import { asText } from '../textMetric.ts';

/** The case's contexts where the metric names none: its variable or metadata of that name. */
export const contextsOfCase: ExpectedValue = ({ testCase: { vars, metadata } }) => {
  for (const name of ['contexts', 'context']) {
    if (Object.hasOwn(vars, name)) return { value: vars[name] ?? null };
    if (Object.hasOwn(metadata, name)) return { value: metadata[name] ?? null };
  }
  return { missing: 'the case has no `contexts`' };
};

/** The texts in a value: a list, a list in JSON as a cell of a table holds it, or one text. Of an object its `text` or `content`. */
export function chunksOf(value: Json): string[] {
  return listOf(value)
    .map(chunkText)
    .filter((text) => text.trim() !== '');
}

/** A list as it is or in JSON; anything else is a list of itself. */
export function listOf(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : typeof value === 'string' ? listIn(value) : [value];
}

function listIn(text: string): readonly Json[] {
  if (!text.trimStart().startsWith('[')) return [text];
  try {
    const value: Json = JSON.parse(text);
    return Array.isArray(value) ? value : [text];
  } catch {
    return [text];
  }
}

function chunkText(value: Json): string {
  if (value === null) return '';
  if (isJsonObject(value)) {
    for (const name of ['text', 'content', 'page_content']) {
      const text = Object.hasOwn(value, name) ? value[name] : undefined;
      if (typeof text === 'string') return text;
    }
  }
  return asText(value);
}
