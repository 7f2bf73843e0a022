import * as z from 'zod';
import { tokensPerSecond } from '../../model/tokensPerSecond.ts';
import { defineMetric } from '../defineMetric.ts';
import { atLeast, binary, limited, unscored } from '../outcome.ts';
import { signature } from '../signature.ts';
import { count, digits, quote } from '../words.ts';
import { duration, inMs } from './operational.ts';

export const firstToken = defineMetric({
  kind: 'first-token',
  family: 'operational',
  summary:
    'How long it took until the first piece of the answer came, in milliseconds; with a limit, whether that is soon enough.',
  direction: 'lower',
  level: 'row',
  range: [0, null],
  source: 'From sending the request to the first piece, retries left out. An answer that did not stream is unscored.',
  options: () => z.strictObject({ max: duration.optional() }),
  shorthand: 'max',
  create: ({ max }) => ({
    signature: signature('first-token', { unit: 'ms', max }),
    role: max === undefined ? 'measures' : 'decides',
    score: ({ response: { firstTokenMs } }) =>
      firstTokenMs === null
        ? unscored('The time to the first token was not measured: the answer did not stream.')
        : limited(firstTokenMs, max, inMs),
  }),
});

const least = (unit: string) =>
  z
    .number()
    .gt(0)
    .optional()
    .meta({ description: `Passes at or above it, ${unit}. Without it the metric only measures.` });

export const tokenSpeed = defineMetric({
  kind: 'tokens-per-second',
  family: 'operational',
  summary: 'How fast the answer was written, in output tokens per second; with a least, whether that is fast enough.',
  direction: 'higher',
  level: 'row',
  range: [0, null],
  source:
    "The provider's count of output tokens by the time from the first piece to the last, or by all of it where the answer came whole. Under 50 ms it is unscored.",
  options: () => z.strictObject({ min: least('in tokens per second') }),
  shorthand: 'min',
  create: ({ min }) => ({
    signature: signature('tokens-per-second', { min }),
    role: min === undefined ? 'measures' : 'decides',
    score: ({ response: { latencyMs, firstTokenMs, usage } }) => {
      const speed = tokensPerSecond({ latencyMs, firstTokenMs, outputTokens: usage?.outputTokens ?? null });
      if (speed === null) return unscored('The speed is unknown: no time, no count of tokens, or too short a time.');
      return atLeast(speed, min, (value) => `${digits(value)} tokens per second`);
    },
  }),
});

export const cachedTokens = defineMetric({
  kind: 'cached-tokens',
  family: 'operational',
  summary: "How many input tokens came from the provider's cache; with a least, whether they were enough.",
  direction: 'higher',
  level: 'row',
  range: [0, null],
  source: "The provider's own count. A provider that says nothing is unscored, never 0.",
  options: () => z.strictObject({ min: least('in tokens') }),
  shorthand: 'min',
  create: ({ min }) => ({
    signature: signature('cached-tokens', { min }),
    role: min === undefined ? 'measures' : 'decides',
    score: ({ response: { usage } }) => {
      const cached = usage?.cachedInputTokens ?? null;
      if (cached === null) return unscored('The provider did not say how many input tokens were cached.');
      return atLeast(cached, min, (value) => count(value, 'cached token'));
    },
  }),
});

export const attempts = defineMetric({
  kind: 'attempts',
  family: 'operational',
  summary: 'How often the model was asked until it answered, 1 when the first try succeeded.',
  direction: 'lower',
  level: 'row',
  range: [1, null],
  source: 'Retries after rate limits, timeouts and errors of the server, and the try that succeeded.',
  options: () =>
    z.strictObject({
      max: z.int().min(1).optional().meta({ description: 'The most tries. Without it the metric only measures.' }),
    }),
  shorthand: 'max',
  create: ({ max }) => ({
    signature: signature('attempts', { max }),
    role: max === undefined ? 'measures' : 'decides',
    score: ({ response }) => limited(response.attempts, max, (value) => count(value, 'attempt')),
  }),
});

/** An answer that ends in a call of a tool has ended by itself as well. */
const BY_ITSELF = ['stop', 'tool_calls'];

export const finishReason = defineMetric({
  kind: 'finish-reason',
  family: 'operational',
  summary: 'The answer ended as expected, by default by itself: it was neither cut off nor filtered.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source: "What the provider said, in the words of OpenAI's chat API: stop, length, tool_calls, content_filter.",
  options: () =>
    z.strictObject({
      expected: z
        .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
        .optional()
        .meta({ description: 'The reason, or a list of which one must hold; by default stop or tool_calls.' }),
    }),
  shorthand: 'expected',
  create: ({ expected = BY_ITSELF }) => {
    const wanted = typeof expected === 'string' ? [expected] : expected;
    return {
      signature: signature('finish-reason', { expected: [...new Set(wanted)].sort().join(',') }),
      role: 'decides',
      score: ({ response: { finishReason: got } }) => {
        if (got === null) return unscored('The provider did not say why the answer ended.');
        const list = wanted.map(quote).join(' or ');
        return binary(wanted.includes(got), `The answer ended with ${quote(got)}; expected is ${list}.`);
      },
    };
  },
});
