import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import * as fields from '../optionFields.ts';
import { binary, graded } from '../outcome.ts';
import { signature } from '../signature.ts';
import { sentence } from '../textMetric.ts';
import { digits } from '../words.ts';
import { numberLikeness } from './likeness.ts';
import { numberPair } from './numberPair.ts';

const READING =
  'The number is the value at `path`, or the last one in a text (1,234.5 as in English); best of several.';

export const numericDiff = defineMetric({
  kind: 'numeric-diff',
  family: 'json',
  summary: 'How near the number is to the expected one for their size: 1 - |e - o| / (|e| + |o|).',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source: `NumericDiff of autoevals 0.3.0; 1 when both are 0. ${READING}`,
  options: () => z.strictObject(fields.textFields),
  shorthand: 'expected',
  create: ({ threshold, ...options }) => {
    const read = numberPair(options);
    if ('error' in read) return read;
    return {
      signature: signature('numeric-diff', { path: options.path, expected: options.expected }),
      role: threshold === undefined ? 'grades' : 'decides',
      score: (input) => {
        const pair = read(input);
        if ('outcome' in pair) return pair.outcome;
        if ('broken' in pair) return graded(0, threshold, sentence(pair.broken));
        const { value } = pair;
        const best = Math.max(...pair.expected.map((one) => numberLikeness(value, one)));
        return graded(best, threshold, `Near to ${digits(best)}: ${value}, expected ${list(pair.expected)}.`);
      },
    };
  },
});

const tolerance = (description: string) => z.number().min(0).optional().meta({ description });

export const numberClose = defineMetric({
  kind: 'number-close',
  family: 'json',
  summary: 'The number is the expected one within a tolerance, relative or absolute.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source: `math.isclose of Python: |a - b| <= max(rel * max(|a|, |b|), abs). ${READING}`,
  options: () =>
    z.strictObject({
      path: fields.path,
      expected: fields.expected,
      rel: tolerance('How far off for the size of the larger number: 0.05 is 5 %. By default 1e-9.'),
      abs: tolerance('How far off at any size; by default 0. The looser of the two counts.'),
    }),
  shorthand: 'expected',
  create: ({ rel = 1e-9, abs = 0, ...options }) => {
    const read = numberPair(options);
    if ('error' in read) return read;
    return {
      signature: signature('number-close', { path: options.path, expected: options.expected, rel, abs }),
      role: 'decides',
      score: (input) => {
        const pair = read(input);
        if ('outcome' in pair) return pair.outcome;
        if ('broken' in pair) return binary(false, sentence(pair.broken));
        const { value, expected } = pair;
        const near = expected.some((one) => isClose(value, one, rel, abs));
        const off = digits(Math.min(...expected.map((one) => Math.abs(value - one))));
        return binary(near, `Got ${value}, expected ${list(expected)}: ${off} off${near ? '' : ', too far'}.`);
      },
    };
  },
});

function isClose(a: number, b: number, rel: number, abs: number): boolean {
  if (a === b) return true;
  if (!Number.isFinite(a) || !Number.isFinite(b)) return false;
  const off = Math.abs(a - b);
  return off <= Math.abs(rel * a) || off <= Math.abs(rel * b) || off <= abs;
}

function list(numbers: readonly number[]): string {
  return numbers.length > 3 ? `${numbers.slice(0, 3).join(' or ')}…` : numbers.join(' or ');
}
