import type { Json } from '../json.ts';
import { evaluate, failure, isHelper, type Marker, markerOf, option } from './evaluate.ts';
import type { Span } from './handlebarsTree.ts';
import { HELPERS, helperOf } from './helperTable.ts';
import type { PromptDocument } from './promptDocument.ts';
import {
  type DataFrame,
  type Definition,
  enter,
  isEmpty,
  readPath,
  type Scope,
  textOf,
  type Value,
  withData,
} from './scope.ts';
import type { Block, Call, HashPair, PartialCall, Program, Statement } from './syntaxTree.ts';

/** What a template renders to. Roles and parts are no text, so no text can make one. */
export type Piece = TextPiece | Marker;

/** Text of a prompt, and what it was made from. */
export type TextPiece = {
  readonly type: 'text';
  /** Empty for a variable without a value, which leaves its place. */
  readonly text: string;
  readonly origin: Origin;
  /** Where in all that the origin gave this one begins: a partial's text is cut at its line ends to be indented. */
  readonly skipped: number;
  readonly whole: string;
};

/** The statement that a text comes from, as a place in its file's template. */
type Origin = {
  /** null in a template that is no file. */
  readonly document: PromptDocument | null;
  readonly span: Span;
  /** The template's own text, what an expression came to, or the indent of a partial. */
  readonly kind: 'text' | 'value' | 'indent';
  /** The path that it reads, as written; null for a helper and for what is no value. */
  readonly variable: string | null;
  readonly isMissing: boolean;
};

/** Bounds what loops in loops and partials in partials can grow to. */
const MAX_STATEMENTS = 500_000;
const MAX_LENGTH = 20_000_000;
const MAX_DEPTH = 500;

/**
 * Walks a template's tree and gives its pieces in order. Nothing is compiled; helpers are those of helperTable.ts.
 *
 * @throws RenderFailure
 */
export function interpret(program: Program, scope: Scope): readonly Piece[] {
  const run = new Interpreter();
  run.program(program, scope, { ...scope, contexts: [] });
  return run.out;
}

class Interpreter {
  out: Piece[] = [];
  private statements = 0;
  private length = 0;
  private depth = 0;

  /** @param around the scope that the program is written in, which the partials that it defines close over */
  program(program: Program | null, inner: Scope, around: Scope = inner): void {
    if (program === null) return;
    const scope = { ...inner, partials: withInlines(program, around) };
    this.depth++;
    for (const statement of program.body) this.statement(statement, scope);
    this.depth--;
  }

  private statement(statement: Statement, scope: Scope): void {
    if (++this.statements > MAX_STATEMENTS || this.length > MAX_LENGTH || this.depth > MAX_DEPTH) {
      const remedy = 'Loop over less, or nest fewer partials.';
      throw failure('output-too-large', 'The prompt grows too large with these values.', remedy, statement.span, scope);
    }
    switch (statement.type) {
      case 'text':
        this.write(statement.value, originOf('text', statement.span, scope));
        return;
      case 'output':
        this.output(statement.call, statement.span, scope);
        return;
      case 'block':
        this.block(statement, scope);
        return;
      case 'partial':
        this.partial(statement, scope);
        return;
      case 'decorator':
        throw failure('unknown-decorator', 'A decorator cannot be rendered.', 'Remove it.', statement.span, scope);
      case 'comment':
      case 'inline':
        return;
    }
  }

  private write(text: string, origin: Origin): void {
    if (text === '' && !origin.isMissing) return;
    this.length += text.length;
    this.out.push({ type: 'text', text, origin, skipped: 0, whole: text });
  }

  private output(call: Call, span: Span, scope: Scope): void {
    const named = isHelper(call, scope) ? null : call.callee.name;
    if (named === null && helperOf(call)?.kind === 'structure') {
      this.out.push(markerOf(call, scope));
      return;
    }
    const value = evaluate(call, scope);
    const isMissing = named !== null && (value === undefined || value === null);
    this.write(textOf(value), { ...originOf('value', span, scope), variable: named, isMissing });
  }

  private block(block: Block, scope: Scope): void {
    const { call, program, inverse } = block;
    if (!isHelper(call, scope)) {
      this.plainBlock(readPath(call.callee, scope), block, scope);
      return;
    }
    const name = call.callee.name;
    const [first, second] = call.params.map((param) => evaluate(param, scope));
    switch (helperOf(call)?.kind === 'block' ? name : null) {
      case 'if':
      case 'unless': {
        const includeZero = Boolean(option(call.hash, 'includeZero', scope));
        const holds = !((!includeZero && !first) || isEmpty(first));
        this.program(holds === (name === 'if') ? program : inverse, scope);
        return;
      }
      case 'ifEquals':
      case 'unlessEquals':
        this.program((first === second) === (name === 'ifEquals') ? program : inverse, scope);
        return;
      case 'with':
        if (isEmpty(first)) this.program(inverse, scope);
        else this.inside(program, first, scope, scope.data, [first]);
        return;
      case 'each':
        this.each(first, block, scope);
        return;
    }
    const remedy = `Use one of ${[...HELPERS.keys()].join(', ')}.`;
    throw failure('unknown-helper', `"${name}" is not a helper for blocks.`, remedy, call.callee.span, scope);
  }

