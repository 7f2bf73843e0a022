import { JinjaValueError } from './jinjaError.ts';
import { pythonFloat, pythonQuote } from './pythonText.ts';

/** What an expression comes to: JSON, read as Python would read it, and the few kinds of values that JSON has not. */
export type JinjaValue = null | boolean | number | string | Special | readonly JinjaValue[] | JinjaDict;
export type JinjaDict = { readonly [key: string]: JinjaValue };

/** Values that are no data of the user: whatever is not JSON extends it, so that a mapping is never mistaken for one. */
abstract class Special {
  abstract readonly kind: string;
}

/** A number with a fraction of zero that Python would show as `2.0`. */
export class Float extends Special {
  readonly kind = 'float';
  constructor(readonly value: number) {
    super();
  }
}

export class Tuple extends Special {
  readonly kind = 'tuple';
  constructor(
    readonly items: readonly JinjaValue[],
    /** As `grouper` and `list` of what groupby gives. */
    readonly names: readonly string[] = [],
  ) {
    super();
  }
}

/** What is not there. It shows as nothing and is false; computing with it fails. */
export class Undefined extends Special {
  readonly kind = 'undefined';
  constructor(readonly name: string) {
    super();
  }
}

/** The only thing that a template can change: made by `namespace()`. */
export class Namespace extends Special {
  readonly kind = 'namespace';
  constructor(readonly values: Map<string, JinjaValue>) {
    super();
  }
}

/** Something to be called: a macro, `loop.cycle`, `text.upper`. */
export class Callable extends Special {
  readonly kind = 'callable';
  constructor(
    readonly name: string,
    readonly call: (positional: readonly JinjaValue[], named: ReadonlyMap<string, JinjaValue>) => JinjaValue,
  ) {
    super();
  }
}

/** `loop`. */
export class Loop extends Special {
  readonly kind = 'loop';
  constructor(readonly values: ReadonlyMap<string, JinjaValue>) {
    super();
  }
}

export function isDict(value: JinjaValue): value is JinjaDict {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Special);
}

/** The items of a list or tuple; null for anything else. */
export function itemsOf(value: JinjaValue): readonly JinjaValue[] | null {
  if (value instanceof Tuple) return value.items;
  return Array.isArray(value) ? value : null;
}

/** Integers and floats; booleans count as 0 and 1. */
export function numberOf(value: JinjaValue): number | null {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  return value instanceof Float ? value.value : null;
}

export function isFloat(value: JinjaValue): boolean {
  return value instanceof Float || (typeof value === 'number' && !Number.isInteger(value));
}

/** A result of Python's float arithmetic. */
export function float(value: number): JinjaValue {
  return Number.isInteger(value) ? new Float(value) : value;
}

export function isTrue(value: JinjaValue): boolean {
  if (value instanceof Float) return value.value !== 0;
  if (value instanceof Tuple) return value.items.length > 0;
  if (value instanceof Undefined) return false;
  if (Array.isArray(value)) return value.length > 0;
  return isDict(value) ? Object.keys(value).length > 0 : Boolean(value);
}

/** The value as `{{ }}` shows it: as Python's `str`. */
export function textOf(value: JinjaValue): string {
  return typeof value === 'string' ? value : value instanceof Undefined ? '' : represent(value);
}

const MAX_DEPTH = 200;

/** The value as it stands in a list: as Python's `repr`. */
export function represent(value: JinjaValue, depth = 0): string {
  if (depth > MAX_DEPTH) throw new JinjaValueError('The value is nested too deeply to be shown.');
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return pythonQuote(value);
  if (typeof value === 'number') return Number.isInteger(value) ? String(BigInt(value)) : pythonFloat(value);
  const inner = (item: JinjaValue) => represent(item, depth + 1);
  if (isDict(value)) {
    return `{${Object.entries(value)
      .map(([key, item]) => `${pythonQuote(key)}: ${inner(item)}`)
      .join(', ')}}`;
  }
  if (!(value instanceof Special)) return `[${value.map(inner).join(', ')}]`;
  if (value instanceof Float) return pythonFloat(value.value);
  if (value instanceof Tuple) return `(${value.items.map(inner).join(', ')}${value.items.length === 1 ? ',' : ''})`;
  if (value instanceof Undefined) return 'Undefined';
  throw new JinjaValueError(`${describe(value)} cannot be shown.`, 'Show what it holds or gives instead.');
}

