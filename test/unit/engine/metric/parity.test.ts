import { describe, expect, it } from 'vitest';
import { porterStem } from '../../../../src/engine/metric/text/porterStem.ts';
import { CORPUS, type Column, MULTI_REFERENCE, PARITY, STEMS } from './parityTable.ts';
import { asReference, corpusOf, inputOf, metricOf, score, valueIn } from './scoring.ts';

const METRIC_OF_COLUMN: { readonly [column in Column]?: readonly [kind: string, options: object] } = {
  bleu: ['bleu', {}],
  bleuZh: ['bleu', { tokenize: 'zh' }],
  bleuChar: ['bleu', { tokenize: 'char' }],
  bleuIntl: ['bleu', { tokenize: 'intl' }],
  bleuPlain: ['bleu', { tokenize: 'none' }],
  bleuFloor: ['bleu', { smooth: 'floor' }],
  bleuAddK: ['bleu', { smooth: 'add-k' }],
  bleuUnsmoothed: ['bleu', { smooth: 'none' }],
  bleuLower: ['bleu', { lowercase: true }],
  chrf: ['chrf', {}],
  chrfPlus: ['chrf', { wordOrder: 2 }],
  chrfLower: ['chrf', { lowercase: true, beta: 1, charOrder: 4 }],
  rouge1: ['rouge-1', {}],
  rouge2: ['rouge-2', {}],
  rougeL: ['rouge-l', {}],
  rougeLRecall: ['rouge-l', { measure: 'recall' }],
  rouge1Precision: ['rouge-1', { measure: 'precision' }],
  stem1: ['rouge-1', { stem: true }],
  stem2: ['rouge-2', { stem: true }],
  stemL: ['rouge-l', { stem: true }],
  squad: ['token-f1', { tokens: 'squad' }],
};

/** What Touchstone leaves unscored, where the references say 0: an expected text without a token has no overlap to measure. */
function hasNoTokens(kind: string, expected: string): boolean {
  if (kind === 'bleu' || kind === 'chrf') return expected.trim() === '';
  return kind.startsWith('rouge') && !/[a-z0-9]/i.test(expected.toLowerCase());
}

const columns = Object.entries(METRIC_OF_COLUMN) as [Column, readonly [string, object]][];

describe.each(columns)('%s has the values of the reference implementation', (column, [kind, options]) => {
  const metric = metricOf(kind, asReference(kind, options));

  it.each(PARITY)('$output / $expected', async ({ output, expected, values }) => {
    const outcome = await metric.score(inputOf(output, { expected }));
    if (hasNoTokens(kind, expected)) {
      expect(outcome.outcome).toBe('unscored');
      expect(values[column]).toBe(0);
    } else expect(valueIn(outcome)).toBeCloseTo(values[column], 12);
  });
});

describe('levenshtein-similarity has the distances of the reference implementation', () => {
  it.each(PARITY)('$output / $expected', async ({ output, expected, values }) => {
    const longest = Math.max(Array.from(output).length, Array.from(expected).length);
    const similarity = longest === 0 ? 1 : 1 - values.distance / longest;
    expect(valueIn(await score('levenshtein-similarity', {}, output, expected))).toBe(similarity);
  });
});

describe('several references', () => {
  it.each(MULTI_REFERENCE)('$output', async (row) => {
    const { output } = row;
    const expected = [...row.expected];
    const similarities = row.distance.map((distance, index) => {
      return 1 - distance / Math.max(Array.from(output).length, Array.from(expected[index] ?? '').length);
    });
    expect(valueIn(await score('bleu', asReference('bleu', {}), output, expected))).toBeCloseTo(row.bleu, 12);
    expect(valueIn(await score('bleu', asReference('bleu', { tokenize: 'char' }), output, expected))).toBeCloseTo(
      row.bleuChar,
      12,
    );
    expect(valueIn(await score('bleu', asReference('bleu', { smooth: 'none' }), output, expected))).toBeCloseTo(
      row.bleuUnsmoothed,
      12,
    );
    expect(valueIn(await score('chrf', {}, output, expected))).toBeCloseTo(row.chrf, 12);
    expect(valueIn(await score('token-f1', { tokens: 'squad' }, output, expected))).toBeCloseTo(row.squad, 12);
    expect(valueIn(await score('levenshtein-similarity', {}, output, expected))).toBe(Math.max(...similarities));
    if (!/[a-z]/.test(output)) return;
    expect(valueIn(await score('rouge-1', asReference('rouge-1', {}), output, expected))).toBeCloseTo(row.rouge1, 12);
    expect(valueIn(await score('rouge-2', asReference('rouge-2', {}), output, expected))).toBeCloseTo(row.rouge2, 12);
    expect(valueIn(await score('rouge-l', asReference('rouge-l', {}), output, expected))).toBeCloseTo(row.rougeL, 12);
  });
});

