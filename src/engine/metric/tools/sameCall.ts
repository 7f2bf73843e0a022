import { canonicalJson } from '../../json.ts';
import type { Call } from './readCalls.ts';

export const ARGUMENT_MODES = ['exact', 'ignore', 'subset', 'superset'] as const;
export type ArgumentMode = (typeof ARGUMENT_MODES)[number];

/**
 * Whether a call is the expected one: the same name, and arguments that are equal, not looked at, a part of the expected
 * (`subset`), or the expected and perhaps more (`superset`).
 */
export function sameCall(called: Call, expected: Call, mode: ArgumentMode): boolean {
  if (called.name !== expected.name) return false;
  if (mode === 'ignore') return true;
  const [a, b] = [called.arguments, expected.arguments];
  if (mode === 'exact' || typeof a === 'string' || typeof b === 'string') return canonicalJson(a) === canonicalJson(b);
  const [part, whole] = mode === 'subset' ? [a, b] : [b, a];
  return Object.entries(part).every(
    ([name, value]) => Object.hasOwn(whole, name) && canonicalJson(whole[name]) === canonicalJson(value),
  );
}

/**
 * As many pairs of a call and an expected one as can be made, each used once: the largest matching, since with loose arguments
 * a greedy choice may take the wrong partner.
 */
export function matchedCalls(called: readonly Call[], expected: readonly Call[], mode: ArgumentMode): number {
  const partner = new Map<number, number>();
  const assign = (index: number, seen: Set<number>): boolean =>
    expected.some((wanted, at) => {
      if (seen.has(at) || !sameCall(called[index] as Call, wanted, mode)) return false;
      seen.add(at);
      const holder = partner.get(at);
      if (holder !== undefined && !assign(holder, seen)) return false;
      partner.set(at, index);
      return true;
    });
  return called.filter((_, index) => assign(index, new Set())).length;
}

/** The first expected call that was not made, as words; null when all were. */
export function firstMissed(called: readonly Call[], expected: readonly Call[], mode: ArgumentMode): string | null {
  const missed = expected.find((wanted) => !called.some((call) => sameCall(call, wanted, mode)));
  return missed === undefined ? null : callText(missed);
}

/** `find_notes({"query":"budget"})` */
export function callText({ name, arguments: given }: Call): string {
  return `${name}(${typeof given === 'string' ? given : canonicalJson(given)})`;
}
