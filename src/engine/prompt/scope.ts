import type { Json, JsonObject } from '../json.ts';
import type { PromptDocument } from './promptDocument.ts';
import type { Path, Program } from './syntaxTree.ts';

/** What a template computes with: JSON, or undefined for what is not there. */
export type Value = Json | undefined;

/** Everything that a statement sees. Immutable: blocks get a new one. */
export type Scope = {
  readonly self: Value;
  /** The level that `this` is of, then what `../` leads to. */
  readonly contexts: readonly Value[];
  readonly data: DataFrame;
  /** Innermost first. */
  readonly blockParams: readonly ReadonlyMap<string, Value>[];
  readonly partials: ReadonlyMap<string, Definition>;
  /** Mustache's way: a name that `this` has not is looked for further out. */
  readonly walksUp?: boolean;
  /** The file that the statement stands in, for the places of problems; null in a template that is no file. */
  readonly document: PromptDocument | null;
};

/** `@`-variables. A frame holds those of its parent too; `@../index` asks the parent. */
export type DataFrame = {
  readonly values: ReadonlyMap<string, Value>;
  readonly parent: DataFrame | null;
  /** What `{{>@partial-block}}` shows. */
  readonly partialBlock: Definition | null;
};

/** A partial: a file's program, or one that closes over the scope where it is written. */
export type Definition = {
  readonly program: Program;
  readonly document: PromptDocument | null;
  readonly closure: Scope | null;
  /** For the content of a block partial: the partial-block that it sees itself. */
  readonly outerBlock?: Definition | null;
};

export function rootScope(
  input: JsonObject,
  context: JsonObject,
  document: PromptDocument | null,
  partials: ReadonlyMap<string, Definition>,
): Scope {
  const values = new Map<string, Value>([['root', input], ...Object.entries(context)]);
  return {
    self: input,
    contexts: [input],
    data: { values, parent: null, partialBlock: null },
    blockParams: [],
    partials,
    document,
  };
}

/** A scope one block further in. `../` counts only blocks that change `this`. */
export function enter(scope: Scope, context: Value, data: DataFrame = scope.data): Scope {
  const contexts = isSameContext(context, scope.contexts[0]) ? scope.contexts : [context, ...scope.contexts];
  return { ...scope, self: context, contexts, data };
}

export function withData(frame: DataFrame, values: { readonly [name: string]: Value }): DataFrame {
  return { ...frame, values: new Map([...frame.values, ...Object.entries(values)]), parent: frame };
}

export function hasBlockParam(scope: Scope, name: string): boolean {
  return scope.blockParams.some((params) => params.has(name));
}

export function readPath(path: Path, scope: Scope): Value {
  const [first, ...rest] = path.parts;
  const at = path.depth === 0 ? scope.self : scope.contexts[path.depth];
  if (first === undefined) return at;
  const params = path.depth === 0 && !path.scoped && scope.blockParams.find((names) => names.has(first));
  if (params) return rest.reduce(step, params.get(first));
  const has = (value: Value) => member(value, first) !== undefined;
  const context = scope.walksUp ? [scope.self, ...scope.contexts].find(has) : at;
  if (!path.data) return path.parts.reduce(step, context);
  let frame: DataFrame | null = scope.data;
  for (let depth = path.depth; depth > 0 && frame; depth--) frame = frame.parent;
  return rest.reduce((value: Value, part) => (value ? member(value, part) : value), frame?.values.get(first));
}

/** An own member of a value. What a prototype has is out of reach: `constructor`, `toString`, methods of text. */
export function member(value: Value, name: string): Value {
  if (value === null || value === undefined || !Object.hasOwn(Object(value), name)) return undefined;
  return (value as { readonly [name: string]: Json })[name];
}

/** The value as it stands in the text: as JavaScript's own conversion, but without asking the value's members. */
export function textOf(value: Value): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(textOf).join(',');
  return typeof value === 'object' ? '[object Object]' : String(value);
}

/** Handlebars' falsehood: also an empty list. */
export function isEmpty(value: Value): boolean {
  return (!value && value !== 0) || (Array.isArray(value) && value.length === 0);
}

/** null stays null on the way down, so that ifEquals can tell it from what is missing. */
function step(value: Value, name: string): Value {
  return value === null || value === undefined ? value : member(value, name);
}

/** Handlebars compares loosely, by which the text "1" in the context 1 is no new level. */
function isSameContext(a: Value, b: Value): boolean {
  const [left, right] = [a, b].map((value) => (value === undefined ? null : value));
  if (left === right) return true;
  if (left === null || right === null || (typeof left === 'object' && typeof right === 'object')) return false;
  const [x, y] = [left, right].map((value) => (typeof value === 'object' ? textOf(value) : value));
  // biome-ignore lint/suspicious/noDoubleEquals: the looseness is the point
  return x == y;
}
