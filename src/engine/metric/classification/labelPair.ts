import * as z from 'zod';
import { isJsonObject, type Json } from '../../json.ts';
import { expectedValue } from '../expectedValue.ts';
import type { MetricInput, ScoreOutcome } from '../metric.ts';
import * as fields from '../optionFields.ts';
import { unscored } from '../outcome.ts';
import { pickOutput } from '../pickOutput.ts';
import { foldText } from '../text/foldText.ts';
import { asText, sentence } from '../textMetric.ts';
import { quote, show } from '../words.ts';

/** What is longer names no class. */
const MAX_LENGTH = 200;

const label = z.union([z.string(), z.number(), z.boolean()]);

export const labelFields = {
  path: fields.path,
  expected: fields.expected,
  labels: z.array(label).min(1).optional().meta({
    description:
      'All classes; another answer names none. By default the classes that are expected or answered in a run.',
  }),
  ignoreCase: z.boolean().optional().meta({
    description: 'Ignores case and inner white space of labels; white space at the ends never counts.',
  }),
};

export type LabelOptions = {
  readonly path?: string | undefined;
  readonly expected?: Json | undefined;
  readonly labels?: readonly (string | number | boolean)[] | undefined;
  readonly ignoreCase?: boolean | undefined;
};

/** The class that is expected and the one that was answered; `broken` says why the answer names none. */
export type LabelPair = { readonly truth: string } & ({ readonly answer: string } | { readonly broken: string });

export type LabelReader = {
  readonly read: (input: MetricInput) => LabelPair | { readonly outcome: ScoreOutcome };
  readonly normalise: (label: string | number | boolean) => string;
  /** null where `labels` is not given. */
  readonly classes: readonly string[] | null;
  /** What a signature names of these options. */
  readonly parts: { readonly [name: string]: unknown };
};

export function labelReader(options: LabelOptions): LabelReader | { readonly error: string } {
  const { path, expected: given, labels, ignoreCase = false } = options;
  const expected = expectedValue(given);
  if (typeof expected !== 'function') return expected;
  const normalise = (one: string | number | boolean) => (ignoreCase ? foldText(String(one)) : String(one).trim());
  const classes = labels === undefined ? null : [...new Set(labels.map(normalise))];
  const known = classes === null ? null : new Set(classes);

  const labelOf = (value: unknown): string | { readonly fault: string } => {
    if (value === null || Array.isArray(value) || isJsonObject(value)) return { fault: `${show(value)} is no label` };
    const text = asText(value);
    if (text.length > MAX_LENGTH) return { fault: `${quote(text)} is too long for a label` };
    const one = normalise(text);
    if (one === '') return { fault: 'the label is empty' };
    return known === null || known.has(one) ? one : { fault: `${quote(one)} is none of the labels` };
  };

  const read: LabelReader['read'] = (input) => {
    const expectation = expected(input);
    if ('missing' in expectation) return { outcome: unscored(sentence(expectation.missing)) };
    const truth = labelOf(expectation.value);
    if (typeof truth !== 'string') return { outcome: unscored(`Of what is expected: ${truth.fault}.`) };
    const picked = pickOutput(input, path);
    if ('broken' in picked) return { truth, broken: picked.broken };
    const answer = labelOf(picked.value);
    return typeof answer === 'string' ? { truth, answer } : { truth, broken: answer.fault };
  };
  const parts = { path, expected: given, labels: classes ?? undefined, case: ignoreCase ? 'fold' : 'mixed' };
  return { read, normalise, classes, parts };
}
