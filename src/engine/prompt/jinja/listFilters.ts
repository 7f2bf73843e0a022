import type { Args, Shape, Toolbox } from './jinjaCall.ts';
import { JinjaValueError } from './jinjaError.ts';
import {
  checkItems,
  checkLength,
  compare,
  describe,
  float,
  isDict,
  isEqual,
  isFloat,
  isTrue,
  itemAt,
  iterate,
  type JinjaValue,
  lengthOf,
  numberOf,
  Tuple,
  textOf,
  Undefined,
} from './jinjaValue.ts';

export type ListFilter = Shape & { readonly run: (value: JinjaValue, args: Args, tools: Toolbox) => JinjaValue };

/** Filters over lists and mappings; names and results are Jinja2's. */
export const LIST_FILTERS: ReadonlyMap<string, ListFilter> = new Map<string, ListFilter>([
  ['list', { params: [], run: (value) => iterate(value) }],
  ['join', { params: ['d?', 'attribute?'], run: join }],
  ['first', { params: [], run: (value) => iterate(value)[0] ?? new Undefined('first') }],
  ['last', { params: [], run: (value) => iterate(value).at(-1) ?? new Undefined('last') }],
  ['reverse', { params: [], run: reverse }],
  ['sort', { params: ['reverse?', 'case_sensitive?', 'attribute?'], run: sort }],
  ['unique', { params: ['case_sensitive?', 'attribute?'], run: unique }],
  ['min', { params: ['case_sensitive?', 'attribute?'], run: (value, args) => extreme(value, args, -1) }],
  ['max', { params: ['case_sensitive?', 'attribute?'], run: (value, args) => extreme(value, args, 1) }],
  ['sum', { params: ['attribute?', 'start?'], run: sum }],
  ['items', { params: [], run: (value) => (value instanceof Undefined ? [] : entriesOf(value)) }],
  ['dictsort', { params: ['case_sensitive?', 'by?', 'reverse?'], run: dictSort }],
  ['batch', { params: ['linecount', 'fill_with?'], run: batch }],
  ['slice', { params: ['slices', 'fill_with?'], run: slice }],
  ['groupby', { params: ['attribute', 'default?', 'case_sensitive?'], run: groupBy }],
  ['map', { params: ['*'], run: map }],
  ['select', { params: ['*'], run: (value, args, tools) => filtered(value, args, tools, true, false) }],
  ['reject', { params: ['*'], run: (value, args, tools) => filtered(value, args, tools, false, false) }],
  ['selectattr', { params: ['*'], run: (value, args, tools) => filtered(value, args, tools, true, true) }],
  ['rejectattr', { params: ['*'], run: (value, args, tools) => filtered(value, args, tools, false, true) }],
]);

/** Pairs of a mapping. @throws JinjaValueError for anything else */
export function entriesOf(value: JinjaValue): readonly Tuple[] {
  if (!isDict(value)) throw new JinjaValueError(`Only a mapping has items, not ${describe(value)}.`);
  return Object.entries(value).map((entry) => new Tuple(entry));
}

/** Reads `a.b.0` of an item. */
function attributeReader(attribute: JinjaValue | undefined, fallback?: JinjaValue): (item: JinjaValue) => JinjaValue {
  if (attribute === undefined || attribute === null) return (item) => item;
  const steps: readonly JinjaValue[] =
    typeof attribute === 'string'
      ? attribute.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step))
      : [attribute];
  return (item) => {
    let value = item;
    for (const step of steps) {
      value = itemAt(value, step);
      if (value instanceof Undefined && fallback !== undefined) return fallback;
    }
    return value;
  };
}

/** Texts without regard to case, unless asked otherwise. */
function sortKey(args: Args): (item: JinjaValue) => JinjaValue {
  const attribute = attributeReader(args.get('attribute'));
  if (args.flag('case_sensitive')) return attribute;
  return (item) => {
    const value = attribute(item);
    return typeof value === 'string' ? value.toLowerCase() : value;
  };
}

function join(value: JinjaValue, args: Args): JinjaValue {
  const attribute = attributeReader(args.get('attribute'));
  const texts = iterate(value).map((item) => textOf(attribute(item)));
  const between = args.text('d') ?? '';
  checkLength(texts.reduce((length, text) => length + text.length + between.length, 0));
  return texts.join(between);
}

function reverse(value: JinjaValue): JinjaValue {
  return typeof value === 'string' ? [...value].reverse().join('') : [...iterate(value)].reverse();
}

function sort(value: JinjaValue, args: Args): JinjaValue {
  const { text } = { text: args.get('attribute') };
  const names = typeof text === 'string' ? text.split(',') : [text];
  const readers = names.map((name) => {
    const reader = attributeReader(name);
    return (item: JinjaValue) => {
      const key = reader(item);
      return typeof key === 'string' && !args.flag('case_sensitive') ? key.toLowerCase() : key;
    };
  });
  const sign = args.flag('reverse') ? -1 : 1;
  const keyed = iterate(value).map((item) => ({ item, keys: readers.map((reader) => reader(item)) }));
  keyed.sort((a, b) => sign * compare(a.keys, b.keys));
  return keyed.map(({ item }) => item);
}

