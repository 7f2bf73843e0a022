import type { Span } from '../handlebarsTree.ts';
import { combine } from './arithmetic.ts';
import { Args, argumentProblem, type Given, type Toolbox } from './jinjaCall.ts';
import { JinjaValueError } from './jinjaError.ts';
import { methodOf } from './jinjaMethods.ts';
import { contains, JINJA_TESTS } from './jinjaTests.ts';
import type { CallArguments, Comparator, FilterCall, JinjaExpression } from './jinjaTree.ts';
import {
  Callable,
  compare,
  describe,
  Float,
  float,
  isDict,
  isEqual,
  isTrue,
  itemAt,
  itemsOf,
  type JinjaValue,
  Loop,
  missing,
  Namespace,
  numberOf,
  Tuple,
  Undefined,
} from './jinjaValue.ts';
import { LIST_FILTERS, workOf } from './listFilters.ts';
import { TEXT_FILTERS } from './textFilters.ts';

/** What an expression is evaluated in. */
export type Surroundings = {
  readonly lookUp: (name: string) => JinjaValue;
  /** Counts work, and throws when it becomes too much. */
  readonly work: (amount: number, span: Span) => void;
  /** Makes what is thrown for a value into a failure with a place. */
  readonly locate: (error: JinjaValueError, span: Span) => Error;
};

/** The value of an expression. @throws what `locate` makes */
export function evaluateJinja(expression: JinjaExpression, around: Surroundings): JinjaValue {
  around.work(1, expression.span);
  try {
    return evaluate(expression, around);
  } catch (error) {
    if (error instanceof JinjaValueError) throw around.locate(error, expression.span);
    throw error;
  }
}

function evaluate(expression: JinjaExpression, around: Surroundings): JinjaValue {
  const inner = (part: JinjaExpression) => evaluateJinja(part, around);
  switch (expression.type) {
    case 'literal':
      return expression.value;
    case 'number':
      return expression.isFloat ? float(expression.value) : expression.value;
    case 'name':
      return around.lookUp(expression.name);
    case 'list':
      return expression.items.map(inner);
    case 'tuple':
      return new Tuple(expression.items.map(inner));
    case 'dict':
      return Object.fromEntries(expression.items.map(([key, value]) => [dictKey(inner(key)), inner(value)]));
    case 'attribute':
      return attributeOf(inner(expression.object), expression.name);
    case 'item':
      return subscript(inner(expression.object), inner(expression.key));
    case 'slice':
      return sliceOf(
        inner(expression.object),
        expression.bounds.map((bound) => (bound === null ? null : inner(bound))),
      );
    case 'call':
      return callOf(inner(expression.callee), givenOf(expression.args, around));
    case 'filtered':
      return applyFilter(inner(expression.value), expression.filter, around);
    case 'test': {
      const { value, test, negated } = expression;
      const given = givenOf(test.args, around);
      return runTest(test.name, inner(value), given) !== negated;
    }
    case 'unary':
      return unary(expression.operator, inner(expression.value));
    case 'binary': {
      const { operator, left, right } = expression;
      const first = inner(left);
      if (operator === 'and') return isTrue(first) ? inner(right) : first;
      if (operator === 'or') return isTrue(first) ? first : inner(right);
      return combine(operator, first, inner(right));
    }
    case 'comparison': {
      let left = inner(expression.first);
      for (const { operator, value } of expression.rest) {
        const right = inner(value);
        if (!holds(operator, left, right)) return false;
        left = right;
      }
      return true;
    }
    case 'condition':
      if (isTrue(inner(expression.test))) return inner(expression.then);
      return expression.otherwise ? inner(expression.otherwise) : new Undefined('else');
  }
}

/** Runs one filter; list filters count their items as work. */
export function applyFilter(value: JinjaValue, { name, args, span }: FilterCall, around: Surroundings): JinjaValue {
  around.work(workOf(value), span);
  return runFilter(name, value, givenOf(args, around));
}

function runFilter(name: string, value: JinjaValue, given: Given): JinjaValue {
  const filter = LIST_FILTERS.get(name) ?? TEXT_FILTERS.get(name);
  if (!filter) throw new JinjaValueError(`There is no filter "${name}".`);
  const problem = argumentProblem(name, filter, {
    positional: given.positional.length,
    named: [...given.named.keys()],
  });
  if (problem) throw new JinjaValueError(problem, 'Correct its arguments.');
  return filter.run(value, new Args(given, filter), TOOLS);
}

