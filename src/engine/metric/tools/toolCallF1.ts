import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import * as fields from '../optionFields.ts';
import { graded, unscored } from '../outcome.ts';
import { signature } from '../signature.ts';
import { sentence } from '../textMetric.ts';
import { count, digits } from '../words.ts';
import { type Call, callsPath, expectedCalls, readCalls } from './readCalls.ts';
import { callText, firstMissed, sameCallBy } from './sameCall.ts';
import { MOST_CALLS } from './trajectoryMatch.ts';

export const toolCallF1 = defineMetric({
  kind: 'tool-call-f1',
  family: 'tool-calls',
  summary:
    'The functions that were called against those that are expected, as F1 of precision and recall; their order does not count.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source:
    'As Ragas ToolCallF1 without its rounding: sets of calls by name and arguments, or by name alone. 1 when nothing is expected and nothing called, 0 when only one of them is empty.',
  options: () =>
    z.strictObject({
      expected: expectedCalls,
      path: callsPath,
      arguments: z.enum(['exact', 'ignore']).optional().meta({
        description: 'Whether the arguments count: exact (default) or ignore.',
      }),
      threshold: fields.threshold,
    }),
  shorthand: 'expected',
  create: ({ arguments: args = 'exact', path, expected, threshold }) => {
    const read = readCalls({ path, expected });
    if ('error' in read) return read;
    const setOf = (calls: readonly Call[]) =>
      new Set(calls.map((call) => (args === 'ignore' ? call.name : callText(call))));
    return {
      signature: signature('tool-call-f1', { path, expected, args }),
      role: threshold === undefined ? 'grades' : 'decides',
      score: (input) => {
        const calls = read(input);
        if ('outcome' in calls) return calls.outcome;
        if ('broken' in calls) return graded(0, threshold, sentence(calls.broken));
        if (Math.max(calls.called.length, calls.expected.length) > MOST_CALLS)
          return unscored(`There are more than ${MOST_CALLS} calls.`);
        const [called, wanted] = [setOf(calls.called), setOf(calls.expected)];
        const shared = [...called].filter((call) => wanted.has(call)).length;
        const all = called.size + wanted.size;
        const value = all === 0 ? 1 : (2 * shared) / all;
        const missed = firstMissed(calls.called, calls.expected, sameCallBy(args));
        const example = missed === null ? '' : `; missing e.g. ${missed.slice(0, 120)}`;
        const reason = `F1 ${digits(value)}: ${shared} right of ${count(called.size, 'call')}, ${wanted.size} expected${example}.`;
        return graded(value, threshold, reason);
      },
    };
  },
});