function unique(value: JinjaValue, args: Args): JinjaValue {
  const key = sortKey(args);
  const seen: JinjaValue[] = [];
  const texts = new Set<string>();
  return iterate(value).filter((item) => {
    const found = key(item);
    if (typeof found === 'string') {
      const isNew = !texts.has(found);
      texts.add(found);
      return isNew;
    }
    if (seen.some((earlier) => isEqual(earlier, found))) return false;
    // Comparing every pair would take too long for many items that are no texts.
    checkItems(seen.length * 100);
    seen.push(found);
    return true;
  });
}

function extreme(value: JinjaValue, args: Args, sign: 1 | -1): JinjaValue {
  const key = sortKey(args);
  const items = iterate(value);
  let best: JinjaValue = items[0] ?? new Undefined(sign > 0 ? 'max' : 'min');
  for (const item of items.slice(1)) if (compare(key(item), key(best)) * sign > 0) best = item;
  return best;
}

function sum(value: JinjaValue, args: Args): JinjaValue {
  const attribute = attributeReader(args.get('attribute'));
  const addends = [args.get('start') ?? 0, ...iterate(value).map(attribute)];
  const total = addends.reduce((sofar: number, item) => {
    const number = numberOf(item);
    if (number === null) throw new JinjaValueError(`A sum is made of numbers, not of ${describe(item)}.`);
    return sofar + number;
  }, 0);
  return addends.some(isFloat) ? float(total) : total;
}

function dictSort(value: JinjaValue, args: Args): JinjaValue {
  const by = args.text('by') ?? 'key';
  if (by !== 'key' && by !== 'value') throw new JinjaValueError('A mapping is sorted by "key" or by "value".');
  const index = by === 'key' ? 0 : 1;
  const key = (entry: Tuple): JinjaValue => {
    const part = entry.items[index] ?? null;
    return typeof part === 'string' && !args.flag('case_sensitive') ? part.toLowerCase() : part;
  };
  const sign = args.flag('reverse') ? -1 : 1;
  return [...entriesOf(value)].sort((a, b) => sign * compare(key(a), key(b)));
}

function batch(value: JinjaValue, args: Args): JinjaValue {
  const size = args.integer('linecount', 1);
  if (size < 1) throw new JinjaValueError('A batch has at least one item.');
  const items = iterate(value);
  const fill = args.get('fill_with') ?? null;
  const rows: JinjaValue[][] = [];
  for (let at = 0; at < items.length; at += size) rows.push(items.slice(at, at + size));
  const last = rows.at(-1);
  if (fill !== null && last) {
    checkItems(size);
    while (last.length < size) last.push(fill);
  }
  return rows;
}

function slice(value: JinjaValue, args: Args): JinjaValue {
  const count = args.integer('slices', 1);
  checkItems(count);
  if (count < 1) throw new JinjaValueError('There is at least one slice.');
  const items = iterate(value);
  const fill = args.get('fill_with') ?? null;
  const [least, more] = [Math.floor(items.length / count), items.length % count];
  let at = 0;
  return Array.from({ length: count }, (_, index) => {
    const size = least + (index < more ? 1 : 0);
    const row = items.slice(at, at + size);
    at += size;
    return fill !== null && index >= more ? [...row, fill] : row;
  });
}

function groupBy(value: JinjaValue, args: Args): JinjaValue {
  const reader = attributeReader(args.get('attribute'), args.get('default'));
  const fold = (key: JinjaValue) => (typeof key === 'string' && !args.flag('case_sensitive') ? key.toLowerCase() : key);
  const keyed = iterate(value).map((item) => ({ item, shown: reader(item), key: fold(reader(item)) }));
  keyed.sort((a, b) => compare(a.key, b.key));
  const groups: { readonly shown: JinjaValue; readonly key: JinjaValue; readonly items: JinjaValue[] }[] = [];
  for (const { item, shown, key } of keyed) {
    const last = groups.at(-1);
    if (last && isEqual(last.key, key)) last.items.push(item);
    else groups.push({ shown, key, items: [item] });
  }
  return groups.map(({ shown, items }) => new Tuple([shown, items], ['grouper', 'list']));
}

function map(value: JinjaValue, { given }: Args, tools: Toolbox): JinjaValue {
  const [name, ...positional] = given.positional;
  if (name === undefined) {
    if (!given.named.has('attribute')) throw new JinjaValueError('map wants a filter, or attribute="…".');
    return iterate(value).map(attributeReader(given.named.get('attribute'), given.named.get('default')));
  }
  return iterate(value).map((item) => tools.filter(textOf(name), item, { positional, named: given.named }));
}

function filtered(
  value: JinjaValue,
  { given }: Args,
  tools: Toolbox,
  wanted: boolean,
  byAttribute: boolean,
): JinjaValue {
  const [attribute, ...others] = byAttribute ? given.positional : [null, ...given.positional];
  if (attribute === undefined) throw new JinjaValueError('The name of an attribute is missing.');
  const [name, ...positional] = others;
  const reader = attributeReader(attribute);
  const holds = (item: JinjaValue) =>
    name === undefined ? isTrue(item) : tools.test(textOf(name), item, { positional, named: given.named });
  return iterate(value).filter((item) => holds(reader(item)) === wanted);
}

/** The length of what a list filter is given, to be counted as work. */
export function workOf(value: JinjaValue): number {
  return isDict(value) || Array.isArray(value) || value instanceof Tuple ? lengthOf(value) : 1;
}
