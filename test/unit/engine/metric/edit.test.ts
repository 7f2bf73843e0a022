import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EDIT_CORPUS, EDIT_KINDS, EDIT_PAIRS, EDIT_VALUES } from './editTable.ts';
import { corpusOf, inputOf, metricOf, score, tryMetric, valueIn } from './scoring.ts';

const text = fc.oneof(
  fc
    .array(fc.constantFrom('a', 'b', 'the ', 'Cat', '猫', 'は', '。', '😀', 'é', ' ', '\n', '.', '__proto__'), {
      maxLength: 30,
    })
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 30 }),
);

describe.each(EDIT_KINDS.map((kind, column) => [kind, column] as const))(
  '%s has the values of the reference implementation',
  (kind, column) => {
    const metric = metricOf(kind);

    it.each(EDIT_PAIRS.map((pair, row) => [...pair, EDIT_VALUES[row]?.[column] ?? null] as const))(
      '%j / %j',
      async (output, expected, value) => {
        if (value === null) return;
        // Of two texts without words RapidFuzz says 0 where every other measure says 1.
        const wanted = kind === 'token-set-ratio' && output === expected ? 1 : value;
        expect(valueIn(await metric.score(inputOf(output, { expected })))).toBeCloseTo(wanted, 12);
      },
    );
  },
);

describe.each(EDIT_KINDS.slice(0, 7))('%s', (kind) => {
  it('is within 0..1, and 1 for the text itself', async () => {
    await fc.assert(
      fc.asyncProperty(text, text, async (a, b) => {
        const value = valueIn(await score(kind, {}, a, b)) ?? -1;
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
        expect(valueIn(await score(kind, {}, a, a))).toBe(1);
      }),
    );
  });

  it('is symmetric, and takes the best of several', async () => {
    await fc.assert(
      fc.asyncProperty(text, text, text, async (a, b, c) => {
        const one = valueIn(await score(kind, {}, a, b)) ?? -1;
        expect(valueIn(await score(kind, {}, b, a))).toBeCloseTo(one, 12);
        const other = valueIn(await score(kind, {}, a, c)) ?? -1;
        expect(valueIn(await score(kind, {}, a, [b, c]))).toBe(Math.max(one, other));
      }),
    );
  });

  it('never hangs on long texts', async () => {
    const outcome = await score(kind, {}, 'ab '.repeat(350_000), 'dcx'.repeat(350_000));
    expect(outcome.outcome).not.toBe('error');
    if (outcome.outcome === 'unscored')
      expect(outcome.reason).toBe(`The texts are too long and too different for ${kind}.`);
  });
});

describe('word and character error rates', () => {
  it.each([
    ['wer', EDIT_CORPUS.wer],
    ['cer', EDIT_CORPUS.cer],
  ] as const)('%s of a run is all errors by all units', (kind, value) => {
    const column = EDIT_KINDS.indexOf(kind);
    const rows = EDIT_PAIRS.filter((_, row) => typeof EDIT_VALUES[row]?.[column] === 'number');
    const inputs = rows.map(([output, expected]) => inputOf(output, { expected }));
    expect(corpusOf(metricOf(kind), inputs)).toBeCloseTo(value, 12);
  });

  // By hand: Chinese by the character, Latin by the word.
  it.each([
    ['客户要退款', '客户要求退款', 1 / 6],
    ['订单 42 到了', '订单 43 到了', 1 / 5],
    ['猫が好き', '猫は好き', 1 / 4],
    ['a b c d', 'x', 4],
  ])('wer %j / %j', async (output, expected, value) => {
    expect(valueIn(await score('wer', {}, output, expected))).toBeCloseTo(value, 14);
  });

  it('has no value without an expected word', async () => {
    expect(await score('wer', {}, 'x', ' ')).toMatchObject({ outcome: 'unscored' });
    expect(await score('cer', {}, 'x', '')).toMatchObject({ outcome: 'unscored' });
    expect(corpusOf(metricOf('wer'), [inputOf('x', { expected: '' })])).toBeNull();
  });

  it('takes the nearest of several references, also over a run', () => {
    const row = inputOf('one two three', { expected: ['one two four', 'one two three four'] });
    expect(corpusOf(metricOf('wer'), [row])).toBeCloseTo(1 / 4, 14);
  });

  it('ignores case when asked', async () => {
    expect(valueIn(await score('wer', {}, 'The Cat', 'the cat'))).toBe(1);
    expect(valueIn(await score('wer', { lowercase: true }, 'The Cat', 'the cat'))).toBe(0);
  });
});

describe('levenshtein', () => {
  it.each([
    ['kitten', 'sitting', 3],
    ['', 'abc', 3],
    ['', '', 0],
    ['😀', '😁', 1],
    ['猫は好き', '猫が好き', 1],
  ])('%j / %j', async (output, expected, distance) => {
    const outcome = await score('levenshtein', {}, output, expected);
    expect(outcome).toMatchObject({ value: distance, score: null, passed: null });
  });

  it('passes at or below a limit', async () => {
    expect(await score('levenshtein', { max: 3 }, 'kitten', 'sitting')).toMatchObject({ score: 1, passed: true });
    const over = await score('levenshtein', { max: 2 }, 'kitten', 'sitting');
    expect(over).toMatchObject({ value: 3, score: 0, passed: false, reason: '3 edits; over the limit of 2.' });
  });

  it('is a gate only with a limit', () => {
    expect(tryMetric('levenshtein', {}, {}, true)).toMatchObject({ error: expect.stringContaining('`max`') });
  });

  it('never passes an output that breaks its format', async () => {
    const outcome = await score('levenshtein', { path: 'name', max: 5 }, 'not JSON', 'abc');
    expect(outcome).toMatchObject({ value: 3, score: 0, passed: false });
    expect(outcome.reason).toContain('It counts as empty');
    expect(await score('wer', { path: 'name', max: 1 }, 'not JSON', 'abc')).toMatchObject({ value: 1, passed: false });
  });
});

describe('token ratios', () => {
  it('look at the characters of scripts without spaces, in any order', async () => {
    expect(valueIn(await score('token-sort-ratio', {}, '好き猫は', '猫は好き'))).toBe(1);
    expect(valueIn(await score('token-set-ratio', {}, '猫 は', '猫は好き'))).toBe(1);
    // No character in common: nothing is alike but for spaces, and there are none.
    expect(valueIn(await score('token-sort-ratio', {}, '猫は好', '犬が食'))).toBe(0);
  });
});
