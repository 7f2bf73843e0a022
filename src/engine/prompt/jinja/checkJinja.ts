import { nearest } from '../../suite/nearest.ts';
import type { TemplateUse, VariableUse } from '../checkTemplate.ts';
import type { Draft } from '../draft.ts';
import type { Span } from '../handlebarsTree.ts';
import { argumentProblem, type Shape } from './jinjaCall.ts';
import { METHOD_NAMES } from './jinjaMethods.ts';
import { GLOBAL_NAMES } from './jinjaScope.ts';
import { JINJA_TESTS } from './jinjaTests.ts';
import type { CallArguments, FilterCall, JinjaExpression, JinjaStatement, JinjaTree, Target } from './jinjaTree.ts';
import { LIST_FILTERS } from './listFilters.ts';
import { TEXT_FILTERS } from './textFilters.ts';

const FILTERS: ReadonlyMap<string, Shape> = new Map<string, Shape>([...TEXT_FILTERS, ...LIST_FILTERS]);

/** What a Jinja2 template reads of its input, and the filters, tests and functions in it that there are not. */
export function checkJinja(tree: JinjaTree): TemplateUse {
  const check = new Check();
  check.body(tree.body, new Set());
  check.variables.sort((a, b) => a.span[0] - b.span[0]);
  return { variables: check.variables, partials: check.partials, inlines: new Set(), problems: check.problems };
}

type Names = Set<string>;

class Check {
  readonly variables: VariableUse[] = [];
  readonly partials: { name: string; span: Span; optional: boolean; given: readonly string[] | null }[] = [];
  readonly problems: Draft[] = [];

  /** @param names that are set where the body begins; those that it sets itself are added */
  body(statements: readonly JinjaStatement[], names: Names): void {
    for (const statement of statements) this.#statement(statement, names);
  }

