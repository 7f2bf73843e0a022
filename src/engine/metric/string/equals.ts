import * as z from 'zod';
import type { Json } from '../../json.ts';
import { defineMetric } from '../defineMetric.ts';
import { type Expectation, expectedValue } from '../expectedValue.ts';
import type { MetricBody, MetricInput, ScoreOutcome } from '../metric.ts';
import * as fields from '../optionFields.ts';
import { binary, unscored } from '../outcome.ts';
import { parseOutput, pickOutput } from '../pickOutput.ts';
import { signature } from '../signature.ts';
import { jsonEqual } from '../structured/jsonEqual.ts';
import { foldText } from '../text/foldText.ts';
import { asText, sentence } from '../textMetric.ts';
import { expectedGot, show } from '../words.ts';

const trim = z
  .boolean()
  .optional()
  .meta({ description: 'Ignores white space at both ends of a text; by default it counts.' });

export const equals = defineMetric({
  kind: 'equals',
  family: 'string',
  summary: 'The output, or a part of a JSON output, is what is expected.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source: 'Exact match; JSON by deep equality: the order of keys does not matter, that of lists does.',
  options: () => z.strictObject({ expected: fields.expected, path: fields.path, trim }),
  shorthand: 'expected',
  create: (options) => {
    const { path } = options;
    const parts = { path, expected: options.expected, trim: options.trim };
    return compareWith(options, signature('equals', parts), (value, input) =>
      path === undefined
        ? wholeEquals(value, input, options.trim === true)
        : partEquals(value, input, path, options.trim === true),
    );
  },
});

export const iequals = defineMetric({
  kind: 'iequals',
  family: 'string',
  summary: 'The output is what is expected but for case, white space and compatibility forms.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source: 'Unicode NFKC (UAX 15) and full case folding (Unicode 3.13), white space collapsed.',
  options: () => z.strictObject({ expected: fields.expected, path: fields.path }),
  shorthand: 'expected',
  create: (options) => {
    const parts = { path: options.path, expected: options.expected, norm: 'nfkc', case: 'fold', space: 'collapse' };
    return compareWith(options, signature('iequals', parts), (value, input) => {
      const picked = pickOutput(input, options.path);
      if ('broken' in picked) return wrong(value, picked.broken);
      const [wanted, got] = [asText(value), asText(picked.value)];
      return foldText(wanted) === foldText(got) ? right(got) : binary(false, sentence(expectedGot(wanted, got)));
    });
  },
});

export const jsonPath = defineMetric({
  kind: 'json-path',
  family: 'json',
  summary: 'The value at a path of the JSON output is what is expected.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source: 'As `equals`, with a path that must be given.',
  options: () => z.strictObject({ path: fields.path.unwrap(), expected: fields.expected }),
  create: (options) =>
    compareWith(options, signature('json-path', { path: options.path, expected: options.expected }), (value, input) =>
      partEquals(value, input, options.path, false),
    ),
});

function compareWith(
  options: { readonly expected?: Json | undefined },
  signature: string,
  compare: (expected: Json, input: MetricInput) => ScoreOutcome,
): MetricBody | { readonly error: string } {
  const expected = expectedValue(options.expected);
  if (typeof expected !== 'function') return expected;
  const score = (input: MetricInput): ScoreOutcome => {
    const expectation: Expectation = expected(input);
    if ('missing' in expectation) return unscored(sentence(expectation.missing));
    return compare(expectation.value, input);
  };
  return { signature, score, role: 'decides' };
}

/** An expected text is compared as text, or as JSON when it spells a list or an object; any other value as JSON. */
function wholeEquals(expected: Json, input: MetricInput, trims: boolean): ScoreOutcome {
  const { output } = input;
  if (typeof expected === 'string') {
    if (sameText(expected, output, trims)) return right(output);
    const structure = spelledStructure(expected);
    if (structure === undefined) return binary(false, sentence(textDifference(expected, output)));
    const parsed = parseOutput(input);
    const same = 'value' in parsed && jsonEqual(structure, parsed.value);
    return same ? right(parsed.value) : binary(false, sentence(expectedGot(expected, output)));
  }
  const parsed = parseOutput(input);
  if ('broken' in parsed) return wrong(expected, parsed.broken);
  return jsonEqual(expected, parsed.value)
    ? right(parsed.value)
    : binary(false, sentence(expectedGot(expected, parsed.value)));
}

/** A CSV has nothing but text, so an expected text also equals the number, boolean, null, list or object that it spells. */
function partEquals(expected: Json, input: MetricInput, path: string, trims: boolean): ScoreOutcome {
  const picked = pickOutput(input, path);
  if ('broken' in picked) return wrong(expected, picked.broken);
  const { value } = picked;
  const same =
    typeof expected !== 'string'
      ? jsonEqual(expected, value)
      : typeof value === 'string'
        ? sameText(expected, value, trims)
        : jsonEqual(spelled(expected), value);
  if (same) return right(value);
  if (typeof expected === 'string' && typeof value === 'string')
    return binary(false, sentence(textDifference(expected, value)));
  // What a table spells as text is shown as what it was compared as.
  const meant = typeof expected === 'string' ? spelled(expected) : expected;
  return binary(false, sentence(expectedGot(meant === undefined ? expected : (meant as Json), value)));
}

function sameText(a: string, b: string, trims: boolean): boolean {
  return a === b || (trims && a.trim() === b.trim());
}

function textDifference(expected: string, got: string): string {
  const hint = expected.trim() === got.trim() ? ' (only white space at the ends differs)' : '';
  return `${expectedGot(expected, got)}${hint}`;
}

function spelledStructure(text: string): unknown {
  return /^\s*[[{]/.test(text) ? spelled(text) : undefined;
}

function spelled(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function right(got: unknown): ScoreOutcome {
  return binary(true, `Got ${show(got)} as expected.`);
}

function wrong(expected: Json, broken: string): ScoreOutcome {
  return binary(false, `Expected ${show(expected)}, but ${broken}.`);
}