describe('corpus values have those of the reference implementation', () => {
  const corpus = (
    kind: string,
    options: object,
    rows: readonly { output: string; expected: string | readonly string[] }[],
  ) =>
    corpusOf(
      metricOf(kind, asReference(kind, options)),
      rows.map(({ output, expected }) => inputOf(output, { expected })),
    );
  const usable = PARITY.filter(({ expected }) => expected.trim() !== '');
  const short = [
    { output: 'yes it is', expected: 'yes it was' },
    { output: 'no', expected: 'no' },
  ];

  it.each([
    ['bleu', {}, CORPUS.bleu_default],
    ['bleu', { tokenize: 'zh' }, CORPUS.bleu_zh],
    ['bleu', { tokenize: 'char' }, CORPUS.bleu_char],
    ['bleu', { smooth: 'floor' }, CORPUS.bleu_floor],
    ['bleu', { smooth: 'add-k' }, CORPUS.bleu_addK],
    ['bleu', { smooth: 'none' }, CORPUS.bleu_unsmoothed],
    ['bleu', { lowercase: true }, CORPUS.bleu_lower],
    ['chrf', {}, CORPUS.chrf_default],
    ['chrf', { wordOrder: 2 }, CORPUS.chrf_plus],
  ])('%s %j', (kind, options, value) => {
    expect(corpus(kind, options, usable)).toBeCloseTo(value, 12);
  });

  it('has no effective order: without any 4-gram corpus BLEU is 0', () => {
    expect(corpus('bleu', {}, short)).toBe(CORPUS.short);
    expect(corpus('bleu', { smooth: 'add-k' }, short)).toBeCloseTo(CORPUS.shortAddK, 12);
  });

  it('takes a different number of references for each row', () => {
    expect(corpus('bleu', {}, MULTI_REFERENCE)).toBeCloseTo(CORPUS.multiBleu, 12);
    expect(corpus('chrf', {}, MULTI_REFERENCE)).toBeCloseTo(CORPUS.multiChrf, 12);
  });

  it('leaves rows without a reference out, and has no value when none is left', () => {
    const metric = metricOf('bleu');
    const row = inputOf('the cat sat on the mat', { expected: 'the cat is on the mat' });
    const more = [row, inputOf('nothing expected'), inputOf('blank', { expected: ' ' })];
    expect(corpusOf(metric, more)).toBe(corpusOf(metric, [row]));
    expect(corpusOf(metric, [row])).toBeGreaterThan(0);
    expect(corpusOf(metric, [inputOf('nothing expected')])).toBeNull();
  });

  it('counts an output that breaks its format as an empty one', () => {
    const expected = 'the cat sat on the mat';
    const inPath = corpusOf(metricOf('bleu', { path: 'text' }), [
      inputOf(JSON.stringify({ text: expected }), { expected }),
      inputOf('not JSON', { expected }),
    ]);
    expect(inPath).toBeCloseTo(
      corpus('bleu', {}, [
        { output: expected, expected },
        { output: '', expected },
      ]) ?? -1,
      12,
    );
    expect(inPath).toBeLessThan(1);
  });
});

describe('porterStem', () => {
  it.each(STEMS)('%s -> %s', (word, stem) => {
    expect(porterStem(word)).toBe(stem);
  });
});