  /** `{{#name}}`: a condition, a loop or a change of `this`, as the value has it. */
  private plainBlock(value: Value, block: Block, scope: Scope): void {
    if (value === true) this.program(block.program, scope);
    else if (value === false || value === null || value === undefined) this.program(block.inverse, scope);
    else if (Array.isArray(value)) this.each(value, block, scope);
    else this.inside(block.program, value, scope, scope.data, []);
  }

  private each(value: Value, { program, inverse }: Block, scope: Scope): void {
    const isList = Array.isArray(value);
    const entries: [string | number, Json][] = isList
      ? value.map((item: Json, index) => [index, item])
      : Object.entries(typeof value === 'object' && value !== null ? value : {});
    if (entries.length === 0) this.program(inverse, scope);
    for (const [index, [key, item]] of entries.entries()) {
      const data = withData(scope.data, { key, index, first: index === 0, last: index === entries.length - 1 });
      this.inside(program, item, scope, data, [item, key]);
    }
  }

  private inside(program: Program | null, value: Value, scope: Scope, data: DataFrame, params: readonly Value[]): void {
    if (program === null) return;
    const inner = enter(scope, value, data);
    const names = new Map(program.blockParams.map((name, index) => [name, params[index]]));
    this.program(program, names.size === 0 ? inner : { ...inner, blockParams: [names, ...scope.blockParams] }, scope);
  }

  private partial(call: PartialCall, scope: Scope): void {
    const [param] = call.params;
    const given = param ? evaluate(param, scope) : scope.self;
    const context = call.hash.length === 0 ? given : withHash(given, call.hash, scope);
    const definition = this.definitionOf(call, scope);
    const current = scope.data.partialBlock;
    let { data, partials } = scope;
    if (call.block !== null) {
      const content = { program: call.block, document: scope.document, closure: scope, outerBlock: current };
      data = { ...withData(data, {}), partialBlock: content };
      partials = withInlines(call.block, scope);
    }
    const out = this.out;
    if (call.indent !== '') this.out = [];
    this.define(definition, context, data, partials);
    if (call.indent === '') return;
    const lines = indented(this.out, call.indent, originOf('indent', call.span, scope));
    this.out = out;
    for (const piece of lines) this.out.push(piece);
  }

  private definitionOf(call: PartialCall, scope: Scope): Definition {
    const name = call.name ?? '';
    const definition = name === '@partial-block' ? scope.data.partialBlock : scope.partials.get(name);
    if (definition) return definition;
    if (call.block !== null) {
      return { program: call.block, document: scope.document, closure: scope, outerBlock: scope.data.partialBlock };
    }
    const remedy =
      name === '@partial-block'
        ? 'Call this partial as a block, {{#>name}}…{{/name}}.'
        : `Add the file _${name}.prompt.`;
    throw failure('missing-partial', `There is no partial "${name}" here.`, remedy, call.nameSpan, scope);
  }

  private define(
    { program, document, closure, outerBlock }: Definition,
    context: Value,
    data: DataFrame,
    partials: Scope['partials'],
  ): void {
    // A block's content sees the partial-block of the place where it is written, not itself.
    const frame = outerBlock === undefined ? data : { ...withData(data, {}), partialBlock: outerBlock };
    if (closure) {
      this.program(program, enter(closure, context, frame), closure);
    } else {
      const scope: Scope = { self: context, contexts: [context], data: frame, blockParams: [], partials, document };
      this.program(program, scope, { ...scope, contexts: [] });
    }
  }
}

/** Partials that a program defines are known in all of it and in what it calls. */
function withInlines(program: Program, scope: Scope): Scope['partials'] {
  const inlines = program.body.filter((statement) => statement.type === 'inline');
  if (inlines.length === 0) return scope.partials;
  const partials = new Map(scope.partials);
  const closure = { ...scope, partials };
  for (const { name, program: content } of inlines) {
    partials.set(name, { program: content, document: scope.document, closure });
  }
  return partials;
}

/**
 * A copy of the context's own members with the call's values over them. Handlebars adds those from the last to the
 * first, which shows in `{{json this}}`, and in that the first of two equal keys wins.
 */
function withHash(context: Value, hash: readonly HashPair[], scope: Scope): Value {
  const own = typeof context === 'object' || typeof context === 'string' ? Object.entries(context ?? {}) : [];
  const given = hash.toReversed().map(({ key, value }): [string, Value] => [key, evaluate(value, scope)]);
  return Object.fromEntries([...own, ...given]) as Value;
}

/** Indents every line of a partial's output, but not what follows its last line break when that is nothing. */
function indented(pieces: readonly Piece[], indent: string, origin: Origin): Piece[] {
  const space: TextPiece = { type: 'text', text: indent, origin, skipped: 0, whole: indent };
  const out: Piece[] = [];
  let atLineStart = true;
  for (const piece of pieces) {
    const lines = piece.type === 'text' ? linesOf(piece) : [piece];
    for (const line of lines) {
      const isNothing = line.type === 'text' && line.text === '';
      if (atLineStart && !isNothing) out.push(space);
      if (!isNothing) atLineStart = line.type === 'text' && line.text.endsWith('\n');
      out.push(line);
    }
  }
  return out;
}

function linesOf(piece: TextPiece): TextPiece[] {
  let skipped = piece.skipped;
  return piece.text.split(/(?<=\n)/).map((text) => {
    const line = { ...piece, text, skipped };
    skipped += text.length;
    return line;
  });
}

function originOf(kind: Origin['kind'], span: Span, { document }: Scope): Origin {
  return { document, span, kind, variable: null, isMissing: false };
}
