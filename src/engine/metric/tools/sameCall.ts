import { canonicalJson, isJsonObject, type JsonObject, jsonAtPath } from '../../json.ts';
import type { Call } from './readCalls.ts';

export const ARGUMENT_MODES = ['exact', 'ignore', 'subset', 'superset'] as const;
export type ArgumentMode = (typeof ARGUMENT_MODES)[number];

/** How the arguments of one function are compared; a list names those that must be equal, the others do not count. */
export type ArgumentRule = ArgumentMode | readonly string[];

/** Whether a call is the expected one. */
export type SameCall = (called: Call, expected: Call) => boolean;

/**
 * A call is the expected one when it has the same name, and arguments that are equal, not looked at, a part of the expected
 * (`subset`), or the expected and perhaps more (`superset`).
 *
 * @param overrides other rules for the functions named there
 */
export function sameCallBy(mode: ArgumentMode, overrides: { readonly [name: string]: ArgumentRule } = {}): SameCall {
  return (called, expected) => {
    if (called.name !== expected.name) return false;
    const own = Object.hasOwn(overrides, expected.name) ? overrides[expected.name] : undefined;
    return argumentsHold(called, expected, own ?? mode);
  };
}

function argumentsHold({ arguments: a }: Call, { arguments: b }: Call, rule: ArgumentRule): boolean {
  if (rule === 'ignore') return true;
  if (rule === 'exact' || typeof a === 'string' || typeof b === 'string') return canonicalJson(a) === canonicalJson(b);
  if (typeof rule !== 'string') return rule.every((path) => valueAt(a, path) === valueAt(b, path));
  const [part, whole] = rule === 'subset' ? [a, b] : [b, a];
  return Object.entries(part).every(
    ([name, value]) => Object.hasOwn(whole, name) && canonicalJson(whole[name]) === canonicalJson(value),
  );
}

function valueAt(given: JsonObject, path: string): string | undefined {
  const value = jsonAtPath(given, path);
  return value === undefined ? undefined : canonicalJson(value);
}

/** The same calls without some arguments, and with defaults for those that were left out. */
export function withDefaults(
  calls: readonly Call[],
  { ignore = [], defaults = {} }: { readonly ignore?: readonly string[]; readonly defaults?: JsonObject },
): readonly Call[] {
  return calls.map((call) => {
    if (!isJsonObject(call.arguments)) return call;
    const given = Object.entries({ ...defaults, ...call.arguments }).filter(([name]) => !ignore.includes(name));
    return { name: call.name, arguments: Object.fromEntries(given) };
  });
}

/**
 * As many pairs of a call and an expected one as can be made, each used once: the largest matching, since with loose arguments
 * a greedy choice may take the wrong partner.
 */
export function matchedCalls(called: readonly Call[], expected: readonly Call[], same: SameCall): number {
  const partner = new Map<number, number>();
  const assign = (index: number, seen: Set<number>): boolean =>
    expected.some((wanted, at) => {
      if (seen.has(at) || !same(called[index] as Call, wanted)) return false;
      seen.add(at);
      const holder = partner.get(at);
      if (holder !== undefined && !assign(holder, seen)) return false;
      partner.set(at, index);
      return true;
    });
  return called.filter((_, index) => assign(index, new Set())).length;
}

/** The first expected call that was not made, as words; null when all were. */
export function firstMissed(called: readonly Call[], expected: readonly Call[], same: SameCall): string | null {
  const missed = expected.find((wanted) => !called.some((call) => same(call, wanted)));
  return missed === undefined ? null : callText(missed);
}

/** `find_notes({"query":"budget"})` */
export function callText({ name, arguments: given }: Call): string {
  return `${name}(${typeof given === 'string' ? given : canonicalJson(given)})`;
}
