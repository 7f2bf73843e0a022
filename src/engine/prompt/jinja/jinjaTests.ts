import type { Args, Shape } from './jinjaCall.ts';
import { JinjaValueError } from './jinjaError.ts';
import {
  Callable,
  compare,
  describe,
  isDict,
  isEqual,
  isFloat,
  itemsOf,
  iterate,
  type JinjaValue,
  Loop,
  numberOf,
  textOf,
  Undefined,
} from './jinjaValue.ts';

type JinjaTest = Shape & { readonly run: (value: JinjaValue, args: Args) => boolean };

const OTHER = ['other'];

/** What may stand behind `is`; names and meanings are Jinja2's. */
export const JINJA_TESTS: ReadonlyMap<string, JinjaTest> = new Map<string, JinjaTest>([
  ['defined', plain((value) => !(value instanceof Undefined))],
  ['undefined', plain((value) => value instanceof Undefined)],
  ['none', plain((value) => value === null)],
  ['true', plain((value) => value === true)],
  ['false', plain((value) => value === false)],
  ['boolean', plain((value) => typeof value === 'boolean')],
  ['string', plain((value) => typeof value === 'string')],
  ['number', plain((value) => numberOf(value) !== null)],
  ['integer', plain((value) => typeof value === 'number' && Number.isInteger(value))],
  ['float', plain(isFloat)],
  ['mapping', plain(isDict)],
  ['sequence', plain((value) => typeof value === 'string' || itemsOf(value) !== null || isDict(value))],
  ['iterable', plain(isIterable)],
  ['callable', plain((value) => value instanceof Callable)],
  ['lower', plain((value) => isCased(textOf(value), textOf(value).toLowerCase()))],
  ['upper', plain((value) => isCased(textOf(value), textOf(value).toUpperCase()))],
  ['even', plain((value) => whole(value) % 2 === 0)],
  ['odd', plain((value) => Math.abs(whole(value) % 2) === 1)],
  ['divisibleby', { params: ['num'], run: (value, args) => whole(value) % whole(args.get('num') ?? null) === 0 }],
  ['in', { params: ['seq'], run: (value, args) => contains(args.get('seq') ?? null, value) }],
  ['sameas', { params: OTHER, run: (value, args) => value === args.get('other') }],
  ...named(['eq', 'equalto', '=='], (value, other) => isEqual(value, other)),
  ...named(['ne', '!='], (value, other) => !isEqual(value, other)),
  ...named(['lt', 'lessthan', '<'], (value, other) => compare(value, other) < 0),
  ...named(['le', '<='], (value, other) => compare(value, other) <= 0),
  ...named(['gt', 'greaterthan', '>'], (value, other) => compare(value, other) > 0),
  ...named(['ge', '>='], (value, other) => compare(value, other) >= 0),
]);

/**
 * Python's `in`: a part of a text, a key of a mapping, an item of a list.
 *
 * @throws JinjaValueError for what holds nothing
 */
export function contains(container: JinjaValue, value: JinjaValue): boolean {
  if (typeof container === 'string') {
    if (typeof value !== 'string') throw new JinjaValueError(`Only a text can be in a text, not ${describe(value)}.`);
    return container.includes(value);
  }
  if (isDict(container)) return typeof value === 'string' && Object.hasOwn(container, value);
  return iterate(container).some((item) => isEqual(item, value));
}

function plain(run: (value: JinjaValue) => boolean): JinjaTest {
  return { params: [], run };
}

function named(
  names: readonly string[],
  run: (value: JinjaValue, other: JinjaValue) => boolean,
): (readonly [string, JinjaTest])[] {
  return names.map((name) => [name, { params: OTHER, run: (value, args) => run(value, args.get('other') ?? null) }]);
}

function isIterable(value: JinjaValue): boolean {
  return (
    typeof value === 'string' ||
    itemsOf(value) !== null ||
    isDict(value) ||
    value instanceof Undefined ||
    value instanceof Loop
  );
}

function isCased(value: string, cased: string): boolean {
  return value === cased && value.toLowerCase() !== value.toUpperCase();
}

function whole(value: JinjaValue): number {
  const number = numberOf(value);
  if (number === null) throw new JinjaValueError(`A number is wanted here, not ${describe(value)}.`);
  return number;
}
