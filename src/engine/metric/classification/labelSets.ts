import * as z from 'zod';
import { expectedValue } from '../expectedValue.ts';
import type { MetricInput, ScoreOutcome } from '../metric.ts';
import * as fields from '../optionFields.ts';
import { unscored } from '../outcome.ts';
import { pickOutput } from '../pickOutput.ts';
import { foldText } from '../text/foldText.ts';
import { sentence } from '../textMetric.ts';
import { count, quote, show } from '../words.ts';

export const SETS =
  'Labels are a list in JSON, or a text with commas, semicolons or line ends between them; white space at the ends and repeats do not count.';

const ignoreCase = z.boolean().optional().meta({ description: 'Ignores case and inner white space of labels.' });
export const setFields = { path: fields.path, expected: fields.expected, ignoreCase };
export type SetOptions = z.infer<z.ZodObject<typeof setFields>>;

type LabelSets = { readonly got: ReadonlySet<string>; readonly wanted: ReadonlySet<string> };
type ReadSets = (
  input: MetricInput,
) => LabelSets | { readonly wanted: ReadonlySet<string>; readonly broken: string } | { readonly outcome: ScoreOutcome };

export function labelSets(options: SetOptions): ReadSets | { readonly error: string } {
  const expected = expectedValue(options.expected);
  if (typeof expected !== 'function') return expected;
  const normalise = normaliserOf(options);
  return (input) => {
    const expectation = expected(input);
    if ('missing' in expectation) return { outcome: unscored(sentence(expectation.missing)) };
    const wanted = setOf(expectation.value, normalise);
    if (wanted === null) return { outcome: unscored('The expected value is no list of labels.') };
    const picked = pickOutput(input, options.path);
    if ('broken' in picked) return { wanted, broken: picked.broken };
    const got = setOf(picked.value, normalise);
    return got === null
      ? { wanted, broken: `the output is no list of labels: ${show(picked.value)}` }
      : { wanted, got };
  };
}

function setOf(value: unknown, normalise: (label: string) => string): ReadonlySet<string> | null {
  const list = typeof value === 'string' ? spelledList(value) : value;
  if (!Array.isArray(list)) return null;
  const labels = new Set<string>();
  for (const one of list) {
    if (one === null || typeof one === 'object') return null;
    const label = normalise(String(one));
    if (label !== '') labels.add(label);
  }
  return labels;
}

function spelledList(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return text.split(/[,;\n]/);
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export function normaliserOf(options: SetOptions): (label: string) => string {
  return options.ignoreCase === true ? foldText : (label) => label.trim();
}

export function partsOf(options: SetOptions): { readonly [name: string]: unknown } {
  return { path: options.path, expected: options.expected, case: options.ignoreCase === true ? 'fold' : 'mixed' };
}

export function compareSets({ got, wanted }: LabelSets) {
  const missing = [...wanted].filter((label) => !got.has(label));
  const extra = [...got].filter((label) => !wanted.has(label));
  return { shared: wanted.size - missing.length, missing, extra };
}

const SHOWN = 5;

export function describeSets(shared: number, missing: readonly string[], extra: readonly string[]): string {
  const named = (what: string, labels: readonly string[]) => {
    const more = labels.length > SHOWN ? ` and ${labels.length - SHOWN} more` : '';
    return labels.length === 0 ? '' : `; ${what}: ${labels.slice(0, SHOWN).map(quote).join(', ')}${more}`;
  };
  return `${count(shared, 'label')} as expected${named('missing', missing)}${named('not expected', extra)}`;
}
