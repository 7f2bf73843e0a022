import type { Span } from '../handlebarsTree.ts';
import type { BinaryOperator, CallArguments, Comparator, FilterCall, JinjaExpression } from './jinjaTree.ts';
import type { TokenStream } from './tokenStream.ts';

/**
 * An expression by Jinja2's own order of operators: condition, or, and, not, comparison, sum, `~`, product, power, sign,
 * and closest to the value subscripts, calls, filters and tests.
 *
 * @throws JinjaSyntaxError
 */
export function parseExpression(tokens: TokenStream, withCondition = true): JinjaExpression {
  return tokens.nested(() => (withCondition ? condition(tokens) : or(tokens)));
}

/** An expression, or several with commas between them. */
export function parseTuple(tokens: TokenStream, withCondition = true): JinjaExpression {
  const first = parseExpression(tokens, withCondition);
  if (!tokens.isOperator(',')) return first;
  const items = [first];
  while (tokens.takeOperator(',') && !endsTuple(tokens)) items.push(parseExpression(tokens, withCondition));
  return { type: 'tuple', items, span: [first.span[0], tokens.lastEnd] };
}

/** `|filter` after `|filter`, as `{% filter %}` and `{% set %}…{% endset %}` have them. */
export function parseFilterCall(tokens: TokenStream): FilterCall {
  const name = tokens.expectName();
  let written = name.text;
  while (tokens.takeOperator('.')) written += `.${tokens.expectName().text}`;
  const nameSpan: Span = [name.span[0], tokens.lastEnd];
  const args = tokens.isOperator('(') ? callArguments(tokens) : NO_ARGUMENTS;
  return { name: written, nameSpan, args, span: [name.span[0], tokens.lastEnd] };
}

const NO_ARGUMENTS: CallArguments = { positional: [], named: [] };

function endsTuple(tokens: TokenStream): boolean {
  return tokens.isAtEnd || tokens.isOperator(')') || tokens.isOperator('=');
}

function condition(tokens: TokenStream): JinjaExpression {
  let value = or(tokens);
  while (tokens.takeName('if')) {
    const then = value;
    const test = or(tokens);
    const otherwise = tokens.takeName('else') ? parseExpression(tokens) : null;
    value = { type: 'condition', test, then, otherwise, span: [then.span[0], tokens.lastEnd] };
  }
  return value;
}

function or(tokens: TokenStream): JinjaExpression {
  let left = and(tokens);
  while (tokens.takeName('or')) left = binary('or', left, and(tokens));
  return left;
}

function and(tokens: TokenStream): JinjaExpression {
  let left = not(tokens);
  while (tokens.takeName('and')) left = binary('and', left, not(tokens));
  return left;
}

function not(tokens: TokenStream): JinjaExpression {
  if (!tokens.isName('not')) return comparison(tokens);
  const [start] = tokens.next().span;
  const value = tokens.nested(() => not(tokens));
  return { type: 'unary', operator: 'not', value, span: [start, value.span[1]] };
}

const COMPARATORS: readonly string[] = ['==', '!=', '<', '<=', '>', '>='];

function comparison(tokens: TokenStream): JinjaExpression {
  const first = sum(tokens);
  const rest: { operator: Comparator; value: JinjaExpression }[] = [];
  for (;;) {
    const { type, text } = tokens.current;
    let operator: Comparator | null = null;
    if (type === 'operator' && COMPARATORS.includes(text)) operator = text as Comparator;
    else if (tokens.isName('in')) operator = 'in';
    else if (tokens.isName('not') && tokens.peek().type === 'name' && tokens.peek().text === 'in') operator = 'not in';
    if (operator === null) break;
    tokens.next();
    if (operator === 'not in') tokens.next();
    rest.push({ operator, value: sum(tokens) });
  }
  return rest.length === 0 ? first : { type: 'comparison', first, rest, span: [first.span[0], tokens.lastEnd] };
}

