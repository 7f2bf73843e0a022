import { canonicalJson, isJsonObject, type Json, type JsonObject } from '../../json.ts';
import type { Call, Calls } from './readCalls.ts';
import { callText } from './sameCall.ts';

/** How alike two calls of the same function are by their arguments, 0..1. */
export type ArgumentLikeness = (called: Call, expected: Call) => number;

/** The share of the expected arguments that were given as expected; further ones do not count, unless none is expected. */
export function shareOfExpected({ arguments: got }: Call, { arguments: wanted }: Call): number {
  if (typeof got === 'string' || typeof wanted === 'string') return got === wanted ? 1 : 0;
  const names = Object.keys(wanted);
  if (names.length === 0) return Object.keys(got).length === 0 ? 1 : 0;
  return names.filter((name) => Object.hasOwn(got, name) && sameJson(got[name], wanted[name])).length / names.length;
}

/** The share of all arguments, given or expected, that are the same in both; a mapping within counts by its own share. */
export function shareOfAll({ arguments: got }: Call, { arguments: wanted }: Call): number {
  if (typeof got === 'string' || typeof wanted === 'string') return got === wanted ? 1 : 0;
  return commonShare(got, wanted);
}

function commonShare(a: JsonObject, b: JsonObject): number {
  if (sameJson(a, b)) return 1;
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  let sum = 0;
  for (const name of names) {
    if (!Object.hasOwn(a, name) || !Object.hasOwn(b, name)) continue;
    const [left, right] = [a[name], b[name]];
    if (sameJson(left, right)) sum += 1;
    else if (isJsonObject(left) && isJsonObject(right)) sum += commonShare(left, right);
  }
  return sum / names.size;
}

function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

/** About half a second. */
const MOST_COMPARED = 20_000_000;
const MOST_PAIRS = 250_000;

/** Why these calls are too many or too long to be compared each with each; null when they are not. */
export function tooManyCalls({ called, expected }: Calls): string | null {
  const pairs = called.length * expected.length;
  if (pairs > MOST_PAIRS)
    return `There are ${called.length} calls and ${expected.length} expected ones, too many to compare.`;
  const size = (calls: readonly Call[]) => calls.reduce((sum, call) => sum + callText(call).length, 0);
  const compared = size(called) * Math.max(1, expected.length) + size(expected) * Math.max(1, called.length);
  return compared > MOST_COMPARED ? 'The arguments are too long to be compared each with each.' : null;
}
