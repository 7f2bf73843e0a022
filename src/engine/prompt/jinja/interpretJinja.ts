import type { JsonObject } from '../../json.ts';
import { RenderFailure } from '../evaluate.ts';
import type { Span } from '../handlebarsTree.ts';
import type { Piece } from '../interpret.ts';
import type { RichKind } from '../program.ts';
import type { PromptDocument } from '../promptDocument.ts';
import { applyFilter, evaluateJinja, type Surroundings } from './evaluateJinja.ts';
import { type JinjaValueError, JinjaValueError as ValueError } from './jinjaError.ts';
import { changedSince, loopAt } from './jinjaLoop.ts';
import { type Frame, lookUp, within } from './jinjaScope.ts';
import type { JinjaExpression, JinjaFor, JinjaMacro, JinjaStatement, JinjaTree, Target } from './jinjaTree.ts';
import { Callable, isTrue, iterate, type JinjaValue, Namespace, textOf, Undefined } from './jinjaValue.ts';

/** Bounds what loops in loops, macros in macros and files in files can grow to. */
const MAX_STEPS = 500_000;
const MAX_LENGTH = 20_000_000;
const MAX_DEPTH = 60;

export type JinjaInput = {
  readonly vars: JsonObject;
  readonly document: PromptDocument;
  /** Files by the name that `{% include %}` gives. */
  readonly files: ReadonlyMap<string, PromptDocument>;
  /** Inputs that are no text: what shows them makes a part or a turn of its own. */
  readonly rich: ReadonlyMap<string, RichKind>;
};

/**
 * Walks a Jinja2 template and gives its pieces in order. Nothing is compiled: filters, tests and methods are those of the
 * tables here, and data is read by its own members only.
 *
 * @throws RenderFailure
 */
export function interpretJinja(tree: JinjaTree, input: JinjaInput): readonly Piece[] {
  const run = new Interpreter(input);
  run.body(tree.body, within(within(null, Object.entries(input.vars))), input.document);
  return run.out;
}

class Interpreter {
  out: Piece[] = [];
  readonly #input: JinjaInput;
  #steps = 0;
  #length = 0;
  #depth = 0;
  #loops = 0;

  constructor(input: JinjaInput) {
    this.#input = input;
  }

  body(statements: readonly JinjaStatement[], frame: Frame, document: PromptDocument): void {
    for (const statement of statements) this.#statement(statement, frame, document);
  }

  #statement(statement: JinjaStatement, frame: Frame, document: PromptDocument): void {
    this.#work(1, statement.span, document);
    const value = (expression: JinjaExpression) => this.#value(expression, frame, document);
    switch (statement.type) {
      case 'comment':
        return;
      case 'text':
        this.#write(statement.value, statement.span, document, 'text', null, false);
        return;
      case 'output':
        this.#output(statement.value, statement.span, frame, document);
        return;
      case 'if': {
        const branch = statement.branches.find(({ test }) => isTrue(value(test)));
        this.body(branch?.body ?? statement.otherwise, frame, document);
        return;
      }
      case 'for':
        this.#for(statement, frame, document);
        return;
      case 'set':
        this.#assign(statement.target, value(statement.value), frame, document);
        return;
      case 'setBlock': {
        const text = this.#captured(() => this.body(statement.body, within(frame), document));
        const filtered = this.#filtered(text, statement.filters, frame, document);
        this.#assign(statement.target, filtered, frame, document);
        return;
      }
      case 'with': {
        const inner = within(frame);
        const values = statement.values.map((one) => ({ target: one.target, value: value(one.value) }));
        for (const one of values) this.#assign(one.target, one.value, inner, document);
        this.body(statement.body, inner, document);
        return;
      }
      case 'filter': {
        const text = this.#captured(() => this.body(statement.body, within(frame), document));
        const shown = textOf(this.#filtered(text, statement.filters, frame, document));
        this.#write(shown, statement.span, document, 'value', null, false);
        return;
      }
      case 'macro':
        frame.names.set(statement.name, this.#macro(statement, frame, document));
        return;
      case 'include':
        this.#include(statement, frame);
    }
  }

  #output(expression: JinjaExpression, span: Span, frame: Frame, document: PromptDocument): void {
    const variable = pathOf(expression);
    const kind = expression.type === 'name' ? this.#input.rich.get(expression.name) : undefined;
    const value = this.#value(expression, frame, document);
    if (kind === 'thread') {
      this.out.push({ type: 'history' });
      return;
    }
    if (kind === 'media') {
      if (typeof value === 'string' && value !== '')
        this.out.push({ type: 'media', url: value, contentType: undefined });
      return;
    }
    const isMissing = variable !== null && value instanceof Undefined;
    const text = this.#guard(() => textOf(value), expression.span, document);
    this.#write(text, span, document, 'value', variable, isMissing);
  }

