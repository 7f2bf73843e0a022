import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import * as fields from '../optionFields.ts';
import { graded, unscored } from '../outcome.ts';
import { signature } from '../signature.ts';
import { sentence } from '../textMetric.ts';
import { digits, show } from '../words.ts';
import { jsonPair } from './jsonPair.ts';
import { type Difference, likeness } from './likeness.ts';

export const jsonDiff = defineMetric({
  kind: 'json-diff',
  family: 'json',
  summary: 'How alike the JSON output and the expected JSON are: member by member, texts by edits, numbers by size.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source:
    'JSONDiff of autoevals 0.3.0, on code points: objects by the mean over the union of their keys, lists by the sum over the shorter by the longer length.',
  options: () =>
    z.strictObject({
      ...fields.textFields,
      parseTexts: z.boolean().optional().meta({
        description: 'Whether a text that spells a list or an object is compared as one; by default yes.',
      }),
    }),
  shorthand: 'expected',
  create: ({ parseTexts = true, ...options }) => {
    const read = jsonPair(options);
    if ('error' in read) return read;
    const { path, expected, threshold } = options;
    return {
      signature: signature('json-diff', { path, expected, texts: parseTexts ? 'parsed' : 'kept', unit: 'codepoint' }),
      role: threshold === undefined ? 'grades' : 'decides',
      score: (input) => {
        const pair = read(input);
        if ('outcome' in pair) return pair.outcome;
        if ('broken' in pair) return graded(0, threshold, sentence(pair.broken));
        const comparison = likeness(parseTexts);
        const value = comparison.of(pair.value, pair.expected);
        if (value === null) return unscored('The values are too large, or nested too deep, to be compared.');
        return graded(value, threshold, describe(value, comparison.differences));
      },
    };
  },
});

function describe(value: number, differences: readonly Difference[]): string {
  if (differences.length === 0) return value === 1 ? 'All as expected.' : `Alike to ${digits(value)}: lengths differ.`;
  const places = differences.map(({ path, got, expected }) => {
    const where = path === '' ? '' : `\`${path}\` is `;
    return `${where}${show(got)} instead of ${show(expected)}`;
  });
  return `Alike to ${digits(value)}: ${places.join('; ')}.`;
}
