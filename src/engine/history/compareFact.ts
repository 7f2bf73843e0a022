import type { Fact, FactKind } from './runFacts.ts';

export const OPERATORS = ['=', '!=', '>', '>=', '<', '<=', '~'] as const;
export type Operator = (typeof OPERATORS)[number];
/** They ask which of two is more. */
export const NEEDS_NUMBER: ReadonlySet<Operator> = new Set(['>', '>=', '<', '<=']);
/** null: nobody knows. */
export type Truth = boolean | null;

/**
 * Whether a fact stands so to what somebody typed. Texts are compared whatever their case; `~` finds a part of one; a time is as
 * exact as it was typed, so `started = 2026-11` is all of that month.
 */
export function compareFact(fact: Fact, sign: Operator, wanted: string, kind: FactKind | 'any'): Truth {
  if (fact === null) return null;
  if (typeof fact === 'object') {
    const found = fact.some((text) => compareTexts(text, sign === '!=' ? '=' : sign, wanted));
    return sign === '!=' ? !found : found;
  }
  if (kind === 'time') return inOrder(compareTimes(String(fact), wanted), sign);
  if (kind === 'beginning' && (sign === '=' || sign === '!='))
    return lower(String(fact)).startsWith(lower(wanted)) === (sign === '=');
  if (typeof fact === 'number' && sign !== '~') {
    const number = wanted.trim() === '' ? Number.NaN : Number(wanted);
    if (Number.isNaN(number)) return sign === '!=';
    return inOrder(Math.sign(fact - number), sign);
  }
  // Only numbers have an order: which of two texts is more says nothing.
  return NEEDS_NUMBER.has(sign) ? null : compareTexts(String(fact), sign, wanted);
}

function compareTexts(text: string, sign: Operator, wanted: string): boolean {
  if (sign === '~') return lower(text).includes(lower(wanted));
  return (lower(text) === lower(wanted)) === (sign === '=');
}

function compareTimes(time: string, wanted: string): number {
  const exact = wanted.replace(' ', 'T').replace('Z', '');
  const known = time.slice(0, exact.length);
  return known < exact ? -1 : Number(known > exact);
}

function inOrder(order: number, sign: Operator): boolean {
  switch (sign) {
    case '=':
      return order === 0;
    case '!=':
      return order !== 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '~':
      return false;
  }
}

function lower(text: string): string {
  return text.toLowerCase();
}
