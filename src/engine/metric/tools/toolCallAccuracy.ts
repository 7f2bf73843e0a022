import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import * as fields from '../optionFields.ts';
import { graded, unscored } from '../outcome.ts';
import { signature } from '../signature.ts';
import { bestAssignment } from '../structured/assignment.ts';
import { sentence } from '../textMetric.ts';
import { count, digits } from '../words.ts';
import { shareOfExpected, tooManyCalls } from './argumentLikeness.ts';
import { type Call, type Calls, callsPath, expectedCalls, readCalls } from './readCalls.ts';

export const toolCallAccuracy = defineMetric({
  kind: 'tool-call-accuracy',
  family: 'tool-calls',
  summary:
    'The expected functions were called in their order, and what share of their arguments is right; 0 when the functions are others.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source:
    'As Ragas 0.4 ToolCallAccuracy, with values compared as JSON, not as text. In any order each call has the partner that fits best; Ragas takes them sorted, which may be less.',
  options: () =>
    z.strictObject({
      expected: expectedCalls,
      path: callsPath,
      order: z.enum(['strict', 'any']).optional().meta({
        description: 'Whether the order counts: strict (default) or any, for calls side by side.',
      }),
      threshold: fields.threshold,
    }),
  shorthand: 'expected',
  create: ({ order = 'strict', path, expected, threshold }) => {
    const read = readCalls({ path, expected });
    if ('error' in read) return read;
    return {
      signature: signature('tool-call-accuracy', { path, expected, order }),
      role: threshold === undefined ? 'grades' : 'decides',
      score: (input) => {
        const calls = read(input);
        if ('outcome' in calls) return calls.outcome;
        if ('broken' in calls) return graded(0, threshold, sentence(calls.broken));
        const tooMany = tooManyCalls(calls);
        if (tooMany !== null) return unscored(tooMany);
        if (calls.called.length === 0 && calls.expected.length === 0)
          return graded(1, threshold, 'Nothing was called, as expected.');
        const stray = misaligned(calls, order === 'strict');
        if (stray !== null) return graded(0, threshold, stray);
        const value = order === 'strict' ? inOrder(calls) : inAnyOrder(calls);
        return graded(
          value,
          threshold,
          `${count(calls.called.length, 'call')} of the expected functions; ${digits(value)} of their arguments are right.`,
        );
      },
    };
  },
});

/** Why the functions are not the expected ones; null when they are. */
function misaligned({ called, expected }: Calls, strict: boolean): string | null {
  const names = (calls: readonly Call[]) => {
    const list = calls.map(({ name }) => name);
    return strict ? list : list.sort();
  };
  const [got, wanted] = [names(called), names(expected)];
  const at = Array.from({ length: Math.max(got.length, wanted.length) }).findIndex((_, i) => got[i] !== wanted[i]);
  if (at === -1) return null;
  if (!strict) return `Other functions than expected: ${shown(got)} instead of ${shown(wanted)}.`;
  return `Call ${at + 1}: expected ${wanted[at] ?? 'none'}, got ${got[at] ?? 'none'}.`;
}

function shown(names: readonly string[]): string {
  if (names.length === 0) return 'none';
  return names.length > 8 ? `${names.slice(0, 8).join(', ')} and ${names.length - 8} more` : names.join(', ');
}

function inOrder({ called, expected }: Calls): number {
  return called.reduce((sum, call, at) => sum + shareOfExpected(call, expected[at] as Call), 0) / expected.length;
}

/** The best total of pairs of the same function. */
function inAnyOrder({ called, expected }: Calls): number {
  const size = expected.length;
  // A pair of two functions is worth less than any other, so that the best assignment has none.
  const worth = Float64Array.from({ length: size * size }, (_, at) => {
    const [call, wanted] = [called[Math.floor(at / size)] as Call, expected[at % size] as Call];
    return call.name === wanted.name ? (1 + shareOfExpected(call, wanted)) / 2 : -size;
  });
  const partner = bestAssignment(worth, size, size);
  return called.reduce((sum, call, at) => sum + shareOfExpected(call, expected[partner[at] ?? 0] as Call), 0) / size;
}
