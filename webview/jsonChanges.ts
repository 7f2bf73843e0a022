import { isJsonObject, type Json } from '../src/engine/json.ts';

/** A place where two JSON values differ; `before` or `after` is missing where only one of them has it. */
export type JsonChange = { readonly path: string; readonly before?: Json; readonly after?: Json };

/** More than this nobody reads one by one. */
const MAX_CHANGES = 200;

/**
 * What differs between two JSON values, member by member and element by element, in the order of the first.
 *
 * @returns null when one of the texts is no JSON object or list, or they differ in too many places
 */
export function jsonChanges(before: string, after: string): readonly JsonChange[] | null {
  const [from, to] = [parse(before), parse(after)];
  if (from === undefined || to === undefined) return null;
  const changes: JsonChange[] = [];
  compare(from, to, '$', changes);
  return changes.length > MAX_CHANGES ? null : changes;
}

function compare(before: Json, after: Json, path: string, changes: JsonChange[]): void {
  if (changes.length > MAX_CHANGES) return;
  if (Array.isArray(before) && Array.isArray(after)) {
    for (let index = 0; index < Math.max(before.length, after.length); index += 1)
      compareMember(before[index], after[index], `${path}[${index}]`, changes);
    return;
  }
  if (isJsonObject(before) && isJsonObject(after)) {
    for (const name of new Set([...Object.keys(before), ...Object.keys(after)]))
      compareMember(own(before, name), own(after, name), member(path, name), changes);
    return;
  }
  if (JSON.stringify(before) !== JSON.stringify(after)) changes.push({ path, before, after });
}

function compareMember(before: Json | undefined, after: Json | undefined, path: string, changes: JsonChange[]): void {
  if (before !== undefined && after !== undefined) compare(before, after, path, changes);
  else if (before !== undefined) changes.push({ path, before });
  else if (after !== undefined) changes.push({ path, after });
}

function own(object: { readonly [name: string]: Json }, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function member(path: string, name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`;
}

function parse(text: string): Json | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
