import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MetricTools } from '../../../../src/engine/metric/metric.ts';
import { vectorSimilarity } from '../../../../src/engine/metric/semantic/vectorSimilarity.ts';
import { ModelError } from '../../../../src/engine/model/modelClient.ts';
import { inputOf, metricOf, PLAIN, tryMetric } from './scoring.ts';

// Expected values: numpy 1.26 (dot, linalg.norm), in double precision.
const rows: [string, number[], number[], number | null, number | null, number | null][] = [
  ['the same', [0.6, 0.8], [0.6, 0.8], 1, 1, 1],
  ['at right angles', [1, 0], [0, 1], 0, 0, 0.4142135623730951],
  ['opposite', [1, 0], [-1, 0], -1, -1, 1 / 3],
  ['of other lengths', [1, 2, 3], [2, 4, 6], 1, 28, 0.21089672205953397],
  ['any', [0.1, -0.2, 0.3, 0.4], [0.5, 0.1, -0.6, 0.2], -0.1573133012414231, -0.07, 0.4880884817015155],
  ['one number', [2], [3], 1, 6, 0.5],
  ['without direction', [0, 0], [1, 0], null, 0, 0.5],
  ['unequally many', [1], [1, 0], null, null, null],
  ['none', [], [], null, null, null],
  ['not finite', [1, Number.POSITIVE_INFINITY], [1, 0], null, null, null],
];
it.each(rows)('vectors that are %s', (_, a, b, cosine, dot, euclidean) => {
  const found = (['cosine', 'dot', 'euclidean'] as const).map((measure) =>
    vectorSimilarity(Float64Array.from(a), Float64Array.from(b), measure),
  );
  const wanted = [cosine, dot, a.includes(Number.POSITIVE_INFINITY) ? found[2] : euclidean];
  for (const [index, value] of wanted.entries()) {
    if (typeof value === 'number') expect(found[index]).toBeCloseTo(value, 12);
    else expect(found[index]).toBe(value);
  }
});

it('is symmetric, and cosine does not know lengths', () => {
  const vector = fc.array(fc.integer({ min: -10, max: 10 }), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(vector, vector, (left, right) => {
      const [a, b] = [Float64Array.from(left), Float64Array.from(right)];
      for (const measure of ['cosine', 'dot', 'euclidean'] as const)
        expect(vectorSimilarity(a, b, measure)).toBe(vectorSimilarity(b, a, measure));
      const cosine = vectorSimilarity(a, b, 'cosine');
      const scaled = vectorSimilarity(
        a.map((one) => one * 7),
        b,
        'cosine',
      );
      if (cosine === null) expect(scaled).toBeNull();
      else expect(scaled).toBeCloseTo(cosine, 9);
      expect(Math.abs(cosine ?? 0)).toBeLessThanOrEqual(1 + 1e-12);
    }),
  );
});

describe('embedding-similarity', () => {
  const VECTORS: { readonly [text: string]: readonly number[] } = {
    refund: [1, 0],
    'money back': [0.8, 0.6],
    weather: [0, 1],
    against: [-1, 0],
    退款: [0.96, 0.28],
    '😀': [0.6, 0.8],
    nothing: [0, 0],
    other: [1, 0, 0],
  };
  const asked: (readonly string[])[] = [];
  const toolsWith = (costUsd: number | null = 0.25): { tools: MetricTools } => ({
    tools: {
      ...PLAIN.tools,
      findEmbedder: () => ({
        embed: async (texts) => {
          asked.push(texts);
          if (texts.includes('down')) throw new ModelError('server', 'It is down.', { remedy: 'Wait.' });
          return { vectors: texts.map((text) => Float64Array.from(VECTORS[text] ?? [])), costUsd };
        },
      }),
    },
  });
  const scoreOf = (output: string, expected: string | readonly string[] | undefined, options: object = {}) =>
    metricOf('embedding-similarity', { model: 'openai/e', ...options }, toolsWith()).score(
      inputOf(output, expected === undefined ? {} : { expected: expected as string }),
    );

  const cases: [string, string | readonly string[], object, number][] = [
    ['refund', 'refund', {}, 1],
    ['refund', 'money back', {}, 0.8],
    ['refund', '退款', {}, 0.96],
    ['refund', '😀', {}, 0.6],
    ['refund', 'weather', {}, 0],
    ['refund', 'against', {}, 0],
    ['refund', ['weather', 'money back', ''], {}, 0.8],
    ['refund', 'money back', { rescaleFrom: 0.7 }, 1 / 3],
    ['refund', '😀', { rescaleFrom: 0.7 }, 0],
    ['refund', 'money back', { measure: 'dot' }, 0.8],
    ['refund', 'weather', { measure: 'euclidean' }, 0.4142135623730951],
    ['', '', {}, 1],
    [' \n', ['x', ''], {}, 1],
    ['', 'refund', {}, 0],
    ['refund', '', {}, 0],
  ];
  it.each(cases)('of %j and %j with %j', async (output, expected, options, value) => {
    const outcome = await scoreOf(output, expected, options);
    expect(outcome).toMatchObject({ outcome: 'scored', passed: null });
    expect(outcome.outcome === 'scored' ? outcome.value : null).toBeCloseTo(value, 12);
  });

  it('says what it found before rescaling, and what that cost', async () => {
    expect(await scoreOf('refund', 'money back', { rescaleFrom: 0.5, threshold: 0.6 })).toEqual({
      outcome: 'scored',
      value: expect.closeTo(0.6, 12),
      score: expect.closeTo(0.6, 12),
      passed: true,
      reason: 'Similarity (cosine) 0.8, rescaled to 0.6.',
      details: { similarity: 0.8 },
      costUsd: 0.25,
    });
  });

  it('asks for nothing where there is nothing to embed', async () => {
    const before = asked.length;
    expect(await scoreOf('', 'refund')).not.toHaveProperty('costUsd');
    expect(await scoreOf('refund', undefined)).toMatchObject({ outcome: 'unscored' });
    expect(asked.length).toBe(before);
    await scoreOf('refund', ['weather', ' ']);
    expect(asked.at(-1)).toEqual(['refund', 'weather']);
  });

  it('has no score where vectors cannot be compared, and an error where the call failed', async () => {
    const reason = 'The vectors cannot be compared.';
    expect(await scoreOf('refund', 'nothing')).toEqual({ outcome: 'unscored', reason, costUsd: 0.25 });
    expect(await scoreOf('refund', 'other')).toMatchObject({ outcome: 'unscored', reason });
    expect(await scoreOf('down', 'refund')).toEqual({ outcome: 'error', reason: 'It is down. Wait.' });
  });

  it('has the model, the measure and the rescaling in its signature', () => {
    const of = (options: object = {}) =>
      metricOf('embedding-similarity', { model: 'openai/e', ...options }, toolsWith()).signature;
    expect(of()).toBe('embedding-similarity|model:openai/e|measure:cosine|rescale:0|v:1');
    const others = [{ model: 'openai/f' }, { measure: 'dot' }, { rescaleFrom: 0.7 }, { path: 'a' }, { expected: 'x' }];
    expect(new Set([of(), ...others.map(of)]).size).toBe(6);
    expect(of({ threshold: 0.5 })).toBe(of());
  });

  it('refuses what is no option', () => {
    for (const options of [{}, { model: 'e', rescaleFrom: 1 }, { model: 'e', measure: 'near' }])
      expect(() => tryMetric('embedding-similarity', options, toolsWith())).toThrow();
  });
});
