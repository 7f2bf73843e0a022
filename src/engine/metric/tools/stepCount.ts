import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import { unscored } from '../outcome.ts';
import { signature } from '../signature.ts';
import { matchesGlob } from '../text/matchesGlob.ts';
import { sentence } from '../textMetric.ts';
import { count, show } from '../words.ts';
import { callsPath } from './readCalls.ts';
import { type Step, stepsOf } from './steps.ts';

const bound = (words: string) => z.int().min(0).optional().meta({ description: words });

export const stepCount = defineMetric({
  kind: 'step-count',
  family: 'tool-calls',
  summary:
    'How many steps the conversation and the answer took: calls, their results, words of the assistant; with limits, whether that is as asked.',
  direction: 'lower',
  level: 'row',
  range: [0, null],
  source:
    'As trajectory:step-count of promptfoo, over the messages and the answer; the turns of the user are no steps.',
  options: () =>
    z
      .strictObject({
        min: bound('Passes at or above it.'),
        max: bound('Passes at or below it.'),
        type: z.enum(['call', 'result', 'answer']).optional().meta({
          description: 'Only calls of functions, what these gave, or words of the assistant; by default all.',
        }),
        name: z.string().trim().min(1).optional().meta({
          description: 'Only calls and results of functions of this name; `*` stands for any characters, `?` for one.',
        }),
        path: callsPath,
      })
      .refine(({ min, max }) => min === undefined || max === undefined || min <= max, {
        error: '`min` is more than `max`.',
      })
      .refine(({ type, name }) => type !== 'answer' || name === undefined, {
        error: 'Words of the assistant have no `name`.',
      }),
  shorthand: 'max',
  create: ({ min, max, type, name, path }) => {
    const hasLimit = min !== undefined || max !== undefined;
    const counts = (step: Step) => {
      if (type !== undefined && step.type !== type) return false;
      if (name === undefined) return true;
      return step.type !== 'answer' && matchesGlob(step.type === 'call' ? step.call.name : step.name, name);
    };
    return {
      signature: signature('step-count', { type, name, min, max, path }),
      role: hasLimit ? 'decides' : 'measures',
      score: (input) => {
        const steps = stepsOf(input, path);
        if ('broken' in steps) return unscored(sentence(steps.broken));
        const value = steps.filter(counts).length;
        const words = `${count(value, type ?? 'step')}${name === undefined ? '' : ` of ${show(name)}`}`;
        if (!hasLimit) return { outcome: 'scored', value, score: null, passed: null, reason: `${words}.` };
        const passed = value >= (min ?? 0) && value <= (max ?? Number.POSITIVE_INFINITY);
        const asked = [min === undefined ? [] : `at least ${min}`, max === undefined ? [] : `at most ${max}`].flat();
        const reason = `${words}, ${passed ? 'as asked' : 'not'}: ${asked.join(' and ')}.`;
        return { outcome: 'scored', value, score: passed ? 1 : 0, passed, reason };
      },
    };
  },
});
