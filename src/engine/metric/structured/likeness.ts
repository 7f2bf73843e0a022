import { canonicalJson, isJsonObject } from '../../json.ts';
import { editDistance } from '../edit/levenshtein.ts';
import { MAX_STEPS, tableSteps } from '../limits.ts';
import { withoutSharedEnds } from '../text/sharedEnds.ts';
import { spelledJson } from './jsonPair.ts';

/** How alike two JSON values are, 0..1; counts the work, and gives up rather than take too long. */
export type Likeness = {
  /** null as soon as there was too much to compare. */
  readonly of: (got: unknown, expected: unknown) => number | null;
  /** Places where the values differ, the first few: `items.0.price: 12 instead of 13`. */
  readonly differences: readonly Difference[];
};
export type Difference = { readonly path: string; readonly got: unknown; readonly expected: unknown };

/** Nesting that is still compared. */
const MAX_DEPTH = 500;

const SHOWN = 3;

/**
 * Mean over the union of the keys of two objects; sum over the shorter of two lists by the length of the longer; texts by
 * their edit distance, numbers by `numberLikeness`; null and what is not there are alike, and like nothing else; values of
 * two kinds by the texts of their canonical JSON.
 *
 * @param parsesTexts whether a text that spells a list or an object is one
 * Source: JSONDiff of autoevals 0.3.0 with its defaults, on code points instead of UTF-16 units.
 */
export function likeness(parsesTexts: boolean): Likeness {
  let steps = 0;
  const differences: Difference[] = [];
  /** Where the comparison is. */
  const path: string[] = [];

  const text = (got: string, expected: string): number | null => {
    if (got === expected) return 1;
    const rest = withoutSharedEnds(got, expected);
    steps += tableSteps(rest.a.length, rest.b.length);
    const edit = steps > MAX_STEPS ? null : editDistance(got, expected);
    return edit === null ? null : 1 - edit.distance / Math.max(...edit.lengths);
  };

  const leaf = (got: unknown, expected: unknown): number | null => {
    if (typeof got === 'string' && typeof expected === 'string') return text(got, expected);
    if (typeof got === 'number' && typeof expected === 'number') return numberLikeness(got, expected);
    const [none, noneExpected] = [isNothing(got), isNothing(expected)];
    if (none || noneExpected) return none === noneExpected ? 1 : 0;
    if (isTooDeep(got) || isTooDeep(expected)) return null;
    return text(canonicalJson(got), canonicalJson(expected));
  };

  const compare = (one: unknown, other: unknown): number | null => {
    if (path.length > MAX_DEPTH) return null;
    const [got, expected] = parsesTexts ? [spelledJson(one), spelledJson(other)] : [one, other];
    const places = placesOf(got, expected);
    if (places === null) {
      const alike = leaf(got, expected);
      if (alike !== 1 && differences.length < SHOWN) differences.push({ path: path.join('.'), got, expected });
      return alike;
    }
    let sum = 0;
    for (const place of places) {
      path.push(place);
      const alike = compare(memberOf(got, place), memberOf(expected, place));
      path.pop();
      if (alike === null) return null;
      sum += alike;
    }
    const divisor =
      Array.isArray(got) && Array.isArray(expected) ? Math.max(got.length, expected.length) : places.length;
    return divisor === 0 ? 1 : sum / divisor;
  };

  return { of: (got, expected) => compare(got, expected), differences };
}

/**
 * How near two numbers are for their size, 0..1: 1 - |e - o| / (|e| + |o|), 1 when both are 0.
 *
 * Source: NumericDiff of autoevals 0.3.0.
 */
export function numberLikeness(got: number, expected: number): number {
  if (got === expected) return 1;
  const size = Math.abs(expected) + Math.abs(got);
  // Numbers whose sum is beyond the largest one are halved first; of infinities nothing is near.
  if (size === Infinity) {
    const infinite = !Number.isFinite(got) || !Number.isFinite(expected);
    return infinite ? 0 : numberLikeness(got / 2, expected / 2);
  }
  return 1 - Math.abs(expected - got) / size;
}

/** Where two objects, or two lists, are compared; null when they are not two of one kind. */
function placesOf(got: unknown, expected: unknown): readonly string[] | null {
  if (Array.isArray(got) && Array.isArray(expected)) {
    return Array.from({ length: Math.min(got.length, expected.length) }, (_, index) => String(index));
  }
  if (!isJsonObject(got) || !isJsonObject(expected)) return null;
  return [...new Set([...Object.keys(got), ...Object.keys(expected)])];
}

function memberOf(value: unknown, place: string): unknown {
  const isOwn = typeof value === 'object' && value !== null && Object.hasOwn(value, place);
  return isOwn ? (value as Record<string, unknown>)[place] : undefined;
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined;
}

/** Whether a value is nested too deep for a function that calls itself, such as JSON.stringify. */
function isTooDeep(value: unknown): boolean {
  const open: [unknown, number][] = [[value, 0]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [one, depth] = next;
    if (typeof one !== 'object' || one === null) continue;
    if (depth > MAX_DEPTH) return true;
    for (const member of Object.values(one)) open.push([member, depth + 1]);
  }
  return false;
}