const sum = leftAssociative(['+', '-'], (tokens) => joined(tokens));
const joined = leftAssociative(['~'], (tokens) => product(tokens));
const product = leftAssociative(['*', '/', '//', '%'], (tokens) => power(tokens));
const power = leftAssociative(['**'], (tokens) => sign(tokens));

function leftAssociative(
  operators: readonly BinaryOperator[],
  operand: (tokens: TokenStream) => JinjaExpression,
): (tokens: TokenStream) => JinjaExpression {
  return (tokens) => {
    let left = operand(tokens);
    for (;;) {
      const operator = operators.find((one) => tokens.isOperator(one));
      if (operator === undefined) return left;
      tokens.next();
      left = binary(operator, left, operand(tokens));
    }
  };
}

function binary(
  operator: BinaryOperator | 'and' | 'or',
  left: JinjaExpression,
  right: JinjaExpression,
): JinjaExpression {
  return { type: 'binary', operator, left, right, span: [left.span[0], right.span[1]] };
}

/** A filter after a sign takes the signed value, as in Jinja2: `-1|abs` is 1. */
function sign(tokens: TokenStream, withFilter = true): JinjaExpression {
  const operator = tokens.isOperator('-') ? '-' : tokens.isOperator('+') ? '+' : null;
  let value: JinjaExpression;
  if (operator) {
    const [start] = tokens.next().span;
    const inner = tokens.nested(() => sign(tokens, false));
    value = { type: 'unary', operator, value: inner, span: [start, inner.span[1]] };
  } else value = primary(tokens);
  value = postfix(tokens, value);
  return withFilter ? filtersAndTests(tokens, value) : value;
}

const CONSTANTS: { readonly [name: string]: boolean | null } = {
  ...{ true: true, True: true, false: false, False: false, none: null, None: null },
};

function primary(tokens: TokenStream): JinjaExpression {
  const { type, text, span } = tokens.current;
  if (type === 'name') {
    tokens.next();
    if (Object.hasOwn(CONSTANTS, text)) return { type: 'literal', value: CONSTANTS[text] ?? null, span };
    return { type: 'name', name: text, span };
  }
  if (type === 'string') {
    let value = '';
    while (tokens.current.type === 'string') value += tokens.next().text;
    return { type: 'literal', value, span: [span[0], tokens.lastEnd] };
  }
  if (type === 'integer' || type === 'float') {
    tokens.next();
    return { type: 'number', value: Number(text.replaceAll('_', '')), isFloat: type === 'float', span };
  }
  if (tokens.takeOperator('(')) return parenthesis(tokens, span[0]);
  if (tokens.takeOperator('[')) {
    const items = listed(tokens, ']', () => parseExpression(tokens));
    return { type: 'list', items, span: [span[0], tokens.lastEnd] };
  }
  if (tokens.takeOperator('{')) {
    const items = listed(tokens, '}', (): readonly [JinjaExpression, JinjaExpression] => {
      const key = parseExpression(tokens);
      tokens.expectOperator(':');
      return [key, parseExpression(tokens)];
    });
    return { type: 'dict', items, span: [span[0], tokens.lastEnd] };
  }
  throw tokens.unexpected('a value');
}

function parenthesis(tokens: TokenStream, start: number): JinjaExpression {
  if (tokens.takeOperator(')')) return { type: 'tuple', items: [], span: [start, tokens.lastEnd] };
  const value = parseTuple(tokens);
  tokens.expectOperator(')');
  return value.type === 'tuple' ? { ...value, span: [start, tokens.lastEnd] } : value;
}

function listed<T>(tokens: TokenStream, closing: string, read: () => T): T[] {
  const items: T[] = [];
  while (!tokens.isOperator(closing)) {
    if (items.length > 0) tokens.expectOperator(',');
    if (tokens.isOperator(closing)) break;
    items.push(read());
  }
  tokens.expectOperator(closing);
  return items;
}

