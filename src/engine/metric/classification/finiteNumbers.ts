import type { ScoreOutcome } from '../metric.ts';
import { unscored } from '../outcome.ts';
import { numberLikeness } from '../structured/likeness.ts';
import type { NumberPair, ReadNumberPair } from '../structured/numberPair.ts';
import { sentence } from '../textMetric.ts';
import { digits } from '../words.ts';

/** What a metric says of one sample when its number is that of a run. */
export function scoreNearness(pair: ReturnType<ReadNumberPair>): ScoreOutcome {
  const numbers = finite(pair);
  if ('outcome' in numbers) return numbers.outcome;
  const value = numberLikeness(numbers.value, numbers.expected);
  return {
    outcome: 'scored',
    value,
    score: null,
    passed: null,
    reason: `Near to ${digits(value)}: ${numberWords(numbers)}.`,
  };
}

/** The number of an answer and the nearest that would be right. */
export function finite(
  pair: ReturnType<ReadNumberPair>,
): { readonly value: number; readonly expected: number } | { readonly outcome: ScoreOutcome } {
  if ('outcome' in pair) return pair;
  if ('broken' in pair) return { outcome: unscored(sentence(pair.broken)) };
  const { value } = pair;
  const expected = nearest(pair, value);
  if (Number.isFinite(value) && Number.isFinite(expected)) return { value, expected };
  return { outcome: unscored('A number is too large to be compared.') };
}

function nearest({ expected }: NumberPair, value: number): number {
  return expected.reduce((best, next) => (Math.abs(next - value) < Math.abs(best - value) ? next : best));
}

/** `got 12, expected 10` */
export function numberWords({ value, expected }: { readonly value: number; readonly expected: number }): string {
  return `got ${value}, expected ${expected}`;
}
