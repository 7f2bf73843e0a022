import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import * as fields from '../optionFields.ts';
import { binary, graded, unscored } from '../outcome.ts';
import { signature } from '../signature.ts';
import { sentence } from '../textMetric.ts';
import { count, digits } from '../words.ts';
import { callsOf, callsPath } from './readCalls.ts';

const name = z.string().trim().min(1);
const names = z.union([name.transform((one) => [one]), z.array(name).min(1)]);
const common = { family: 'tool-calls', level: 'row' as const, range: [0, 1] as const };

export const toolUsed = defineMetric({
  ...common,
  kind: 'tool-used',
  summary: 'Every function of a list was called, or any of them.',
  direction: 'higher',
  source: 'Names are compared exactly.',
  options: () =>
    z.strictObject({
      names: names.meta({ description: 'Names of functions.' }),
      mode: z.enum(['all', 'any']).optional().meta({ description: 'By default all.' }),
      path: callsPath,
    }),
  shorthand: 'names',
  create: ({ names: wanted, mode = 'all', path }) => ({
    signature: signature('tool-used', { names: wanted, mode, path }),
    role: 'decides',
    score: (input) => {
      const calls = callsOf(input, path);
      if ('broken' in calls) return binary(false, sentence(calls.broken));
      const called = new Set(calls.map((call) => call.name));
      const missing = wanted.filter((one) => !called.has(one));
      const holds = mode === 'all' ? missing.length === 0 : missing.length < wanted.length;
      return binary(
        holds,
        holds ? `Called: ${wanted.filter((one) => called.has(one)).join(', ')}.` : `Not called: ${missing.join(', ')}.`,
      );
    },
  }),
});

export const toolNotUsed = defineMetric({
  ...common,
  kind: 'tool-not-used',
  summary: 'No function of a list was called.',
  direction: 'higher',
  source: 'Names are compared exactly.',
  options: () => z.strictObject({ names: names.meta({ description: 'Names of functions.' }), path: callsPath }),
  shorthand: 'names',
  create: ({ names: banned, path }) => ({
    signature: signature('tool-not-used', { names: banned, path }),
    role: 'decides',
    score: (input) => {
      const calls = callsOf(input, path);
      if ('broken' in calls) return binary(false, sentence(calls.broken));
      const found = [...new Set(calls.map((call) => call.name))].filter((one) => banned.includes(one));
      return binary(
        found.length === 0,
        found.length === 0 ? 'None of them was called.' : `Called: ${found.join(', ')}.`,
      );
    },
  }),
});

export const toolSequence = defineMetric({
  ...common,
  kind: 'tool-sequence',
  summary: 'Functions were called in this order, others between them or not.',
  direction: 'higher',
  source: 'As promptfoo defines it: in order, gaps allowed, or exactly these.',
  options: () =>
    z.strictObject({
      names: names.meta({ description: 'Names of functions in their order.' }),
      exact: z.boolean().optional().meta({ description: 'Nothing else may be called.' }),
      path: callsPath,
    }),
  shorthand: 'names',
  create: ({ names: wanted, exact = false, path }) => ({
    signature: signature('tool-sequence', { names: wanted, exact, path }),
    role: 'decides',
    score: (input) => {
      const calls = callsOf(input, path);
      if ('broken' in calls) return binary(false, sentence(calls.broken));
      let at = 0;
      for (const call of calls) if (call.name === wanted[at]) at += 1;
      const inOrder = at === wanted.length;
      if (!inOrder) return binary(false, `${at} of ${wanted.length} in order; next was to be ${wanted[at]}.`);
      const others = calls.length - wanted.length;
      if (exact && others > 0) return binary(false, `In order, but with ${count(others, 'other call')}.`);
      return binary(true, 'In the order that is expected.');
    },
  }),
});

export const toolPermission = defineMetric({
  ...common,
  kind: 'tool-permission',
  summary: 'The share of the calls that are allowed: on the list `allow` where there is one, and not on `deny`.',
  direction: 'higher',
  source: 'As DeepEval defines it: authorised calls by all calls. Without a call there is no score.',
  options: () =>
    z
      .strictObject({
        allow: names.optional().meta({ description: 'Functions that may be called; by default all.' }),
        deny: names.optional().meta({ description: 'Functions that may not.' }),
        path: callsPath,
        threshold: fields.threshold,
      })
      .refine(({ allow, deny }) => allow !== undefined || deny !== undefined, { error: 'Give `allow` or `deny`.' }),
  create: ({ allow, deny = [], path, threshold }) => ({
    signature: signature('tool-permission', { allow, deny, path }),
    role: threshold === undefined ? 'grades' : 'decides',
    score: (input) => {
      const calls = callsOf(input, path);
      if ('broken' in calls) return graded(0, threshold, sentence(calls.broken));
      if (calls.length === 0) return unscored('No function was called.');
      const refused = calls.filter((call) => deny.includes(call.name) || allow?.includes(call.name) === false);
      const value = 1 - refused.length / calls.length;
      const example =
        refused.length === 0 ? '' : `; not allowed: ${[...new Set(refused.map((call) => call.name))].join(', ')}`;
      return graded(value, threshold, `${digits(value)} of ${count(calls.length, 'call')} allowed${example}.`);
    },
  }),
});
