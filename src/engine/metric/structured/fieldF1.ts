import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import type { MetricInput } from '../metric.ts';
import * as fields from '../optionFields.ts';
import { graded } from '../outcome.ts';
import { signature } from '../signature.ts';
import { foldText } from '../text/foldText.ts';
import { sentence } from '../textMetric.ts';
import { count, digits, show } from '../words.ts';
import { type Field, FieldReader, type JsonFields, placeText } from './jsonFields.ts';
import { type JsonPair, jsonPair } from './jsonPair.ts';

const MEASURES = ['f1', 'precision', 'recall'] as const;

const options = () =>
  z.strictObject({
    ...fields.textFields,
    measure: z.enum(MEASURES).optional().meta({ description: 'By default f1.' }),
    ordered: z.boolean().optional().meta({
      description: 'Whether the position in a list counts; by default what is in a list may stand in any order.',
    }),
    ignoreCase: z.boolean().optional().meta({ description: 'Ignores case and white space of texts.' }),
  });

export const fieldF1 = defineMetric({
  kind: 'field-f1',
  family: 'json',
  summary:
    'Fields of the JSON output that are as expected, as F1 of precision and recall. A run counts all fields together.',
  direction: 'higher',
  level: 'corpus',
  range: [0, 1],
  source:
    'Precision and recall of fields: each text, number and boolean with the keys that lead to it. null and empty texts are no fields; 1 when there is none on either side, 0 when there is none on one. Over a run micro-averaged.',
  options,
  shorthand: 'expected',
  create: ({ measure = 'f1', ordered = false, ignoreCase = false, ...given }) => {
    const read = jsonPair(given);
    if ('error' in read) return read;
    const { path, expected, threshold } = given;
    const normalise = ignoreCase ? foldText : (text: string) => text;
    const compare = (pair: JsonPair) => {
      const reader = new FieldReader(ordered, normalise);
      const wanted = reader.read(pair.expected);
      return matchFields(reader, 'broken' in pair ? reader.read(null) : reader.read(pair.value), wanted);
    };
    return {
      signature: signature('field-f1', {
        path,
        expected,
        measure,
        order: ordered,
        case: ignoreCase ? 'fold' : 'mixed',
      }),
      role: threshold === undefined ? 'grades' : 'decides',
      score: (input) => {
        const pair = read(input);
        if ('outcome' in pair) return pair.outcome;
        if ('broken' in pair) return graded(0, threshold, sentence(pair.broken));
        const match = compare(pair);
        return graded(measured(match, measure), threshold, describe(match));
      },
      corpus: () => {
        let sum: Counts | null = null;
        return {
          add: (input: MetricInput) => {
            const pair = read(input);
            if ('outcome' in pair) return;
            const { shared, got, wanted } = compare(pair);
            sum ??= { shared: 0, got: 0, wanted: 0 };
            sum = { shared: sum.shared + shared, got: sum.got + got, wanted: sum.wanted + wanted };
          },
          value: () => (sum === null ? null : measured(sum, measure)),
        };
      },
    };
  },
});

type Counts = { readonly shared: number; readonly got: number; readonly wanted: number };
type Match = Counts & { readonly missed: Field | undefined };

function matchFields(reader: FieldReader, got: JsonFields, wanted: JsonFields): Match {
  let shared = 0;
  let missed: Field | undefined;
  const taken = new Map<string, number>();
  const take = (key: string, most: number): number => {
    const before = taken.get(key) ?? 0;
    const number = Math.min(most, (got.counts.get(key)?.count ?? 0) - before);
    taken.set(key, before + number);
    return number;
  };
  const left: { readonly field: Field; readonly count: number }[] = [];
  for (const [key, field] of wanted.counts) {
    const number = take(key, field.count);
    shared += number;
    if (number < field.count) left.push({ field, count: field.count - number });
  }
  // A table of cases has nothing but text, so an expected text is also the number or boolean that it spells.
  for (const { field, count: rest } of left) {
    const meant = spelledScalar(field.value);
    const number = meant === undefined ? 0 : take(reader.key(field.place, meant), rest);
    shared += number;
    if (number < rest) missed ??= field;
  }
  return { shared, got: got.size, wanted: wanted.size, missed };
}

function spelledScalar(value: unknown): unknown {
  if (typeof value !== 'string') return undefined;
  if (/^(?:true|false)$/.test(value)) return value === 'true';
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[-+]?\d+)?$/i.test(value) ? Number(value) : undefined;
}

function measured({ shared, got, wanted }: Counts, measure: (typeof MEASURES)[number]): number {
  if (got === 0 && wanted === 0) return 1;
  if (measure === 'precision') return got === 0 ? 0 : shared / got;
  if (measure === 'recall') return wanted === 0 ? 0 : shared / wanted;
  return (2 * shared) / (got + wanted);
}

function describe(match: Match): string {
  const { shared, got, wanted, missed } = match;
  if (got === 0 && wanted === 0) return 'There are no fields on either side.';
  const counts = `${shared} right of ${count(got, 'field')}, ${wanted} expected`;
  const lost =
    missed === undefined ? '' : `; the first one missed: \`${placeText(missed.place)}\` ${show(missed.value)}`;
  return `F1 ${digits(measured(match, 'f1'))}: ${counts}${lost}.`;
}
