import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SelfOverlap } from '../../../../src/engine/metric/ngram/selfOverlap.ts';
import { risingPairs, wordOrder } from '../../../../src/engine/metric/ngram/wordOrder.ts';
import { NIST_CORPUS, NIST_ROWS, SELF_BLEU } from './nistTable.ts';
import { corpusOf, inputOf, metricOf } from './scoring.ts';

const words = (text: string) => text.split(' ');
const valueFor = async (kind: string, options: object, output: string, expected: readonly string[]) => {
  const outcome = await metricOf(kind, { tokenize: 'none', ...options }).score(
    inputOf(output, { expected: [...expected] }),
  );
  return outcome.outcome === 'scored' ? outcome.value : outcome.reason;
};

describe('nist and ribes are those of NLTK', () => {
  it.each(NIST_ROWS)('%s', async (output, references, nist, ribes) => {
    expect(await valueFor('nist', {}, output, references)).toBeCloseTo(nist, 9);
    expect(await valueFor('ribes', {}, output, references)).toBeCloseTo(ribes, 9);
  });

  it.each([
    [{}, NIST_CORPUS.order5],
    [{ n: 3 }, NIST_CORPUS.order3],
  ])('over a run: %j', (options, value) => {
    const inputs = NIST_ROWS.map(([output, expected]) => inputOf(output, { expected: [...expected] }));
    expect(corpusOf(metricOf('nist', { tokenize: 'none', ...options }), inputs)).toBeCloseTo(value, 9);
  });
});

// Isozaki et al. (2010), from 0.
it.each([
  [
    'he was interested in world history because he read the book',
    'he read the book because he was interested in world history',
    [7, 8, 9, 10, 6, 0, 1, 2, 3, 4, 5],
    21 / 55,
  ],
  ['John hit Bob yesterday', 'Bob hit John yesterday', [2, 1, 0, 3], 1 / 2],
  ['the boy read the book', 'the book was read by the boy', [3, 4, 2, 0, 1], 2 / 10],
  ['a', 'a', [0], 0],
  ['a a', 'a a a', [], 0],
])('the order of %j in %j', (reference, output, order, rising) => {
  expect(wordOrder(words(reference), words(output))).toEqual(order);
  expect(risingPairs(order)).toBeCloseTo(rising, 12);
});

describe('nist', () => {
  it('counts the orders that there are, where NLTK divides by zero', async () => {
    // log2(2 / 1) of each word, both found: 2 / 2 = 1.
    expect(await valueFor('nist', {}, 'a b', ['a b'])).toBeCloseTo(1, 12);
    expect(await valueFor('nist', {}, '', ['a b'])).toBe(0);
  });

  it.each([
    [{ min: 3 }, 'the cat sat on the mat', false],
    [{ min: 1 }, 'the cat sat on the mat', true],
    [{}, 'the cat sat on the mat', null],
  ])('passes by its own unit: %j', async (options, output, passed) => {
    const outcome = await metricOf('nist', options).score(inputOf(output, { expected: 'the dog sat on the mat' }));
    expect(outcome).toMatchObject({ outcome: 'scored', passed });
  });

  it.each(['nist', 'ribes'])('%s says why there is nothing to measure, and divides Japanese', async (kind) => {
    expect(await valueFor(kind, {}, 'a', [''])).toBe('The expected text has no words.');
    const japanese = await metricOf(kind).score(inputOf('返金は明日です', { expected: '返金は明日になります' }));
    expect(japanese).toMatchObject({ outcome: 'scored', value: expect.toSatisfy((value: number) => value > 0) });
  });
});

it('ribes takes no long texts, in which contexts are not found in time', async () => {
  expect(await valueFor('ribes', {}, 'a '.repeat(501).trim(), ['a b'])).toBe('The texts are too long for RIBES.');
  expect(await valueFor('ribes', {}, 'a '.repeat(500).trim(), ['a '.repeat(500).trim()])).toBe(0);
});

describe('self-bleu', () => {
  const over = (outputs: readonly string[]) =>
    corpusOf(
      metricOf('self-bleu', { tokenize: 'none' }),
      outputs.map((output) => inputOf(output)),
    );

  it('is the mean of sacreBLEU over each output against the others', () => {
    expect(over(NIST_ROWS.slice(0, 10).map(([output]) => output))).toBeCloseTo(SELF_BLEU.ten, 9);
    expect(over(['a b c d e', 'a b c d e', 'a b c d e'])).toBeCloseTo(SELF_BLEU.same, 9);
    expect(over(['a b c', 'a b c d', 'x y'])).toBeCloseTo(SELF_BLEU.three, 9);
  });

  it('needs two outputs', () => {
    expect(over(['a b c'])).toBeNull();
    expect(over([])).toBeNull();
  });

  it('tells of one sample how much it adds', async () => {
    expect(await metricOf('self-bleu').score(inputOf('a b c'))).toMatchObject({ value: 3, score: null, passed: null });
    expect(await metricOf('self-bleu').score(inputOf(' '))).toMatchObject({ outcome: 'unscored' });
  });

  it('does not depend on the order of the outputs, and is 1 for equal ones', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 9 });
    const valueIn = (texts: readonly (readonly string[])[]) => {
      const overlap = new SelfOverlap(4);
      for (const one of texts) overlap.add(one);
      return overlap.value() ?? Number.NaN;
    };
    fc.assert(
      fc.property(fc.array(text, { minLength: 2, maxLength: 6 }), (texts) => {
        const value = valueIn(texts);
        expect(valueIn(texts.toReversed())).toBeCloseTo(value, 12);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1 + 1e-12);
        expect(valueIn([texts[0] ?? [], texts[0] ?? []])).toBeCloseTo(1, 12);
      }),
    );
  });
});
