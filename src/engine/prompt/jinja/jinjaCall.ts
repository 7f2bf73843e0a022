import { JinjaValueError } from './jinjaError.ts';
import { describe, isFloat, type JinjaValue, numberOf, textOf, Undefined } from './jinjaValue.ts';

/** What a filter, test or method is given beside its value. */
export type Given = { readonly positional: readonly JinjaValue[]; readonly named: ReadonlyMap<string, JinjaValue> };

/** Names of arguments in order, with `?` behind those that may be left out; `*` alone takes any more. */
export type Shape = { readonly params: readonly string[] };

/** Something that filters run other filters and tests with. */
export type Toolbox = {
  readonly filter: (name: string, value: JinjaValue, given: Given) => JinjaValue;
  readonly test: (name: string, value: JinjaValue, given: Given) => boolean;
};

/** Arguments by name. */
export class Args {
  readonly #values: ReadonlyMap<string, JinjaValue>;

  constructor(
    readonly given: Given,
    shape: Shape,
  ) {
    const values = new Map(given.named);
    for (const [index, value] of given.positional.entries()) {
      const name = shape.params[index]?.replace('?', '');
      if (name !== undefined && name !== '*') values.set(name, value);
    }
    this.#values = values;
  }

  get(name: string): JinjaValue | undefined {
    return this.#values.get(name);
  }

  text(name: string): string | null {
    const value = this.get(name);
    return value === undefined || value === null ? null : textOf(value);
  }

  flag(name: string): boolean {
    const value = this.get(name);
    return value !== undefined && !(value instanceof Undefined) && Boolean(numberOf(value) ?? value);
  }

  integer(name: string, fallback: number): number {
    const value = this.get(name);
    if (value === undefined || value === null) return fallback;
    const number = numberOf(value);
    if (number === null || isFloat(value))
      throw new JinjaValueError(`"${name}" is a whole number, not ${describe(value)}.`);
    return number;
  }
}

/** What is wrong with the number and names of arguments, whatever their values; null when nothing is. */
export function argumentProblem(
  name: string,
  shape: Shape,
  given: { readonly positional: number; readonly named: readonly string[] },
): string | null {
  const names = shape.params.map((param) => param.replace('?', ''));
  if (names.includes('*')) return null;
  if (given.positional > names.length) {
    const most = names.length === 0 ? 'no arguments' : `at most ${names.length}: ${names.join(', ')}`;
    return `"${name}" takes ${most}.`;
  }
  const unknown = given.named.find((one) => !names.includes(one));
  if (unknown !== undefined) return `"${name}" has no argument "${unknown}".`;
  const absent = shape.params.find(
    (param, index) => !param.endsWith('?') && index >= given.positional && !given.named.includes(param),
  );
  return absent === undefined ? null : `"${name}" wants its argument "${absent}".`;
}