function postfix(tokens: TokenStream, start: JinjaExpression): JinjaExpression {
  let value = start;
  for (;;) {
    if (tokens.takeOperator('.')) value = dotted(tokens, value);
    else if (tokens.takeOperator('[')) value = subscript(tokens, value);
    else if (tokens.isOperator('(')) value = called(tokens, value);
    else return value;
  }
}

function dotted(tokens: TokenStream, object: JinjaExpression): JinjaExpression {
  const { type, text, span } = tokens.current;
  if (type === 'name') {
    tokens.next();
    return { type: 'attribute', object, name: text, span: [object.span[0], span[1]] };
  }
  if (type !== 'integer') throw tokens.unexpected('a name');
  tokens.next();
  const key: JinjaExpression = { type: 'number', value: Number(text), isFloat: false, span };
  return { type: 'item', object, key, span: [object.span[0], span[1]] };
}

function subscript(tokens: TokenStream, object: JinjaExpression): JinjaExpression {
  const bounds: (JinjaExpression | null)[] = [];
  let isSlice = false;
  for (;;) {
    bounds.push(tokens.isOperator(':') || tokens.isOperator(']') ? null : parseExpression(tokens));
    if (!tokens.takeOperator(':')) break;
    isSlice = true;
  }
  tokens.expectOperator(']');
  const span: Span = [object.span[0], tokens.lastEnd];
  const [key] = bounds;
  if (isSlice && bounds.length <= 3) return { type: 'slice', object, bounds, span };
  if (!key || isSlice) throw tokens.unexpected('a subscript');
  return { type: 'item', object, key, span };
}

function called(tokens: TokenStream, callee: JinjaExpression): JinjaExpression {
  const args = callArguments(tokens);
  return { type: 'call', callee, args, span: [callee.span[0], tokens.lastEnd] };
}

function callArguments(tokens: TokenStream): CallArguments {
  tokens.expectOperator('(');
  const positional: JinjaExpression[] = [];
  const named: { name: string; value: JinjaExpression }[] = [];
  listed(tokens, ')', () => {
    const next = tokens.peek();
    if (tokens.current.type === 'name' && next.type === 'operator' && next.text === '=') {
      const name = tokens.next().text;
      tokens.next();
      named.push({ name, value: parseExpression(tokens) });
    } else if (named.length > 0) throw tokens.unexpected('an argument with its name');
    else positional.push(parseExpression(tokens));
  });
  return { positional, named };
}

function filtersAndTests(tokens: TokenStream, start: JinjaExpression): JinjaExpression {
  let value = start;
  for (;;) {
    if (tokens.takeOperator('|')) {
      const filter = parseFilterCall(tokens);
      value = { type: 'filtered', value, filter, span: [value.span[0], tokens.lastEnd] };
    } else if (tokens.takeName('is')) value = tested(tokens, value);
    else if (tokens.isOperator('(')) value = called(tokens, value);
    else return value;
  }
}

/** A test may take one argument without parentheses: `x is divisibleby 3`. */
function tested(tokens: TokenStream, value: JinjaExpression): JinjaExpression {
  const negated = tokens.takeName('not');
  let test = parseFilterCall(tokens);
  const { type, text } = tokens.current;
  const isValue =
    type === 'string' || type === 'integer' || type === 'float' || (type === 'name' && !JOINS.includes(text));
  if (test.args === NO_ARGUMENTS && (isValue || tokens.isOperator('[') || tokens.isOperator('{'))) {
    if (tokens.isName('is')) throw tokens.unexpected('the end of the test');
    const argument = postfix(tokens, primary(tokens));
    test = { ...test, args: { positional: [argument], named: [] }, span: [test.span[0], tokens.lastEnd] };
  }
  return { type: 'test', value, test, negated, span: [value.span[0], tokens.lastEnd] };
}

const JOINS: readonly string[] = ['else', 'or', 'and'];