/** What a value is, for messages. */
export function describe(value: JinjaValue): string {
  if (value === null) return 'none';
  if (value instanceof Undefined) return `"${value.name}", which has no value,`;
  if (value instanceof Callable) return `The function "${value.name}"`;
  if (value instanceof Tuple) return 'a tuple';
  if (value instanceof Special && value.kind !== 'float') return `A ${value.kind}`;
  if (typeof value === 'string') return 'a text';
  if (typeof value === 'boolean') return 'a boolean';
  if (numberOf(value) !== null) return 'a number';
  return isDict(value) ? 'a mapping' : 'a list';
}

/** Python's `==`. */
export function isEqual(a: JinjaValue, b: JinjaValue, depth = 0): boolean {
  if (depth > MAX_DEPTH) throw new JinjaValueError('The values are nested too deeply to be compared.');
  if (a === b) return true;
  const [x, y] = [numberOf(a), numberOf(b)];
  if (x !== null || y !== null) return x === y;
  if (a instanceof Undefined) return b instanceof Undefined;
  const [left, right] = [itemsOf(a), itemsOf(b)];
  if (left && right) {
    if (a instanceof Tuple !== b instanceof Tuple || left.length !== right.length) return false;
    return left.every((item, index) => isEqual(item, right[index] ?? null, depth + 1));
  }
  if (!isDict(a) || !isDict(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isEqual(a[key] ?? null, b[key] ?? null, depth + 1))
  );
}

/**
 * Python's order: numbers, texts by code point, lists by their items.
 *
 * @throws JinjaValueError for values without an order
 */
export function compare(a: JinjaValue, b: JinjaValue): number {
  const [x, y] = [numberOf(a), numberOf(b)];
  if (x !== null && y !== null) return x - y;
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, b);
  const [left, right] = [itemsOf(a), itemsOf(b)];
  if (left && right && a instanceof Tuple === b instanceof Tuple) {
    for (const [index, item] of left.entries()) {
      const other = right[index];
      if (other === undefined) return 1;
      if (!isEqual(item, other)) return compare(item, other);
    }
    return left.length - right.length;
  }
  throw new JinjaValueError(`There is no order between ${describe(a)} and ${describe(b)}.`);
}

/** By code point, which differs from JavaScript's order only between surrogates and what stands above them. */
function compareTexts(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  for (const [index, character] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    const difference = (character.codePointAt(0) ?? 0) - (other.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/**
 * What a loop goes over: items of a list, characters of a text, keys of a mapping, nothing for what is not there.
 *
 * @throws JinjaValueError for what cannot be looped over
 */
export function iterate(value: JinjaValue): readonly JinjaValue[] {
  const items = itemsOf(value);
  if (items) return items;
  if (typeof value === 'string') return [...value];
  if (value instanceof Undefined) return [];
  if (isDict(value)) return Object.keys(value);
  throw new JinjaValueError(`A loop cannot go over ${describe(value)}.`);
}

/** @throws JinjaValueError for what has no length */
export function lengthOf(value: JinjaValue): number {
  if (typeof value === 'string' && !/[\ud800-\udbff]/.test(value)) return value.length;
  if (value === null || numberOf(value) !== null || value instanceof Callable || value instanceof Namespace)
    throw new JinjaValueError(`${describe(value)} has no length.`);
  return iterate(value).length;
}

/** An own member: of a mapping by its key, of a list or text by an index, which may count from the end. */
export function itemAt(value: JinjaValue, key: JinjaValue): JinjaValue {
  if (value instanceof Undefined) throw missing(value);
  if (isDict(value)) {
    const name = typeof key === 'string' ? key : represent(key);
    const isThere = typeof key === 'string' && Object.hasOwn(value, name);
    return isThere ? (value[name] ?? null) : new Undefined(name);
  }
  const sequence = typeof value === 'string' ? [...value] : itemsOf(value);
  const index = numberOf(key);
  if (sequence && index !== null && !isFloat(key)) {
    return sequence[index < 0 ? sequence.length + index : index] ?? new Undefined(String(index));
  }
  return new Undefined(textOf(key));
}

export function missing(value: Undefined): JinjaValueError {
  const remedy = `Give it a value, or write {{ ${value.name} | default("") }}.`;
  return new JinjaValueError(`"${value.name}" has no value.`, remedy);
}

/** Bounds what one step can make. */
const MAX_TEXT = 20_000_000;
const MAX_ITEMS = 1_000_000;

export function checkLength(length: number): void {
  if (length > MAX_TEXT) throw tooLarge();
}

export function checkItems(count: number): void {
  if (count > MAX_ITEMS) throw tooLarge();
}

function tooLarge(): JinjaValueError {
  return new JinjaValueError('This grows too large with these values.', 'Make less of it.', 'output-too-large');
}
