import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import * as fields from '../optionFields.ts';
import { graded, unscored } from '../outcome.ts';
import { signature } from '../signature.ts';
import { sentence } from '../textMetric.ts';
import { count, digits } from '../words.ts';
import { type ArgumentLikeness, shareOfAll, tooManyCalls } from './argumentLikeness.ts';
import { type Call, type Calls, callsPath, expectedCalls, readCalls } from './readCalls.ts';

const ORDERS = ['any', 'in-order', 'exact'] as const;

export const toolCorrectness = defineMetric({
  kind: 'tool-correctness',
  family: 'tool-calls',
  summary: 'How many of the expected functions were called, by all that are expected; calls beyond them cost nothing.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source:
    'As DeepEval 4.3 ToolCorrectnessMetric: greedy best match, weighted longest common subsequence, or equal lists. A call that is made and expected twice counts twice, where DeepEval counts it once.',
  options: () =>
    z.strictObject({
      expected: expectedCalls,
      path: callsPath,
      order: z.enum(ORDERS).optional().meta({
        description: 'any (default); in-order: with others between them; exact: the same list, or 0.',
      }),
      arguments: z.enum(['ignore', 'compare']).optional().meta({
        description:
          'ignore (default): names only; compare: a call counts by the share of its arguments that is the same.',
      }),
      threshold: fields.threshold,
    }),
  shorthand: 'expected',
  create: ({ order = 'any', arguments: args = 'ignore', path, expected, threshold }) => {
    const read = readCalls({ path, expected });
    if ('error' in read) return read;
    const alike: ArgumentLikeness = args === 'ignore' ? () => 1 : shareOfAll;
    return {
      signature: signature('tool-correctness', { path, expected, order, args }),
      role: threshold === undefined ? 'grades' : 'decides',
      score: (input) => {
        const calls = read(input);
        if ('outcome' in calls) return calls.outcome;
        if ('broken' in calls) return graded(0, threshold, sentence(calls.broken));
        const tooMany = tooManyCalls(calls);
        if (tooMany !== null) return unscored(tooMany);
        const { called, expected: wanted } = calls;
        if (wanted.length === 0)
          return called.length === 0
            ? graded(1, threshold, 'Nothing was called, as expected.')
            : graded(0, threshold, `Nothing was to be called; got ${count(called.length, 'call')}.`);
        const sum = { any: greedy, 'in-order': weightedLcs, exact: equalLists }[order](calls, alike);
        const value = Math.min(1, sum / wanted.length);
        return graded(value, threshold, reasonOf(calls, value));
      },
    };
  },
});

function reasonOf({ called, expected }: Calls, value: number): string {
  const names = new Set(called.map(({ name }) => name));
  const missing = [...new Set(expected.map(({ name }) => name))].filter((name) => !names.has(name));
  const example = missing.length === 0 ? '' : `; never called: ${missing.slice(0, 5).join(', ')}`;
  return `${digits(value)} of ${count(expected.length, 'expected call')}, by ${count(called.length, 'call')}${example}.`;
}

/** Each expected call in turn takes the free call that is most like it. */
function greedy({ called, expected }: Calls, alike: ArgumentLikeness): number {
  const free = new Set(called.keys());
  return expected.reduce((sum, wanted) => {
    let [best, place] = [0, -1];
    for (const at of free) {
      const likeness = likenessOf(called[at], wanted, alike);
      if (likeness > best) [best, place] = [likeness, at];
    }
    free.delete(place);
    return sum + best;
  }, 0);
}

/** The heaviest common subsequence. */
function weightedLcs({ called, expected }: Calls, alike: ArgumentLikeness): number {
  let above = new Float64Array(called.length + 1);
  for (const wanted of expected) {
    const row = new Float64Array(called.length + 1);
    for (let at = 1; at <= called.length; at += 1) {
      const likeness = likenessOf(called[at - 1], wanted, alike);
      const taken = likeness > 0 ? (above[at - 1] ?? 0) + likeness : 0;
      row[at] = Math.max(above[at] ?? 0, row[at - 1] ?? 0, taken);
    }
    above = row;
  }
  return above[called.length] ?? 0;
}

function equalLists({ called, expected }: Calls, alike: ArgumentLikeness): number {
  const equal =
    called.length === expected.length && expected.every((wanted, at) => likenessOf(called[at], wanted, alike) === 1);
  return equal ? expected.length : 0;
}

function likenessOf(call: Call | undefined, wanted: Call, alike: ArgumentLikeness): number {
  return call?.name === wanted.name ? alike(call, wanted) : 0;
}
