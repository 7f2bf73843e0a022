import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../src/engine/json.ts';
import { foldText } from '../../../../src/engine/metric/text/foldText.ts';
import { inputOf, metricOf, PLAIN, score, tryMetric } from './scoring.ts';

type Row = readonly [output: string, expected: Json, passes: boolean, reason: string];

async function expectRow(kind: string, options: object, [output, expected, passes, reason]: Row): Promise<void> {
  const outcome = await score(kind, options, output, expected);
  expect(outcome).toMatchObject({ outcome: 'scored', passed: passes, value: passes ? 1 : 0, score: passes ? 1 : 0 });
  expect(outcome.reason).toContain(reason);
}

describe('equals', () => {
  it.each<Row>([
    ['billing', 'billing', true, 'Got "billing" as expected.'],
    ['bug', 'billing', false, 'Expected "billing", got "bug".'],
    ['Billing', 'billing', false, 'Expected "billing", got "Billing".'],
    ['billing\n', 'billing', false, 'only white space at the ends differs'],
    ['', '', true, ''],
    ['', 'x', false, 'Expected "x", got "".'],
    ['é', 'e\u0301', false, ''],
    ['{"b": [1, 2], "a": null}', { a: null, b: [1, 2] }, true, ''],
    [
      '{"b": [2, 1], "a": null}',
      { a: null, b: [1, 2] },
      false,
      'Expected {"a":null,"b":[1,2]}, got {"a":null,"b":[2,1]}.',
    ],
    ['{"b": [1, 2]}', { a: null, b: [1, 2] }, false, ''],
    ['{"a": 1, "c": 1}', { a: 1, b: 1 }, false, ''],
    ['-0', 0, true, ''],
    ['3.0', 3, true, ''],
    ['3', '3.0', false, 'Expected "3.0", got "3".'],
    ['true', true, true, ''],
    ['NaN', 3, false, 'the output is not JSON: "NaN"'],
    ['```json\n{"a": 1}\n```', { a: 1 }, false, 'it stands in a Markdown fence'],
    ['', { a: 1 }, false, 'the output is empty, not JSON'],
    // A CSV cell that spells JSON.
    ['{"b": 2, "a": 1}', '{"a":1,"b":2}', true, ''],
    ['{"b": 2}', '{"a":1,"b":2}', false, ''],
    ['constructor', 'toString', false, ''],
  ])('%j against %j', async (...row) => {
    await expectRow('equals', {}, row);
  });

  it.each<Row>([
    ['{"category": "billing"}', 'billing', true, 'Got "billing" as expected.'],
    ['{"category": "bug"}', 'billing', false, 'Expected "billing", got "bug".'],
    ['{"category": true}', 'true', true, ''],
    ['{"category": 3}', '3', true, ''],
    ['{"category": "3"}', 3, false, 'Expected 3, got "3".'],
    ['{"category": [1]}', '[1]', true, ''],
    ['{"category": null}', null, true, ''],
    ['{"other": "billing"}', 'billing', false, 'Expected "billing", but the output has nothing at `category`.'],
    ['billing', 'billing', false, 'Expected "billing", but the output is not JSON: "billing".'],
  ])('at a path: %j against %j', async (...row) => {
    await expectRow('equals', { path: 'category' }, row);
    await expectRow('json-path', { path: 'category' }, row);
  });

  it('takes a path as JSONPath writes the plainest ones', async () => {
    await expectRow('json-path', { path: '$.items[1].name' }, ['{"items": [{}, {"name": "b"}]}', 'b', true, '']);
    await expectRow('json-path', { path: '$' }, ['[1, 2]', [1, 2], true, '']);
    await expectRow('json-path', { path: 'items.2' }, ['{"items": [1, 2]}', 2, false, 'nothing at `items.2`']);
  });

  it('can ignore white space at the ends', async () => {
    await expectRow('equals', { trim: true }, [' billing\n', 'billing', true, '']);
    await expectRow('equals', { trim: true }, ['bill ing', 'billing', false, '']);
  });

  it('shows of long texts where they part', async () => {
    const { reason } = await score('equals', {}, `${'same '.repeat(60)}here`, `${'same '.repeat(60)}there`);
    expect(reason).toContain('they part after 300 characters');
    expect(reason).toContain('there');
    expect(reason.length).toBeLessThan(200);
  });

  it('does not fall over an output nested deeper than the stack', async () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000);
    const outcome = await score('equals', {}, deep, [1]);
    expect(outcome).toMatchObject({ outcome: 'scored', passed: false });
    expect(outcome.reason.length).toBeLessThan(300);
  });
});

