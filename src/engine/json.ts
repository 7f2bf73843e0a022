/** A value that JSON can carry. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * JSON text that is the same for equal values: object keys sorted by code unit, no white space.
 * `undefined` members are left out, as JSON.stringify does.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) => {
    if (!isJsonObject(member)) return member;
    const sorted: [string, Json][] = Object.entries(member).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    // Object.fromEntries defines own properties, so a key named __proto__ stays data.
    return Object.fromEntries(sorted);
  });
}

/**
 * The value at a dotted path, own properties only: `category`, `items.0.name`, or `$` for the whole value.
 *
 * @returns undefined when any step is missing; array steps are non-negative integers.
 */
export function jsonAtPath(value: unknown, path: string): unknown {
  let current: unknown = value;
  for (const step of pathSteps(path)) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, step)) return undefined;
    current = (current as Record<string, unknown>)[step];
  }
  return current;
}

/** Steps of a dotted path; `[0]` and a leading `$` are accepted as in JSONPath's plainest form. */
function pathSteps(path: string): string[] {
  return path
    .replace(/^\$/, '')
    .replace(/\[(\d+)\]/g, '.$1')
    .split('.')
    .filter((step) => step !== '');
}
