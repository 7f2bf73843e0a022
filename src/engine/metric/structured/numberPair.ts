import type { Json } from '../../json.ts';
import { expectedValue } from '../expectedValue.ts';
import type { MetricInput, ScoreOutcome } from '../metric.ts';
import { unscored } from '../outcome.ts';
import { pickOutput } from '../pickOutput.ts';
import { numberOf } from '../text/numberOf.ts';
import type { NumberFormat } from '../text/readNumbers.ts';
import { sentence } from '../textMetric.ts';
import { show } from '../words.ts';

/** The number of an output and those that would be right; `broken` says why the output has none. */
export type NumberPair = { readonly expected: readonly [number, ...number[]] } & (
  | { readonly value: number }
  | { readonly broken: string }
);
export type ReadNumberPair = (input: MetricInput) => NumberPair | { readonly outcome: ScoreOutcome };

/** Written out: asking Intl for it takes 20 ms of every start. */
const ENGLISH: NumberFormat = { decimal: '.', group: ',' };

/** An output without a number is the model's mistake; a case without one cannot be scored. */
export function numberPair(options: {
  readonly path?: string | undefined;
  readonly expected?: Json | undefined;
}): ReadNumberPair | { readonly error: string } {
  const expected = expectedValue(options.expected);
  if (typeof expected !== 'function') return expected;
  return (input) => {
    const expectation = expected(input);
    if ('missing' in expectation) return { outcome: unscored(sentence(expectation.missing)) };
    const given: readonly Json[] = Array.isArray(expectation.value) ? expectation.value : [expectation.value];
    const [first, ...others] = given.flatMap((one) => numberOf(one, ENGLISH) ?? []);
    if (first === undefined) return { outcome: unscored('The expected value holds no number.') };
    const wanted: NumberPair['expected'] = [first, ...others];
    const picked = pickOutput(input, options.path);
    if ('broken' in picked) return { expected: wanted, broken: picked.broken };
    const value = numberOf(picked.value, ENGLISH);
    return value === null
      ? { expected: wanted, broken: `the output has no number: ${show(picked.value)}` }
      : { expected: wanted, value };
  };
}
