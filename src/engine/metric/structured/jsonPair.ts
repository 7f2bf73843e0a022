import type { Json } from '../../json.ts';
import { expectedValue } from '../expectedValue.ts';
import type { MetricInput, ScoreOutcome } from '../metric.ts';
import { unscored } from '../outcome.ts';
import { parseOutput, pickOutput } from '../pickOutput.ts';
import { sentence } from '../textMetric.ts';

/** The JSON of an output and what is expected of it; `broken` says how the output breaks the format that was asked for. */
export type JsonPair = { readonly expected: Json } & ({ readonly value: unknown } | { readonly broken: string });

/** The pair to compare, or why there is nothing to compare with. */
export type ReadJsonPair = (input: MetricInput) => JsonPair | { readonly outcome: ScoreOutcome };

/** An expected text that spells a list or an object is what it spells: a table of cases has nothing but text. */
export function jsonPair(options: {
  readonly path?: string | undefined;
  readonly expected?: Json | undefined;
}): ReadJsonPair | { readonly error: string } {
  const expected = expectedValue(options.expected);
  if (typeof expected !== 'function') return expected;
  return (input) => {
    const expectation = expected(input);
    if ('missing' in expectation) return { outcome: unscored(sentence(expectation.missing)) };
    const picked = options.path === undefined ? parseOutput(input) : pickOutput(input, options.path);
    return { expected: spelledJson(expectation.value), ...picked };
  };
}

/** The list or object that a text spells; any other value as it is. */
export function spelledJson<T>(value: T): T | Json {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
