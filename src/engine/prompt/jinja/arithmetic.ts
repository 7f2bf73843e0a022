import { JinjaValueError } from './jinjaError.ts';
import type { BinaryOperator } from './jinjaTree.ts';
import {
  checkItems,
  checkLength,
  describe,
  float,
  isFloat,
  itemsOf,
  type JinjaValue,
  missing,
  numberOf,
  Tuple,
  textOf,
  Undefined,
} from './jinjaValue.ts';
import { formatPercent } from './pythonFormat.ts';

/**
 * Python's arithmetic, with `~` for texts of any values. Whole numbers beyond 2^53 are refused: Python would go on exactly.
 *
 * @throws JinjaValueError for values that the operator does not take
 */
export function combine(operator: BinaryOperator, left: JinjaValue, right: JinjaValue): JinjaValue {
  if (operator === '~') return joined(textOf(left), textOf(right));
  if (left instanceof Undefined) throw missing(left);
  if (typeof left === 'string' && operator === '%') return formatPercent(left, right);
  if (right instanceof Undefined) throw missing(right);
  const [x, y] = [numberOf(left), numberOf(right)];
  if (x !== null && y !== null) return calculate(operator, x, y, isFloat(left) || isFloat(right));
  if (operator === '+') {
    if (typeof left === 'string' && typeof right === 'string') return joined(left, right);
    const [first, second] = [itemsOf(left), itemsOf(right)];
    if (first && second && left instanceof Tuple === right instanceof Tuple) {
      checkItems(first.length + second.length);
      const all = [...first, ...second];
      return left instanceof Tuple ? new Tuple(all) : all;
    }
  }
  if (operator === '*') {
    if (x !== null && !isFloat(left)) return repeated(right, x);
    if (y !== null && !isFloat(right)) return repeated(left, y);
  }
  const remedy = operator === '+' ? 'Use ~ to join texts of any values.' : 'Check the values.';
  throw new JinjaValueError(`"${operator}" does not go between ${describe(left)} and ${describe(right)}.`, remedy);
}

function joined(left: string, right: string): string {
  checkLength(left.length + right.length);
  return left + right;
}

function repeated(value: JinjaValue, times: number): JinjaValue {
  const count = Math.max(0, times);
  if (typeof value === 'string') {
    checkLength(value.length * count);
    return value.repeat(count);
  }
  const items = itemsOf(value);
  if (!items) throw new JinjaValueError(`${describe(value)} cannot be repeated.`);
  checkItems(items.length * count);
  const all = Array.from({ length: count }, () => items).flat();
  return value instanceof Tuple ? new Tuple(all) : all;
}

function calculate(operator: BinaryOperator, x: number, y: number, floats: boolean): JinjaValue {
  const number = (value: number): JinjaValue => {
    if (floats) return float(value);
    if (Number.isSafeInteger(value)) return value === 0 ? 0 : value;
    throw new JinjaValueError('The number becomes too large to be exact.', 'Use smaller numbers.', 'output-too-large');
  };
  if ((operator === '/' || operator === '//' || operator === '%') && y === 0)
    throw new JinjaValueError('A number cannot be divided by zero.');
  switch (operator) {
    case '+':
      return number(x + y);
    case '-':
      return number(x - y);
    case '*':
      return number(x * y);
    case '/':
      return float(x / y);
    case '//':
      return number(Math.floor(x / y));
    case '%':
      return number(x - y * Math.floor(x / y));
    default:
      if (x === 0 && y < 0) throw new JinjaValueError('Zero has no negative powers.');
      return y < 0 ? float(x ** y) : number(x ** y);
  }
}
