import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import { limited, unscored } from '../outcome.ts';
import { signature } from '../signature.ts';
import { count, digits } from '../words.ts';

const UNIT_MS: { readonly [unit: string]: number } = { ms: 1, s: 1000, m: 60_000 };

export const duration = z
  .union([
    z.number().gt(0),
    z
      .string()
      .regex(/^\s*\d+(\.\d+)?\s*(ms|s|m)\s*$/, 'it is a duration such as 800ms, 2s or 1.5m')
      .transform((text) => Number.parseFloat(text) * (UNIT_MS[text.replace(/[\d.\s]/g, '')] ?? 1)),
  ])
  .meta({ description: 'A duration such as 800ms, 2s or 1.5m; a number is in milliseconds.' });

export const latency = defineMetric({
  kind: 'latency',
  family: 'operational',
  summary: 'How long the answer took, in milliseconds; with a limit, whether it was fast enough.',
  direction: 'lower',
  level: 'row',
  range: [0, null],
  source: 'From sending the request to its last byte, retries left out.',
  options: () => z.strictObject({ max: duration.optional() }),
  shorthand: 'max',
  create: ({ max }) => ({
    signature: signature('latency', { unit: 'ms', max }),
    role: max === undefined ? 'measures' : 'decides',
    score: ({ response: { latencyMs } }) =>
      latencyMs === null ? unscored('The latency was not measured.') : limited(latencyMs, max, inMs),
  }),
});

export const cost = defineMetric({
  kind: 'cost',
  family: 'operational',
  summary: 'What the answer cost, in US dollars; with a limit, whether it was cheap enough.',
  direction: 'lower',
  level: 'row',
  range: [0, null],
  source: 'What the provider said, else tokens by the price table. An unknown price is unscored, never 0.',
  options: () =>
    z.strictObject({
      max: z.number().gt(0).optional().meta({ description: 'The most that it may cost, in US dollars.' }),
    }),
  shorthand: 'max',
  create: ({ max }) => ({
    signature: signature('cost', { unit: 'usd', max }),
    role: max === undefined ? 'measures' : 'decides',
    score: ({ costUsd }) =>
      costUsd === null ? unscored('The price of this answer is unknown.') : limited(costUsd, max, inUsd),
  }),
});

const which = z
  .enum(['total', 'input', 'output', 'reasoning'])
  .optional()
  .meta({ description: 'Which tokens count; by default input and output. Reasoning is a part of the output.' });

export const tokens = defineMetric({
  kind: 'tokens',
  family: 'operational',
  summary: 'How many tokens the provider counted; with a limit, whether they were few enough.',
  direction: 'lower',
  level: 'row',
  range: [0, null],
  source: "The provider's own count.",
  options: () =>
    z.strictObject({
      max: z.int().gt(0).optional().meta({ description: 'The most tokens that it may take.' }),
      which,
    }),
  shorthand: 'max',
  create: ({ max, which: chosen = 'total' }) => ({
    signature: signature('tokens', { which: chosen, max }),
    role: max === undefined ? 'measures' : 'decides',
    score: ({ response: { usage } }) => {
      const input = usage?.inputTokens ?? null;
      const output = usage?.outputTokens ?? null;
      const sum = input === null || output === null ? null : input + output;
      const value = { input, output, reasoning: usage?.reasoningTokens ?? null, total: sum }[chosen];
      const noun = chosen === 'total' ? 'token' : `${chosen} token`;
      if (value === null) return unscored(`The provider did not say how many ${noun}s it took.`);
      return limited(value, max, (number) => count(number, noun));
    },
  }),
});

export function inMs(value: number): string {
  return value < 1000 ? `${digits(value)} ms` : `${digits(value / 1000)} s`;
}

function inUsd(value: number): string {
  return `$${digits(value)}`;
}