describe('iequals', () => {
  it.each<Row>([
    ['BILLING', 'billing', true, ''],
    ['  two\n words ', 'Two Words', true, ''],
    ['ＢＩＬＬＩＮＧ', 'billing', true, ''],
    ['STRASSE', 'Straße', true, ''],
    ['STRAẞE', 'strasse', true, ''],
    ['ΟΔΟΣ', 'οδος', true, ''],
    ['ﬁne', 'FINE', true, ''],
    ['e\u0301', 'É', true, ''],
    // Folding knows no language: dotted capital I is i with a dot above, dotless i is a letter of its own.
    ['İ', 'i\u0307', true, ''],
    ['ı', 'i', false, 'Expected "i", got "ı".'],
    ['I', 'ı', false, ''],
    ['bug', 'billing', false, 'Expected "billing", got "bug".'],
  ])('%j against %j', async (...row) => {
    await expectRow('iequals', {}, row);
  });

  it('looks at a part of a JSON output', async () => {
    await expectRow('iequals', { path: 'a' }, ['{"a": "Bug "}', 'bug', true, '']);
    await expectRow('iequals', { path: 'a' }, ['{"a": true}', 'TRUE', true, '']);
    await expectRow('iequals', { path: 'a' }, ['{}', 'bug', false, 'nothing at `a`']);
  });

  it('folds what Unicode folds together and nothing else', () => {
    expect(foldText('ſ')).toBe('s');
    expect(foldText('K')).toBe('k');
    expect(foldText('ǅ')).toBe(foldText('Ǆ'));
    expect(foldText('ς')).toBe(foldText('Σ'));
    expect(foldText('Ꭰ')).toBe(foldText('ꭰ'));
    expect(foldText('a')).not.toBe(foldText('á'));
  });
});

describe('contains and its kin', () => {
  it.each<readonly [kind: string, ...Row]>([
    ['contains', 'a refund was sent', 'refund', true, 'does contain "refund"'],
    ['contains', 'a Refund was sent', 'refund', false, 'does not contain "refund"; it is "a Refund was sent"'],
    ['contains', 'it costs 20', 20, true, ''],
    ['contains', 'yes: true', true, true, ''],
    ['contains', 'b c', ['x', 'c'], true, '"c"'],
    ['icontains', 'a REFUND was sent', 'refund', true, ''],
    ['icontains', 'die STRASSE', 'straße', true, ''],
    ['icontains', 'money', 'refund', false, ''],
    ['contains-any', 'b c', ['x', 'c'], true, '"c"'],
    ['contains-any', 'b c', ['x', 'y'], false, 'any of "x", "y"'],
    ['contains-all', 'a b c', ['c', 'a'], true, 'all of "c", "a"'],
    ['contains-all', 'a b c', ['c', 'x', 'y'], false, 'does not contain "x", "y" (1 of 3 are there)'],
    ['contains-all', 'a b c', 'b', true, ''],
    ['starts-with', 'ANSWER: 4', 'ANSWER', true, ''],
    ['starts-with', ' ANSWER: 4', 'ANSWER', false, 'does not start with "ANSWER"'],
    ['starts-with', 'B it is', ['A', 'B'], true, ''],
    ['ends-with', 'the answer is 4', 4, true, ''],
    ['ends-with', 'the answer is 4.', 4, false, 'does not end with "4"'],
  ])('%s: %j against %j', async (kind, ...row) => {
    await expectRow(kind, {}, row);
  });

  it.each([
    ['contains', ''],
    ['contains-all', ['a', '']],
    ['contains-any', []],
    ['starts-with', { a: 1 }],
  ])('%s refuses %j in a suite, and is unscored when a case says it', async (kind, expected) => {
    expect(tryMetric(kind, { expected })).toHaveProperty('error');
    expect(await score(kind, {}, 'text', expected)).toMatchObject({ outcome: 'unscored' });
  });

  it('looks at a part of a JSON output', async () => {
    await expectRow('contains', { path: 'reply' }, ['{"reply": "we refund you"}', 'refund', true, '']);
    await expectRow('contains', { path: 'reply' }, ['{"other": "refund"}', 'refund', false, 'nothing at `reply`']);
    await expectRow('contains', { path: 'tags' }, ['{"tags": ["refund"]}', 'refund', true, '']);
  });
});

describe('regex', () => {
  it.each([
    ['\\d+', undefined, 'order 42', true, 'is found: "42"'],
    ['^\\d+$', undefined, 'order 42', false, 'is not found in "order 42"'],
    ['REFUND', 'i', 'a refund', true, ''],
    ['^.$', undefined, '😀', true, ''],
    ['^b', 'm', 'a\nb', true, ''],
  ])('/%s/%s in %j', async (pattern, flags, output, passes, reason) => {
    const outcome = await score('regex', { pattern, flags }, output);
    expect(outcome).toMatchObject({ outcome: 'scored', passed: passes });
    expect(outcome.reason).toContain(reason);
  });

  it('refuses a pattern that is none before anything runs', () => {
    expect(tryMetric('regex', '(')).toHaveProperty('error');
    expect(() => tryMetric('regex', { pattern: 'a', flags: 'g' })).toThrow();
  });

  it('is an error, not a failure, when the match takes too long', async () => {
    const tools = { ...PLAIN.tools, matchRegex: () => 'timeout' as const };
    expect(await score('regex', '(a+)+$', 'aaaa!', undefined, { tools })).toEqual({
      outcome: 'error',
      reason: 'The expression /(a+)+$/u took too long on this output.',
    });
  });
});

describe('what a case does not give', () => {
  it.each([
    'equals',
    'iequals',
    'contains',
    'contains-all',
    'starts-with',
    'levenshtein-similarity',
    'token-f1',
    'rouge-1',
    'bleu',
    'chrf',
  ])('%s is unscored without an expected value', async (kind) => {
    const outcome = await metricOf(kind).score(inputOf('some output'));
    expect(outcome).toEqual({ outcome: 'unscored', reason: 'The case has no expected value.' });
  });
});
