import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import * as fields from '../optionFields.ts';
import { binary, unscored } from '../outcome.ts';
import { type NumberFormat, numberFormat, plainNumbers, readNumbers, type WrittenNumber } from '../text/readNumbers.ts';
import { quote } from '../words.ts';
import { checkPairs } from './checkPairs.ts';

const LOCATIONS = ['end', 'begin', 'any', 'whole'] as const;

export const numeric = defineMetric({
  kind: 'numeric',
  family: 'string',
  summary:
    'The number in the output is the expected one, however it is written: $1,000, 1000.0 and **1000** are the same.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source:
    'As match(numeric=True) of Inspect: currency, thousands separators, % and Markdown are dropped. Marks of a language by CLDR.',
  options: () =>
    z.strictObject({
      expected: fields.expected,
      path: fields.path,
      location: z.enum(LOCATIONS).optional().meta({
        description:
          'Which number counts: the last one (end, default), the first (begin), any, or one and nothing else (whole).',
      }),
      locale: z.string().min(1).optional().meta({
        description: 'How numbers are written, as a language tag: en (1,000.5; default), de (1.000,5), fr (1 000,5)…',
      }),
      tolerance: z.number().min(0).optional().meta({ description: 'How far off it may be; by default 0.' }),
    }),
  shorthand: 'expected',
  create: ({ location = 'end', locale = 'en', tolerance = 0, ...options }) => {
    const format = numberFormat(locale);
    if (format === null) return { error: `\`${locale}\` is no language tag: write one such as en, de or fr-CH.` };
    const parts = { location, decimal: format.decimal, group: format.group, tolerance };
    return checkPairs('numeric', options, parts, ({ output, references }) => {
      const wanted = references.flatMap((text) => expectedNumber(text, format));
      if (wanted.length === 0) return unscored('The expected value holds no number.');
      const text = plainNumbers(output);
      const found = chosen(text, readNumbers(text, format), location);
      const shown = wanted.slice(0, 3).join(' or ');
      if (found.length === 0) {
        const whole = location === 'whole' ? 'not one number and nothing else' : 'without a number';
        return binary(false, `Expected ${shown}, but the output is ${whole}: ${quote(output)}.`);
      }
      const match = found.find(({ value }) => wanted.some((one) => isNear(one, value, tolerance)));
      if (match !== undefined) return binary(true, `Got ${match.value} as expected.`);
      const got = found.slice(0, 3).map(({ value }) => value);
      return binary(false, `Expected ${shown}, got ${got.join(', ')}${found.length > 3 ? '…' : ''}.`);
    });
  },
});

/** A number of JSON, which is written with a point in every language, else the last one that the language reads there. */
function expectedNumber(text: string, format: NumberFormat): number[] {
  const isJson = /^-?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(text);
  const isGrouped = format.group === '.' && /^-?\d{1,3}(\.\d{3})+$/.test(text);
  if (isJson && !isGrouped) return [Number(text)];
  return readNumbers(plainNumbers(text), format)
    .slice(-1)
    .map(({ value }) => value);
}

function chosen(text: string, numbers: WrittenNumber[], location: (typeof LOCATIONS)[number]): WrittenNumber[] {
  if (location === 'begin') return numbers.slice(0, 1);
  if (location === 'end') return numbers.slice(-1);
  if (location === 'any') return numbers;
  const [only, ...others] = numbers;
  if (only === undefined || others.length > 0) return [];
  const rest = text.slice(0, only.start) + text.slice(only.end);
  return /^[\s%\p{Sc}.。]*$/u.test(rest) ? [only] : [];
}

function isNear(a: number, b: number, tolerance: number): boolean {
  return a === b || Math.abs(a - b) <= tolerance * (1 + 1e-12);
}
