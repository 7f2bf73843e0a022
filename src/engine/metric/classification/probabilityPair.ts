import * as z from 'zod';
import type { Json } from '../../json.ts';
import { expectedValue } from '../expectedValue.ts';
import type { MetricInput, ScoreOutcome } from '../metric.ts';
import * as fields from '../optionFields.ts';
import { unscored } from '../outcome.ts';
import { pickOutput } from '../pickOutput.ts';
import { asText, sentence } from '../textMetric.ts';
import { show } from '../words.ts';

export const probabilityFields = {
  path: fields.path,
  expected: fields.expected,
  positive: z.union([z.string(), z.number(), z.boolean()]).optional().meta({
    description: 'The expected value that the probability is of; by default true (or 1).',
  }),
};

export type ProbabilityOptions = {
  readonly path?: string | undefined;
  readonly expected?: Json | undefined;
  readonly positive?: string | number | boolean | undefined;
};

/** A probability that was answered, and whether it was so. */
export type ProbabilityPair = { readonly probability: number; readonly isPositive: boolean };
export type ReadProbability = (input: MetricInput) => ProbabilityPair | { readonly outcome: ScoreOutcome };

/** An output without a probability is unscored: any number in its place would be made up. */
export function probabilityPair(options: ProbabilityOptions): ReadProbability | { readonly error: string } {
  const { path, positive } = options;
  const expected = expectedValue(options.expected);
  if (typeof expected !== 'function') return expected;
  return (input) => {
    const expectation = expected(input);
    if ('missing' in expectation) return { outcome: unscored(sentence(expectation.missing)) };
    const isPositive = truthOf(expectation.value, positive);
    if (isPositive === null)
      return { outcome: unscored('The expected value is neither true nor false: name the `positive` one.') };
    const picked = pickOutput(input, path);
    if ('broken' in picked) return { outcome: unscored(sentence(picked.broken)) };
    const probability = probabilityOf(picked.value);
    return probability === null
      ? { outcome: unscored(`The output holds no probability from 0 to 1: ${show(picked.value)}.`) }
      : { probability, isPositive };
  };
}

const TRUE = ['true', '1'];
const FALSE = ['false', '0'];

function truthOf(value: Json, positive: ProbabilityOptions['positive']): boolean | null {
  if (value !== null && typeof value === 'object') return null;
  const text = asText(value).trim();
  if (positive !== undefined) return text === String(positive).trim();
  return TRUE.includes(text) ? true : FALSE.includes(text) ? false : null;
}

function probabilityOf(value: unknown): number | null {
  const isNumber = typeof value === 'string' && /^\s*(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?\s*$/i.test(value);
  const number = typeof value === 'number' ? value : isNumber ? Number(value) : Number.NaN;
  return number >= 0 && number <= 1 ? number : null;
}
