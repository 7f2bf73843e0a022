import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import { MAX_CELLS } from '../limits.ts';
import * as fields from '../optionFields.ts';
import { graded, unscored } from '../outcome.ts';
import { signature } from '../signature.ts';
import { sentence } from '../textMetric.ts';
import { count, digits, show } from '../words.ts';
import { bestAssignment } from './assignment.ts';
import { jsonPair } from './jsonPair.ts';
import { likeness } from './likeness.ts';

export const listContains = defineMetric({
  kind: 'list-contains',
  family: 'json',
  summary: 'How much of an expected list is in the list of the output, in any order and spelled nearly the same.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source:
    'ListContains of autoevals 0.3.0: pairs by the best assignment, texts by edits, other elements as json-diff has them; by the longer length.',
  options: () =>
    z.strictObject({
      ...fields.textFields,
      allowExtra: z
        .boolean()
        .optional()
        .meta({ description: 'Elements that are not expected cost nothing; by default they do.' }),
    }),
  shorthand: 'expected',
  create: ({ allowExtra = false, ...options }) => {
    const read = jsonPair(options);
    if ('error' in read) return read;
    const { path, expected, threshold } = options;
    return {
      signature: signature('list-contains', { path, expected, extra: allowExtra ? 'free' : 'counts' }),
      role: threshold === undefined ? 'grades' : 'decides',
      score: (input) => {
        const pair = read(input);
        if ('outcome' in pair) return pair.outcome;
        const wanted: unknown = pair.expected;
        if (!Array.isArray(wanted)) return unscored('The expected value is not a list.');
        if ('broken' in pair) return graded(0, threshold, sentence(pair.broken));
        const { value: got } = pair;
        if (!Array.isArray(got)) return graded(0, threshold, `The output is not a list: ${show(got)}.`);
        const found = pairUp(got, wanted);
        if (found === null) return unscored(`Lists of ${got.length} and ${wanted.length} are too long to be paired.`);
        const divisor = allowExtra ? wanted.length : Math.max(got.length, wanted.length);
        const both = divisor === 0 && got.length === 0;
        const value = both ? 1 : divisor === 0 ? 0 : found.sum / divisor;
        const said = `${found.whole} of ${count(wanted.length, 'expected element')}, ${got.length} in the output`;
        const lost = found.missed === undefined ? '' : `; the first one missed: ${show(found.missed)}`;
        return graded(value, threshold, `List ${digits(value)}: ${said}${lost}.`);
      },
    };
  },
});

type Pairing = { readonly sum: number; readonly whole: number; readonly missed: unknown };

/** @returns null when it would be too much work */
function pairUp(got: readonly unknown[], wanted: readonly unknown[]): Pairing | null {
  const [short, long] = [Math.min(got.length, wanted.length), Math.max(got.length, wanted.length)];
  if (short * short * long > MAX_CELLS) return null;
  const { of: alike } = likeness(false);
  const values = new Float64Array(got.length * wanted.length);
  for (let row = 0; row < wanted.length; row += 1) {
    for (let column = 0; column < got.length; column += 1) {
      const value = alike(got[column], wanted[row]);
      if (value === null) return null;
      values[row * got.length + column] = value;
    }
  }
  let sum = 0;
  let whole = 0;
  let missed: unknown;
  bestAssignment(values, wanted.length, got.length).forEach((column, row) => {
    const value = column < 0 ? 0 : (values[row * got.length + column] ?? 0);
    sum += value;
    if (value === 1) whole += 1;
    else missed ??= wanted[row];
  });
  return { sum, whole, missed };
}
