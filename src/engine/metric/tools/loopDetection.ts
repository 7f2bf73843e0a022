import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import * as fields from '../optionFields.ts';
import { graded, unscored } from '../outcome.ts';
import { signature } from '../signature.ts';
import { sentence } from '../textMetric.ts';
import { digits } from '../words.ts';
import { cycleIn, type LoopFinding, repetitionIn, stagnationIn } from './loopChecks.ts';
import { callsPath } from './readCalls.ts';
import { stepsOf } from './steps.ts';

const CHECKS = ['repetition', 'stagnation', 'cycles'] as const;
const WEIGHTS: { readonly [check in (typeof CHECKS)[number]]: number } = {
  repetition: 0.4,
  stagnation: 0.35,
  cycles: 0.25,
};
const MOST_STEPS = 2_000;

export const loopDetection = defineMetric({
  kind: 'loop-detection',
  family: 'tool-calls',
  summary:
    'The agent goes on instead of round in circles: the same call, nearly the same words, or the same series of calls over and over. 1 is no loop.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source:
    'The weights and steps of AgentLoopDetectionMetric of DeepEval 4.3: repetition 0.40, stagnation 0.35, cycles 0.25, each 1, 0.5 or 0. Of its own: likeness by the longest common subsequence of words, and cycles as a series of calls made again at once, since a conversation has no tree of calls.',
  options: () =>
    z.strictObject({
      checks: z.array(z.enum(CHECKS)).min(1).optional().meta({
        description:
          'What is looked for; by default repetition, stagnation and cycles. The weights are those of these.',
      }),
      repeats: z.int().min(2).optional().meta({
        description:
          'How often the same call with the same arguments is half a loop, by default 3; twice as often is one.',
      }),
      similarity: z.number().gt(0).max(0.95).optional().meta({
        description: 'From where on two turns in a row say the same, by default 0.85; over 0.95 it is a loop.',
      }),
      path: callsPath,
      threshold: fields.threshold,
    }),
  create: ({ checks: given, repeats = 3, similarity = 0.85, path, threshold }) => {
    const checks = CHECKS.filter((check) => given?.includes(check) ?? true);
    const total = checks.reduce((sum, check) => sum + WEIGHTS[check], 0);
    return {
      signature: signature('loop-detection', { checks: checks.join(','), repeats, similarity, path }),
      role: threshold === undefined ? 'grades' : 'decides',
      score: (input) => {
        const steps = stepsOf(input, path);
        if ('broken' in steps) return graded(0, threshold, sentence(steps.broken));
        const calls = steps.flatMap((step) => (step.type === 'call' ? step.call : []));
        const texts = steps.flatMap((step) => (step.type === 'answer' ? step.text : []));
        if (calls.length === 0 && texts.length < 2)
          return unscored('Nothing was called, and there is one turn of the assistant: nothing can go in circles.');
        if (steps.length > MOST_STEPS) return unscored(`There are more than ${MOST_STEPS} steps.`);
        const find = {
          repetition: () => repetitionIn(calls, repeats),
          stagnation: () => stagnationIn(texts, similarity),
          cycles: () => cycleIn(calls),
        };
        const found: LoopFinding[] = [];
        let sum = 0;
        for (const check of checks) {
          const one = find[check]();
          if (typeof one === 'string') return unscored(one);
          found.push(one);
          sum += one.score * WEIGHTS[check];
        }
        const value = sum / total;
        const loops = found.flatMap(({ reason }) => reason ?? []);
        const reason = loops.length === 0 ? 'No loop was found.' : `${digits(value)}: ${loops.join('; ')}.`;
        return graded(value, threshold, reason);
      },
    };
  },
});
