import type { Json } from '../json.ts';
import type { Span } from './handlebarsTree.ts';

/** A template as this folder works with it: white space already stripped, comments kept for their place only. */
export type Program = {
  readonly type: 'Program';
  readonly body: readonly Statement[];
  /** Names after `as |…|`. */
  readonly blockParams: readonly string[];
};

export type Statement = Text | Comment | Output | Block | PartialCall | InlinePartial | Decorator;

type Text = { readonly type: 'text'; readonly value: string; readonly span: Span };
type Comment = { readonly type: 'comment'; readonly span: Span };
/** `{{path}}`, `{{helper …}}`. */
type Output = { readonly type: 'output'; readonly call: Call; readonly span: Span };
/** `{{#…}}…{{else}}…{{/…}}`; an inverted block has no program. */
export type Block = {
  readonly type: 'block';
  readonly call: Call;
  readonly program: Program | null;
  readonly inverse: Program | null;
  readonly span: Span;
};
export type PartialCall = {
  readonly type: 'partial';
  /** null where the name is computed. */
  readonly name: string | null;
  readonly nameSpan: Span;
  readonly params: readonly Expression[];
  readonly hash: readonly HashPair[];
  /** What stands before each line of a partial that has a line for itself. */
  readonly indent: string;
  /** The content of `{{#>name}}…{{/name}}`. */
  readonly block: Program | null;
  readonly span: Span;
};
/** `{{#*inline "name"}}…{{/inline}}`. */
type InlinePartial = {
  readonly type: 'inline';
  readonly name: string;
  readonly program: Program;
  readonly span: Span;
};
/** Any other decorator; it cannot be rendered. */
type Decorator = { readonly type: 'decorator'; readonly name: string; readonly span: Span };

export type Expression = Path | Literal | Call;
export type Path = {
  readonly type: 'path';
  /** As written. */
  readonly name: string;
  /** Steps without `this`, `.` and `..`. */
  readonly parts: readonly string[];
  /** How many `../`. */
  readonly depth: number;
  /** Begins with `@`. */
  readonly data: boolean;
  /** Written with `this` or a leading dot, and so never a block parameter or a helper. */
  readonly scoped: boolean;
  readonly span: Span;
};
type Literal = { readonly type: 'literal'; readonly value: Json | undefined; readonly span: Span };
/** A path with or without arguments; whether it is a helper depends on its name and on block parameters. */
export type Call = {
  readonly type: 'call';
  readonly callee: Path;
  readonly params: readonly Expression[];
  readonly hash: readonly HashPair[];
  /** In parentheses, and so certainly a helper. */
  readonly nested: boolean;
  readonly span: Span;
};
export type HashPair = { readonly key: string; readonly value: Expression; readonly span: Span };

/** One name without `this`, `..` or further steps: what a helper or a block parameter looks like. */
export function isSimple(path: Path): boolean {
  return path.parts.length === 1 && !path.scoped && path.depth === 0;
}
