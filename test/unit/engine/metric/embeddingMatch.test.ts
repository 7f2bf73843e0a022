import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../src/engine/json.ts';
import type { MetricTools } from '../../../../src/engine/metric/metric.ts';
import { greedyMatch } from '../../../../src/engine/metric/semantic/greedyMatch.ts';
import { ModelError } from '../../../../src/engine/model/modelClient.ts';
import { inputOf, metricOf, PLAIN } from './scoring.ts';

const VECTORS: { readonly [text: string]: readonly number[] } = {
  a: [1, 0, 0],
  b: [0, 1, 0],
  c: [0.6, 0.8, 0],
  d: [0, 0, 1],
  n: [-1, 0, 0],
  e: [2, 1, 2],
  zero: [0, 0, 0],
  flat: [1, 0],
  'It is late.': [1, 0, 0],
  'Go home!': [0.6, 0.8, 0],
  '已经很晚了。': [1, 0, 0],
  '回家吧！': [0, 1, 0],
};

function embedding(costUsd: number | null = 0.25): { tools: MetricTools; asked: (readonly string[])[] } {
  const asked: (readonly string[])[] = [];
  const embed = async (texts: readonly string[]) => {
    asked.push(texts);
    if (texts.includes('down')) throw new ModelError('server', 'It is down.', { remedy: 'Wait.' });
    return { vectors: texts.map((text) => Float64Array.from(VECTORS[text] ?? [])), costUsd };
  };
  return { asked, tools: { ...PLAIN.tools, findEmbedder: () => ({ embed }) } };
}

async function matched(output: string, expected: Json | undefined, options: object = {}) {
  const { tools, asked } = embedding();
  const metric = metricOf('embedding-match', { model: 'openai/e', ...options }, { tools });
  const outcome = await metric.score(inputOf(output, expected === undefined ? {} : { expected }));
  return { outcome, asked };
}

// Precision, recall and F1 of these vectors by a few lines of Python 3.12 that spell out equation 1 of the BERTScore paper; a mean
// below 0 is 0 here.
const TABLE: [string, string, number, number, number][] = [
  ['a b', 'a b', 1, 1, 1],
  ['a c', 'b', 0.4, 0.8, 0.533333333333333],
  ['a', 'a b d', 1, 0.333333333333333, 0.5],
  ['c e', 'a b d', 0.733333333333333, 0.711111111111111, 0.722051282051282],
  ['a b d', 'c e', 0.711111111111111, 0.733333333333333, 0.722051282051282],
  ['a a b', 'b', 0.333333333333333, 1, 0.5],
  ['n', 'a', 0, 0, 0],
  ['n a', 'b', 0, 0, 0],
  ['e e c', 'd n', 0.444444444444444, 0.0333333333333333, 0.062015503875969],
];

describe('embedding-match', () => {
  it.each(TABLE)('of the words %j and %j', async (output, expected, precision, recall, f1) => {
    const { outcome, asked } = await matched(output, expected, { unit: 'word' });
    expect(outcome).toMatchObject({ outcome: 'scored', passed: null, value: expect.closeTo(f1, 12) });
    const near = (value: number) => expect.closeTo(value, 12);
    expect(outcome).toMatchObject({
      details: { precision: near(precision), recall: near(recall), f1: near(f1) },
      costUsd: 0.25,
    });
    // Each word once, in one request.
    expect(asked).toEqual([[...new Set(`${output} ${expected}`.split(' '))]]);
  });

  it.each<[string, Json, object, number]>([
    ['c e', 'a b d', { mode: 'precision', unit: 'word' }, 0.733333333333333],
    ['c e', 'a b d', { mode: 'recall', unit: 'word' }, 0.711111111111111],
    // The best reference by what is asked for: its precision is 1 for the first, its recall for the second.
    ['a', ['a b d', 'a'], { mode: 'precision', unit: 'word' }, 1],
    ['a b', ['b', 'a b d', ''], { mode: 'recall', unit: 'word' }, 1],
    ['a c', 'b', { rescaleFrom: 0.5, unit: 'word' }, (0.533333333333333 - 0.5) / 0.5],
    ['a', 'b', { rescaleFrom: 0.5, unit: 'word' }, 0],
    ['It is late. Go home!', '已经很晚了。', {}, 0.888888888888889],
    ['It is late.', '已经很晚了。回家吧！', {}, 2 / 3],
    ['', '', {}, 1],
    ['', ['a', ' '], {}, 1],
    [' … ', 'a', {}, 0],
    ['a', '', {}, 0],
  ])('of %j and %j with %j', async (output, expected, options, value) => {
    const { outcome } = await matched(output, expected, options);
    expect(outcome).toMatchObject({ outcome: 'scored', value: expect.closeTo(value, 12) });
  });

  it('says what it found, and passes by a threshold', async () => {
    const { outcome } = await matched('a c', 'b', { unit: 'word', mode: 'recall', rescaleFrom: 0.6, threshold: 0.5 });
    expect(outcome).toMatchObject({
      passed: true,
      reason: 'By words: precision 0.4, recall 0.8, F1 0.5333; recall rescaled to 0.5.',
    });
    const { tools } = embedding();
    const { signature } = metricOf('embedding-match', { model: 'openai/e', unit: 'word' }, { tools });
    expect(signature).toBe('embedding-match|model:openai/e|unit:word|mode:f1|rescale:0|v:1');
  });

  it.each<[string, string, Json | undefined, object]>([
    ['nothing expected', 'a', undefined, { outcome: 'unscored' }],
    ['a vector without a direction', 'a', 'zero', { outcome: 'unscored', costUsd: 0.25 }],
    ['vectors of two lengths', 'a', 'flat', { outcome: 'unscored' }],
    ['very many words', 'a '.repeat(301), 'a', { outcome: 'unscored', reason: expect.stringContaining('301 words') }],
    ['a call that failed', 'a', 'down', { outcome: 'error', reason: 'It is down. Wait.' }],
  ])('%s', async (_name, output, expected, outcome) => {
    expect((await matched(output, expected, { unit: 'word' })).outcome).toMatchObject(outcome);
  });
});

describe('greedyMatch', () => {
  const vector = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 });
  const vectors = fc
    .array(vector, { minLength: 1, maxLength: 5 })
    .map((list) => list.map((one) => Float64Array.from(one.map((part, at) => (at === 0 ? part + 1.5 : part)))));

  it('turns precision into recall when the texts change places, and knows no order', () => {
    fc.assert(
      fc.property(vectors, vectors, (ours, theirs) => {
        const [one, other] = [greedyMatch(ours, theirs), greedyMatch(theirs, ours)];
        expect(one?.precision).toBeCloseTo(other?.recall ?? Number.NaN, 12);
        expect(one?.f1).toBeCloseTo(other?.f1 ?? Number.NaN, 12);
        expect(greedyMatch(ours.toReversed(), theirs)?.f1).toBeCloseTo(one?.f1 ?? Number.NaN, 12);
        expect(greedyMatch(ours, ours)?.f1).toBeCloseTo(1, 12);
        expect(greedyMatch(ours, [...theirs, ...ours])?.precision).toBeCloseTo(1, 12);
      }),
    );
  });
});