function runTest(name: string, value: JinjaValue, given: Given): boolean {
  const test = JINJA_TESTS.get(name);
  if (!test) throw new JinjaValueError(`There is no test "${name}".`);
  return test.run(value, new Args(given, test));
}

const TOOLS: Toolbox = { filter: runFilter, test: runTest };

function givenOf({ positional, named }: CallArguments, around: Surroundings): Given {
  return {
    positional: positional.map((one) => evaluateJinja(one, around)),
    named: new Map(named.map(({ name, value }) => [name, evaluateJinja(value, around)])),
  };
}

function dictKey(key: JinjaValue): string {
  if (typeof key === 'string') return key;
  throw new JinjaValueError(`The key of a mapping is a text here, not ${describe(key)}.`, 'Put quotes around it.');
}

/** Methods first, as in Python: `.items` of a mapping never reads its key "items". */
function attributeOf(value: JinjaValue, name: string): JinjaValue {
  if (value instanceof Undefined) throw missing(value);
  if (value instanceof Namespace || value instanceof Loop) return value.values.get(name) ?? new Undefined(name);
  if (value instanceof Tuple && value.names.includes(name)) return value.items[value.names.indexOf(name)] ?? null;
  return methodOf(value, name) ?? (isDict(value) ? itemAt(value, name) : new Undefined(name));
}

/** Data first: `["items"]` of a mapping reads its key. */
function subscript(value: JinjaValue, key: JinjaValue): JinjaValue {
  const found = itemAt(value, key);
  if (!(found instanceof Undefined) || typeof key !== 'string') return found;
  if (value instanceof Namespace || value instanceof Loop) return value.values.get(key) ?? found;
  return found;
}

function sliceOf(value: JinjaValue, bounds: readonly JinjaValue[]): JinjaValue {
  if (value instanceof Undefined) throw missing(value);
  const all = typeof value === 'string' ? [...value] : itemsOf(value);
  if (!all) throw new JinjaValueError(`Only texts and lists can be cut, not ${describe(value)}.`);
  const [from = null, to = null, by = null] = bounds;
  const step = whole(by) ?? 1;
  if (step === 0) throw new JinjaValueError('The step of a cut is not 0.');
  const clamp = (at: number) => {
    const place = at < 0 ? all.length + at : at;
    return step > 0 ? Math.min(Math.max(place, 0), all.length) : Math.min(Math.max(place, -1), all.length - 1);
  };
  const [first, last] = [whole(from), whole(to)];
  const start = first === null ? (step > 0 ? 0 : all.length - 1) : clamp(first);
  const end = last === null ? (step > 0 ? all.length : -1) : clamp(last);
  const kept: JinjaValue[] = [];
  for (let at = start; step > 0 ? at < end : at > end; at += step) kept.push(all[at] ?? null);
  if (typeof value === 'string') return kept.join('');
  return value instanceof Tuple ? new Tuple(kept) : kept;
}

function whole(value: JinjaValue): number | null {
  if (value === null) return null;
  const number = numberOf(value);
  if (number !== null && !(value instanceof Float) && Number.isInteger(number)) return number;
  throw new JinjaValueError(`A place is a whole number, not ${describe(value)}.`);
}

function callOf(callee: JinjaValue, { positional, named }: Given): JinjaValue {
  if (callee instanceof Undefined) throw missing(callee);
  if (callee instanceof Callable) return callee.call(positional, named);
  throw new JinjaValueError(`Only macros and methods can be called, not ${describe(callee)}.`);
}

function unary(operator: '-' | '+' | 'not', value: JinjaValue): JinjaValue {
  if (operator === 'not') return !isTrue(value);
  const number = numberOf(value);
  if (value instanceof Undefined) throw missing(value);
  if (number === null) throw new JinjaValueError(`Only a number has a sign, not ${describe(value)}.`);
  const signed = operator === '-' ? -number : number;
  return value instanceof Float ? new Float(signed) : signed === 0 ? 0 : signed;
}

function holds(operator: Comparator, left: JinjaValue, right: JinjaValue): boolean {
  switch (operator) {
    case '==':
      return isEqual(left, right);
    case '!=':
      return !isEqual(left, right);
    case 'in':
      return contains(right, left);
    case 'not in':
      return !contains(right, left);
    default: {
      const order = compare(left, right);
      if (operator === '<') return order < 0;
      if (operator === '<=') return order <= 0;
      return operator === '>' ? order > 0 : order >= 0;
    }
  }
}
