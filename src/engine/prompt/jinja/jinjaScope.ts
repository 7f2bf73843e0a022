import { JinjaValueError } from './jinjaError.ts';
import {
  Callable,
  checkItems,
  describe,
  isDict,
  type JinjaValue,
  Namespace,
  numberOf,
  Undefined,
} from './jinjaValue.ts';

/** Names that a template has set. A loop, a macro, `with`, `filter` and the like have their own; conditions do not. */
export type Frame = { readonly names: Map<string, JinjaValue>; readonly parent: Frame | null };

export function within(parent: Frame | null, names: Iterable<readonly [string, JinjaValue]> = []): Frame {
  return { names: new Map(names), parent };
}

export function lookUp(frame: Frame, name: string): JinjaValue {
  for (let at: Frame | null = frame; at; at = at.parent) {
    const value = at.names.get(name);
    if (value !== undefined) return value;
  }
  return GLOBALS.get(name) ?? new Undefined(name);
}

/** Python's own limit in Jinja2's sandbox. */
const MAX_RANGE = 100_000;

const GLOBALS: ReadonlyMap<string, Callable> = new Map(
  [
    new Callable('range', (positional) => range(positional)),
    new Callable('dict', (positional, named) => ({ ...mapping(positional[0]), ...Object.fromEntries(named) })),
    new Callable('namespace', (positional, named) => {
      return new Namespace(new Map([...Object.entries(mapping(positional[0])), ...named]));
    }),
  ].map((callable) => [callable.name, callable]),
);

/** Functions that a template has without defining them. */
export const GLOBAL_NAMES: ReadonlySet<string> = new Set(GLOBALS.keys());

function range(given: readonly JinjaValue[]): readonly JinjaValue[] {
  const numbers = given.map((value) => {
    const number = numberOf(value);
    if (number !== null && Number.isInteger(number)) return number;
    throw new JinjaValueError(`range takes whole numbers, not ${describe(value)}.`);
  });
  const [first = 0, second, step = 1] = numbers;
  const [start, end] = second === undefined ? [0, first] : [first, second];
  if (step === 0 || numbers.length === 0 || numbers.length > 3)
    throw new JinjaValueError('range takes an end, or a start and an end and a step that is not 0.');
  const count = Math.max(0, Math.ceil((end - start) / step));
  if (count > MAX_RANGE) throw new JinjaValueError(`A range has at most ${MAX_RANGE} numbers.`, 'Loop over less.');
  checkItems(count);
  return Array.from({ length: count }, (_, index) => start + index * step);
}

function mapping(value: JinjaValue | undefined): { readonly [key: string]: JinjaValue } {
  if (value === undefined) return {};
  if (isDict(value)) return value;
  throw new JinjaValueError(`A mapping is wanted here, not ${describe(value)}.`);
}