  /** Values leave a piece even where they are empty: a line that one stands in is never a line of the template alone. */
  #write(
    text: string,
    span: Span,
    document: PromptDocument,
    kind: 'text' | 'value',
    variable: string | null,
    isMissing: boolean,
  ): void {
    this.#length += text.length;
    if (this.#length > MAX_LENGTH) throw this.#tooLarge(span, document);
    const origin = { document, span, kind, variable, isMissing };
    this.out.push({ type: 'text', text, origin, skipped: 0, whole: text });
  }

  #for(loop: JinjaFor, frame: Frame, document: PromptDocument): void {
    const { span } = loop;
    const list = this.#value(loop.list, frame, document);
    const all = this.#guard(() => iterate(list), loop.list.span, document);
    const items = all.filter((item) => {
      if (!loop.condition) return true;
      const inner = within(frame);
      this.#assign(loop.target, item, inner, document);
      return isTrue(this.#value(loop.condition, inner, document));
    });
    if (items.length === 0) this.body(loop.otherwise, frame, document);
    const changed = changedSince();
    this.#loops++;
    for (const [index, item] of items.entries()) {
      this.#work(1, span, document);
      const inner = within(frame);
      this.#assign(loop.target, item, inner, document);
      inner.names.set('loop', loopAt(items, index, this.#loops, changed));
      this.body(loop.body, inner, document);
    }
    this.#loops--;
  }

  #assign(target: Target, value: JinjaValue, frame: Frame, document: PromptDocument): void {
    if (target.type === 'name') frame.names.set(target.name, value);
    else if (target.type === 'attribute') {
      const object = lookUp(frame, target.object);
      const message = `"${target.object}" is not a namespace, and nothing else can be changed.`;
      const remedy = `Write {% set ${target.object} = namespace() %} first.`;
      if (!(object instanceof Namespace)) throw this.#failure(new ValueError(message, remedy), target.span, document);
      object.values.set(target.name, value);
    } else {
      const values = this.#guard(() => iterate(value), target.span, document);
      if (values.length !== target.targets.length) {
        const message = `${target.targets.length} values are wanted here, and ${values.length} are given.`;
        throw this.#failure(new ValueError(message), target.span, document);
      }
      for (const [index, one] of target.targets.entries()) this.#assign(one, values[index] ?? null, frame, document);
    }
  }

  #macro(macro: JinjaMacro, frame: Frame, document: PromptDocument): Callable {
    const names = macro.params.map(({ name }) => name);
    return new Callable(macro.name, (positional, named) => {
      const unknown = [...named.keys()].find((name) => !names.includes(name));
      if (positional.length > names.length || unknown !== undefined)
        throw new ValueError(
          `The macro "${macro.name}" takes ${names.join(', ') || 'no arguments'}.`,
          'Correct the call.',
        );
      const inner = within(frame);
      for (const [index, { name, fallback }] of macro.params.entries()) {
        const given = positional[index] ?? named.get(name);
        const value = given ?? (fallback ? this.#value(fallback, inner, document) : new Undefined(name));
        inner.names.set(name, value);
      }
      return this.#deeper(macro.span, document, () => this.#captured(() => this.body(macro.body, inner, document)));
    });
  }

  #include(statement: Extract<JinjaStatement, { type: 'include' }>, frame: Frame): void {
    const document = this.#input.files.get(statement.name);
    // A file that is missing is a problem of the closure, unless the template says that it may be.
    if (document?.program?.language !== 'jinja') return;
    const { body } = document.program.tree;
    const inner = within(statement.withContext ? frame : null);
    this.#deeper(statement.span, this.#input.document, () => this.body(body, inner, document));
  }

  #filtered(
    text: string,
    filters: readonly Parameters<typeof applyFilter>[1][],
    frame: Frame,
    document: PromptDocument,
  ): JinjaValue {
    const around = this.#surroundings(frame, document);
    return filters.reduce<JinjaValue>(
      (value, filter) => this.#guard(() => applyFilter(value, filter, around), filter.span, document),
      text,
    );
  }

  /** The text that something writes, instead of writing it. Turns and parts have no place in it. */
  #captured(write: () => void): string {
    const { out } = this;
    this.out = [];
    try {
      write();
      return this.out.map((piece) => (piece.type === 'text' ? piece.text : '')).join('');
    } finally {
      this.out = out;
    }
  }

  #value(expression: JinjaExpression, frame: Frame, document: PromptDocument): JinjaValue {
    return evaluateJinja(expression, this.#surroundings(frame, document));
  }

  #surroundings(frame: Frame, document: PromptDocument): Surroundings {
    return {
      lookUp: (name) => lookUp(frame, name),
      work: (amount, span) => this.#work(amount, span, document),
      locate: (error, span) => this.#failure(error, span, document),
    };
  }

  #work(amount: number, span: Span, document: PromptDocument): void {
    this.#steps += amount;
    if (this.#steps > MAX_STEPS) throw this.#tooLarge(span, document);
  }

  #deeper<T>(span: Span, document: PromptDocument, run: () => T): T {
    if (++this.#depth > MAX_DEPTH) throw this.#tooLarge(span, document);
    const result = run();
    this.#depth--;
    return result;
  }

  #guard<T>(run: () => T, span: Span, document: PromptDocument): T {
    try {
      return run();
    } catch (error) {
      if (error instanceof ValueError) throw this.#failure(error, span, document);
      throw error;
    }
  }

  #failure(error: JinjaValueError, span: Span, document: PromptDocument): RenderFailure {
    return new RenderFailure(error.code, error.message, error.remedy, span, document);
  }

  #tooLarge(span: Span, document: PromptDocument): RenderFailure {
    const message = 'The prompt grows too large with these values.';
    return new RenderFailure('output-too-large', message, 'Loop over less, or nest fewer files.', span, document);
  }
}

/** `user.name` of an expression that only reads, filters left out; null for any other. */
function pathOf(expression: JinjaExpression): string | null {
  if (expression.type === 'filtered') return pathOf(expression.value);
  if (expression.type === 'name') return expression.name;
  if (expression.type === 'attribute') {
    const object = pathOf(expression.object);
    return object === null ? null : `${object}.${expression.name}`;
  }
  if (expression.type !== 'item' || expression.key.type !== 'literal') return null;
  const object = pathOf(expression.object);
  return object === null ? null : `${object}.${expression.key.value}`;
}