  #statement(statement: JinjaStatement, names: Names): void {
    switch (statement.type) {
      case 'text':
      case 'comment':
        return;
      case 'output':
        this.#expression(statement.value, names);
        return;
      case 'if':
        for (const { test, body } of statement.branches) {
          this.#expression(test, names);
          this.body(body, names);
        }
        this.body(statement.otherwise, names);
        return;
      case 'for': {
        this.#expression(statement.list, names);
        const inner = new Set([...names, ...targetNames(statement.target)]);
        if (statement.condition) this.#expression(statement.condition, inner);
        this.body(statement.body, inner.add('loop'));
        this.body(statement.otherwise, new Set(names));
        return;
      }
      case 'set':
        this.#expression(statement.value, names);
        this.#target(statement.target, names);
        return;
      case 'setBlock':
        this.#filters(statement.filters, names);
        this.body(statement.body, new Set(names));
        this.#target(statement.target, names);
        return;
      case 'with': {
        const inner = new Set(names);
        for (const { value } of statement.values) this.#expression(value, names);
        for (const { target } of statement.values) this.#target(target, inner);
        this.body(statement.body, inner);
        return;
      }
      case 'filter':
        this.#filters(statement.filters, names);
        this.body(statement.body, new Set(names));
        return;
      case 'macro': {
        names.add(statement.name);
        const inner = new Set([...names, ...statement.params.map(({ name }) => name)]);
        for (const { fallback } of statement.params) if (fallback) this.#expression(fallback, names);
        this.body(statement.body, inner);
        return;
      }
      case 'include': {
        const { name, nameSpan, optional, withContext } = statement;
        // Without the context the file sees nothing of the input.
        this.partials.push({ name, span: nameSpan, optional, given: withContext ? [...names] : null });
      }
    }
  }

  #target(target: Target, names: Names): void {
    for (const name of targetNames(target)) names.add(name);
    if (target.type === 'attribute' && !names.has(target.object)) {
      const message = `"${target.object}" is not a namespace that is set here, and nothing else can be changed.`;
      const remedy = `Write {% set ${target.object} = namespace() %} before it.`;
      this.problems.push({ severity: 'error', code: 'template-value', message, remedy, span: target.span });
    }
  }

  #expression(expression: JinjaExpression, names: Names): void {
    const all = (parts: readonly (JinjaExpression | null)[]) => {
      for (const part of parts) if (part) this.#expression(part, names);
    };
    switch (expression.type) {
      case 'literal':
      case 'number':
        return;
      case 'name':
      case 'attribute':
      case 'item':
        this.#read(expression, names);
        return;
      case 'list':
      case 'tuple':
        all(expression.items);
        return;
      case 'dict':
        all(expression.items.flat());
        return;
      case 'slice':
        all([expression.object, ...expression.bounds]);
        return;
      case 'call':
        this.#call(expression.callee, names);
        this.#arguments(expression.args, names);
        return;
      case 'filtered':
        this.#expression(expression.value, names);
        this.#filters([expression.filter], names);
        return;
      case 'test':
        this.#expression(expression.value, names);
        this.#known(expression.test, JINJA_TESTS, 'test', 1);
        this.#arguments(expression.test.args, names);
        return;
      case 'unary':
        this.#expression(expression.value, names);
        return;
      case 'binary':
        all([expression.left, expression.right]);
        return;
      case 'comparison':
        all([expression.first, ...expression.rest.map(({ value }) => value)]);
        return;
      case 'condition':
        all([expression.test, expression.then, expression.otherwise]);
    }
  }

  /** A name with the attributes and constant subscripts behind it is one variable. */
  #read(expression: JinjaExpression, names: Names): void {
    const parts: string[] = [];
    let at = expression;
    for (;;) {
      if (at.type === 'attribute') {
        parts.unshift(at.name);
        at = at.object;
      } else if (at.type === 'item') {
        const { key } = at;
        if (key.type === 'literal' && typeof key.value === 'string') parts.unshift(key.value);
        else if (key.type === 'number') parts.unshift(String(key.value));
        else {
          this.#expression(key, names);
          parts.length = 0;
        }
        at = at.object;
      } else break;
    }
    if (at.type !== 'name') {
      this.#expression(at, names);
      return;
    }
    if (names.has(at.name) || GLOBAL_NAMES.has(at.name)) return;
    const path = [at.name, ...parts];
    this.variables.push({ parts: path, path: path.join('.'), absolute: false, span: expression.span });
  }

  /** Macros, `range` and the like, and the methods that change nothing. Input can never be called. */
  #call(callee: JinjaExpression, names: Names): void {
    if (callee.type === 'attribute') {
      this.#expression(callee.object, names);
      const isOwn = callee.object.type === 'name' && callee.object.name === 'loop' && names.has('loop');
      if (METHOD_NAMES.has(callee.name) || (isOwn && ['cycle', 'changed'].includes(callee.name))) return;
      const methods = [...METHOD_NAMES];
      this.#unknown('method', callee.name, methods, [callee.span[1] - callee.name.length, callee.span[1]]);
    } else if (callee.type === 'name') {
      if (names.has(callee.name) || GLOBAL_NAMES.has(callee.name)) return;
      this.#unknown('function or macro', callee.name, [...GLOBAL_NAMES, ...names], callee.span);
    } else {
      const message = 'Only macros, functions and methods can be called.';
      this.problems.push({
        severity: 'error',
        code: 'unsupported-template',
        message,
        remedy: 'Use a macro.',
        span: callee.span,
      });
    }
  }

  #filters(filters: readonly FilterCall[], names: Names): void {
    for (const filter of filters) {
      this.#known(filter, FILTERS, 'filter', 0);
      this.#arguments(filter.args, names);
    }
  }

  #arguments({ positional, named }: CallArguments, names: Names): void {
    for (const one of [...positional, ...named.map(({ value }) => value)]) this.#expression(one, names);
  }

  #known(call: FilterCall, table: ReadonlyMap<string, Shape>, kind: 'filter' | 'test', _own: number): void {
    const shape = table.get(call.name);
    if (!shape) {
      this.#unknown(kind, call.name, [...table.keys()], call.nameSpan);
      return;
    }
    const given = { positional: call.args.positional.length, named: call.args.named.map(({ name }) => name) };
    const message = argumentProblem(call.name, shape, given);
    if (message === null) return;
    const remedy = 'Correct its arguments.';
    this.problems.push({ severity: 'error', code: 'wrong-arguments', message, remedy, span: call.span });
  }

  #unknown(kind: string, name: string, known: readonly string[], span: Span): void {
    const near = nearest(name, known);
    const remedy = near === null ? `Use one of ${known.join(', ')}.` : `Did you mean ${near}?`;
    const message = `There is no ${kind} "${name}" here.`;
    this.problems.push({ severity: 'error', code: 'unknown-helper', message, remedy, span });
  }
}

function targetNames(target: Target): string[] {
  if (target.type === 'name') return [target.name];
  return target.type === 'targets' ? target.targets.flatMap(targetNames) : [];
}
