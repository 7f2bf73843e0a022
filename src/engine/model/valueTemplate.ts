import { isJsonObject, type Json } from '../json.ts';

/** The values that a template may name, by their first name. */
export type TemplateValues = { readonly [name: string]: Json };

const TAG = /\{\{\s*([A-Za-z_][\w.[\]-]*)\s*\}\}/g;
const ONLY_TAG = /^\{\{\s*([A-Za-z_][\w.[\]-]*)\s*\}\}$/;

/**
 * Puts values into the texts of a JSON value. A text that is nothing but `{{name.path}}` becomes the value itself, of whatever
 * type; inside other text a value that is no text stands as JSON. What is put in is never looked at for tags again.
 *
 * @returns the names that have no value, each once, beside it
 */
export function fillTemplate(
  template: Json,
  values: TemplateValues,
): { readonly value: Json; readonly missing: readonly string[] } {
  const missing = new Set<string>();
  const find = (path: string): Json => {
    const value = valueAt(values, path);
    if (value === undefined) missing.add(path);
    return value ?? null;
  };
  const fill = (part: Json): Json => {
    if (typeof part === 'string') {
      const whole = ONLY_TAG.exec(part)?.[1];
      if (whole !== undefined) return find(whole);
      return part.replace(TAG, (_tag, path: string) => asText(find(path)));
    }
    if (Array.isArray(part)) return part.map(fill);
    if (!isJsonObject(part)) return part;
    return Object.fromEntries(Object.entries(part).map(([key, member]) => [key, fill(member)]));
  };
  return { value: fill(template), missing: [...missing] };
}

/**
 * The value at a path such as `choices[0].message.text`; a leading `$` is allowed. Only own members are seen.
 *
 * @returns undefined where there is none
 */
export function valueAt(value: Json, path: string): Json | undefined {
  const steps = path.replace(/^\$\.?/, '').match(/[^.[\]]+/g) ?? [];
  let current: Json | undefined = value;
  for (const step of steps) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, step)) return undefined;
    current = Array.isArray(current) ? current[Number(step)] : (current as { readonly [key: string]: Json })[step];
  }
  return current;
}

export function asText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
