import { Args, argumentProblem } from './jinjaCall.ts';
import { JinjaValueError } from './jinjaError.ts';
import {
  Callable,
  checkLength,
  describe,
  isDict,
  isEqual,
  itemsOf,
  iterate,
  type JinjaDict,
  type JinjaValue,
  Tuple,
} from './jinjaValue.ts';
import { entriesOf } from './listFilters.ts';
import { capitalize, center, countOf, split, splitLines, strip, titleCase } from './pythonText.ts';
import { replaced } from './textFilters.ts';

type Method<T> = { readonly params: readonly string[]; readonly run: (value: T, args: Args) => JinjaValue };

const TEXT_METHODS: ReadonlyMap<string, Method<string>> = new Map<string, Method<string>>([
  ['strip', { params: ['chars?'], run: (value, args) => strip(value, args.text('chars'), 'both') }],
  ['lstrip', { params: ['chars?'], run: (value, args) => strip(value, args.text('chars'), 'left') }],
  ['rstrip', { params: ['chars?'], run: (value, args) => strip(value, args.text('chars'), 'right') }],
  ['upper', { params: [], run: (value) => value.toUpperCase() }],
  ['lower', { params: [], run: (value) => value.toLowerCase() }],
  ['title', { params: [], run: titleCase }],
  ['capitalize', { params: [], run: capitalize }],
  ['split', { params: ['sep?', 'maxsplit?'], run: (value, args) => splitBy(value, args, false) }],
  ['rsplit', { params: ['sep?', 'maxsplit?'], run: (value, args) => splitBy(value, args, true) }],
  ['splitlines', { params: [], run: splitLines }],
  ['join', { params: ['iterable'], run: joinBy }],
  ['replace', { params: ['old', 'new', 'count?'], run: replaceBy }],
  [
    'startswith',
    { params: ['prefix'], run: (value, args) => parts(args, 'prefix').some((one) => value.startsWith(one)) },
  ],
  ['endswith', { params: ['suffix'], run: (value, args) => parts(args, 'suffix').some((one) => value.endsWith(one)) }],
  ['find', { params: ['sub'], run: (value, args) => place(value, value.indexOf(wanted(args, 'sub'))) }],
  ['count', { params: ['sub'], run: (value, args) => countOf(value, wanted(args, 'sub')) }],
  ['center', { params: ['width'], run: (value, args) => center(value, checked(args.integer('width', 0))) }],
  ['isdigit', { params: [], run: (value) => /^\p{Nd}+$/u.test(value) }],
  ['isalpha', { params: [], run: (value) => /^\p{L}+$/u.test(value) }],
  ['isspace', { params: [], run: (value) => /^\s+$/.test(value) }],
]);

const DICT_METHODS: ReadonlyMap<string, Method<JinjaDict>> = new Map<string, Method<JinjaDict>>([
  ['items', { params: [], run: (value) => entriesOf(value) }],
  ['keys', { params: [], run: (value) => Object.keys(value) }],
  ['values', { params: [], run: (value) => Object.values(value) }],
  ['get', { params: ['key', 'default?'], run: getOf }],
]);

const LIST_METHODS: ReadonlyMap<string, Method<readonly JinjaValue[]>> = new Map<string, Method<readonly JinjaValue[]>>(
  [
    ['index', { params: ['value'], run: indexOf }],
    [
      'count',
      {
        params: ['value'],
        run: (items, args) => items.filter((item) => isEqual(item, args.get('value') ?? null)).length,
      },
    ],
  ],
);

/** Every method that may be called; each gives a value and changes nothing. */
export const METHOD_NAMES: ReadonlySet<string> = new Set([
  ...TEXT_METHODS.keys(),
  ...DICT_METHODS.keys(),
  ...LIST_METHODS.keys(),
]);

/** Names that Python's mappings keep for themselves, so that `.name` never reads a key. */
const DICT_NAMES: readonly string[] = ['clear', 'copy', 'fromkeys', 'pop', 'popitem', 'setdefault', 'update'];

/**
 * The method of a value; null where a value of its kind has none of that name.
 *
 * @throws JinjaValueError for a method that Python has and a template may not call
 */
export function methodOf(value: JinjaValue, name: string): Callable | null {
  if (typeof value === 'string') return bound(TEXT_METHODS.get(name), name, value);
  const items = itemsOf(value);
  if (items) return bound(LIST_METHODS.get(name), name, items);
  if (!isDict(value)) return null;
  if (DICT_NAMES.includes(name)) {
    const remedy = `Write ["${name}"] to read a key of that name.`;
    throw new JinjaValueError(`.${name} is a method of mappings that cannot be called here.`, remedy);
  }
  return bound(DICT_METHODS.get(name), name, value);
}

function bound<T>(method: Method<T> | undefined, name: string, value: T): Callable | null {
  if (!method) return null;
  return new Callable(name, (positional, named) => {
    const problem = argumentProblem(name, method, { positional: positional.length, named: [...named.keys()] });
    if (problem) throw new JinjaValueError(problem, 'Correct its arguments.');
    return method.run(value, new Args({ positional, named }, method));
  });
}

function splitBy(value: string, args: Args, fromRight: boolean): JinjaValue {
  const separator = args.text('sep');
  if (separator === '') throw new JinjaValueError('A text cannot be split at nothing.');
  return split(value, separator, args.integer('maxsplit', -1), fromRight);
}

function joinBy(value: string, args: Args): JinjaValue {
  const texts = iterate(args.get('iterable') ?? null).map((item) => {
    if (typeof item === 'string') return item;
    throw new JinjaValueError(`.join takes texts only, not ${describe(item)}.`, 'Use the filter: list | join(", ").');
  });
  checkLength(texts.reduce((length, text) => length + text.length + value.length, 0));
  return texts.join(value);
}

function replaceBy(value: string, args: Args): JinjaValue {
  return replaced(value, wanted(args, 'old'), wanted(args, 'new'), args.integer('count', -1));
}

/** One text, or any of a tuple of texts. */
function parts(args: Args, name: string): readonly string[] {
  const value = args.get(name);
  if (value instanceof Tuple) return value.items.filter((item) => typeof item === 'string');
  return [wanted(args, name)];
}

function wanted(args: Args, name: string): string {
  const value = args.get(name) ?? null;
  if (typeof value === 'string') return value;
  throw new JinjaValueError(`A text is wanted here, not ${describe(value)}.`);
}

/** Places count characters. */
function place(value: string, index: number): number {
  return index < 0 ? index : [...value.slice(0, index)].length;
}

function checked(width: number): number {
  checkLength(width);
  return width;
}

function getOf(value: JinjaDict, args: Args): JinjaValue {
  const key = args.get('key') ?? null;
  const isThere = typeof key === 'string' && Object.hasOwn(value, key);
  return isThere ? (value[key] ?? null) : (args.get('default') ?? null);
}

function indexOf(items: readonly JinjaValue[], args: Args): JinjaValue {
  const index = items.findIndex((item) => isEqual(item, args.get('value') ?? null));
  if (index === -1) throw new JinjaValueError('The value is not in the list.');
  return index;
}
