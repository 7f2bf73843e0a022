import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import { binary, unscored } from '../outcome.ts';
import { signature } from '../signature.ts';
import { sentence } from '../textMetric.ts';
import { count, quote } from '../words.ts';
import { type Call, type Calls, callsPath, expectedCalls, readCalls } from './readCalls.ts';
import { ARGUMENT_MODES, callText, matchedCalls, type SameCall, sameCallBy, withDefaults } from './sameCall.ts';

const MODES = ['strict', 'unordered', 'subset', 'superset'] as const;
type Mode = (typeof MODES)[number];
/** A matching of more is quadratic; no step of an agent has as many. */
export const MOST_CALLS = 1_000;

export const trajectoryMatch = defineMetric({
  kind: 'trajectory-match',
  family: 'tool-calls',
  summary: 'The functions that were called are those that are expected, with their arguments.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source:
    'As agentevals 0.0.7 defines it; several calls of one function count as often as they stand there. Subset and superset of arguments are always of the expected ones, which agentevals turns round in the modes unordered and subset.',
  options: () =>
    z.strictObject({
      expected: expectedCalls,
      path: callsPath,
      mode: z.enum(MODES).optional().meta({
        description:
          'strict (default): the same calls in the same order; unordered: in any order; subset: nothing was called that is not expected; superset: all that is expected was called.',
      }),
      arguments: z.enum(ARGUMENT_MODES).optional().meta({
        description:
          'exact (default), ignore, subset (some of the expected ones), superset (the expected ones and more).',
      }),
      overrides: z
        .record(z.string(), z.union([z.enum(ARGUMENT_MODES), z.array(z.string().trim().min(1)).min(1)]))
        .optional()
        .meta({
          description:
            'The same for one function, by its name; a list names the arguments that must be equal, such as `filter.city`.',
        }),
      ignore: z
        .array(z.string().min(1))
        .optional()
        .meta({ description: 'Arguments that never count, such as `request_id`.' }),
      defaults: z
        .record(z.string(), z.json())
        .optional()
        .meta({ description: 'What an argument is where it was left out, so that leaving it out is the same.' }),
    }),
  shorthand: 'expected',
  create: ({ mode = 'strict', arguments: args = 'exact', overrides, ignore, defaults, path, expected }) => {
    const same = sameCallBy(args, overrides);
    const given = (calls: readonly Call[]) =>
      withDefaults(calls, { ...(ignore && { ignore }), ...(defaults && { defaults }) });
    const read = readCalls({ path, expected });
    if ('error' in read) return read;
    return {
      signature: signature('trajectory-match', { path, expected, mode, args, overrides, ignore, defaults }),
      role: 'decides',
      score: (input) => {
        const calls = read(input);
        if ('outcome' in calls) return calls.outcome;
        if ('broken' in calls) return binary(false, sentence(calls.broken));
        if (Math.max(calls.called.length, calls.expected.length) > MOST_CALLS)
          return unscored(`There are more than ${MOST_CALLS} calls.`);
        const fault = faultOf({ called: given(calls.called), expected: given(calls.expected) }, mode, same);
        return fault === null ? binary(true, matchWords(calls)) : binary(false, fault);
      },
    };
  },
});

function matchWords({ called }: Calls): string {
  return called.length === 0 ? 'Nothing was called, as expected.' : `${count(called.length, 'call')} as expected.`;
}

/** In words why it is no match; null when it is one. */
function faultOf({ called, expected }: Calls, mode: Mode, same: SameCall): string | null {
  if (mode === 'strict') {
    const at = Array.from({ length: Math.max(called.length, expected.length) }).findIndex((_, index) => {
      const [call, wanted] = [called[index], expected[index]];
      return !call || !wanted || !same(call, wanted);
    });
    return at === -1 ? null : `Call ${at + 1}: expected ${shown(expected[at])}, got ${shown(called[at])}.`;
  }
  const matched = matchedCalls(called, expected, same);
  if (mode !== 'subset' && matched < expected.length)
    return `Made ${matched} of ${count(expected.length, 'expected call')}; missing e.g. ${shown(leftOver(expected, called, same))}.`;
  if (mode !== 'superset' && matched < called.length)
    return `${count(called.length - matched, 'call')} ${called.length - matched === 1 ? 'is' : 'are'} not expected, e.g. ${shown(leftOver(called, expected, same))}.`;
  return null;
}

/** One of these that the others do not have, or do not have as often. */
function leftOver(these: readonly Call[], others: readonly Call[], same: SameCall): Call | undefined {
  const free = [...others];
  return these.find((call) => {
    const at = free.findIndex((other) => same(call, other) || same(other, call));
    if (at === -1) return true;
    free.splice(at, 1);
    return false;
  });
}

function shown(call: Call | undefined): string {
  return call === undefined ? 'none' : quote(callText(call)).slice(1, -1).replaceAll('\\"', '"');
}
