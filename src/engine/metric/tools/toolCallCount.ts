import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import { unscored } from '../outcome.ts';
import { signature } from '../signature.ts';
import { sentence } from '../textMetric.ts';
import { count } from '../words.ts';
import { callsOf, callsPath } from './readCalls.ts';

const bound = (words: string) => z.int().min(0).optional().meta({ description: words });

export const toolCallCount = defineMetric({
  kind: 'tool-call-count',
  family: 'tool-calls',
  summary: 'How many functions were called; with limits, whether that is as asked.',
  direction: 'lower',
  level: 'row',
  range: [0, null],
  source: 'Each call counts, also one that is made again.',
  options: () =>
    z
      .strictObject({
        min: bound('Passes at or above it.'),
        max: bound('Passes at or below it.'),
        name: z.string().trim().min(1).optional().meta({ description: 'Only calls of this function.' }),
        path: callsPath,
      })
      .refine(({ min, max }) => min === undefined || max === undefined || min <= max, {
        error: '`min` is more than `max`.',
      }),
  shorthand: 'max',
  create: ({ min, max, name, path }) => {
    const hasLimit = min !== undefined || max !== undefined;
    return {
      signature: signature('tool-call-count', { name, min, max, path }),
      role: hasLimit ? 'decides' : 'measures',
      score: (input) => {
        const calls = callsOf(input, path);
        if ('broken' in calls) return unscored(sentence(calls.broken));
        const value = calls.filter((call) => name === undefined || call.name === name).length;
        const words = `${count(value, 'call')}${name === undefined ? '' : ` of ${name}`}`;
        if (!hasLimit) return { outcome: 'scored', value, score: null, passed: null, reason: `${words}.` };
        const passed = value >= (min ?? 0) && value <= (max ?? Number.POSITIVE_INFINITY);
        const asked = [min === undefined ? [] : `at least ${min}`, max === undefined ? [] : `at most ${max}`].flat();
        const reason = `${words}, ${passed ? 'as asked' : 'not'}: ${asked.join(' and ')}.`;
        return { outcome: 'scored', value, score: passed ? 1 : 0, passed, reason };
      },
    };
  },
});
