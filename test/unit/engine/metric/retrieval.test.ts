import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../src/engine/json.ts';
import { score, tryMetric, valueIn } from './scoring.ts';

// trec_eval by pytrec_eval-terrier 0.5.11: recip_rank, map, map_cut_2, Rprec, P_2, P_3, recall_2, success_2, ndcg, ndcg_cut_2, then
// ndcg and ndcg_cut_3 of the grades 2^grade - 1.
const COLUMNS = [
  ['mrr', {}],
  ['average-precision', {}],
  ['average-precision', { k: 2 }],
  ['r-precision', {}],
  ['precision-at-k', { k: 2 }],
  ['precision-at-k', { k: 3 }],
  ['recall-at-k', { k: 2 }],
  ['hit', { k: 2 }],
  ['ndcg', {}],
  ['ndcg', { k: 2 }],
  ['ndcg', { gain: 'exponential' }],
  ['ndcg', { gain: 'exponential', k: 3 }],
] as const;
const LOG3 = 0.6309297535714575;
const ROWS: readonly (readonly [string[], { readonly [id: string]: number }, number[]])[] = [
  [['a', 'b', 'c'], { a: 1 }, [1, 1, 1, 1, 0.5, 0.3333333333333333, 1, 1, 1, 1, 1, 1]],
  [['b', 'a', 'c'], { a: 1 }, [0.5, 0.5, 0.5, 0, 0.5, 0.3333333333333333, 1, 1, LOG3, LOG3, LOG3, LOG3]],
  [['b', 'c'], { a: 1 }, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
  [
    ['a', 'b', 'c', 'd', 'e'],
    { a: 1, c: 1, e: 1 },
    [
      1, 0.7555555555555555, 0.3333333333333333, 0.6666666666666666, 0.5, 0.6666666666666666, 0.3333333333333333, 1,
      0.8854598815714874, 0.6131471927654584, 0.8854598815714874, 0.7039180890341347,
    ],
  ],
  [
    ['x', 'y', 'a', 'b'],
    { a: 2, b: 3, c: 1 },
    [
      0.3333333333333333, 0.27777777777777773, 0, 0.3333333333333333, 0, 0.3333333333333333, 0, 0, 0.4813308059135458,
      0, 0.4806597679559118, 0.15969697161989949,
    ],
  ],
  [
    ['a', 'b'],
    { a: 1, b: 1, c: 1, d: 1 },
    [1, 0.5, 0.5, 0.5, 1, 0.6666666666666666, 0.5, 1, 0.6366824387328317, 1, 0.6366824387328317, 0.7653606369886217],
  ],
  [
    ['c', 'b', 'a'],
    { a: 3, b: 2, c: 1 },
    [
      1, 1, 0.6666666666666666, 1, 1, 1, 0.6666666666666666, 1, 0.7899980042460358, 0.5307212739772434,
      0.6806060567602009, 0.6806060567602009,
    ],
  ],
  [['a'], { a: 1, z: 0 }, [1, 1, 1, 1, 0.5, 0.3333333333333333, 1, 1, 1, 1, 1, 1]],
  [
    ['d', 'a', 'e', 'b', 'f', 'c'],
    { a: 3, b: 2, c: 1, q: 3 },
    [
      0.5, 0.375, 0.125, 0.5, 0.5, 0.3333333333333333, 0.25, 1, 0.49187417993594024, 0.3868528072345416,
      0.4543838428984887, 0.34192741420282435,
    ],
  ],
  [['猫', '犬'], { 犬: 1 }, [0.5, 0.5, 0.5, 0, 0.5, 0.3333333333333333, 1, 1, LOG3, LOG3, LOG3, LOG3]],
];

describe.each(ROWS)('%j of %j', (ranked, grades, values) => {
  it.each(COLUMNS.map(([kind, options], at) => [kind, options, values[at] ?? Number.NaN] as const))(
    '%s %j',
    async (kind, options, value) => {
      expect(valueIn(await score(kind, options, JSON.stringify(ranked), grades))).toBeCloseTo(value, 12);
      const spelled = JSON.stringify(grades);
      expect(valueIn(await score(kind, options, JSON.stringify(ranked), spelled))).toBeCloseTo(value, 12);
    },
  );
});

describe('ranked ids', () => {
  it.each<readonly [string, object, string, Json, number | null]>([
    ['precision-at-k', {}, '["a","b"]', ['a'], 0.5],
    ['precision-at-k', { k: 4 }, '["a","b"]', ['a'], 0.25],
    ['precision-at-k', {}, '[]', ['a'], 0],
    ['recall-at-k', {}, '["a","b"]', ['a', 'c'], 0.5],
    ['recall-at-k', { k: 1 }, '["a","c"]', ['a', 'c'], 0.5],
    ['f1-at-k', {}, '["a","b"]', ['a', 'c', 'd'], 0.4],
    ['f1-at-k', { k: 1 }, '["a","b"]', ['a', 'c', 'd'], 0.5],
    ['hit', {}, '["b"]', 'a', 0],
    ['hit', {}, '["b","a"]', 'a', 1],
    ['mrr', { k: 1 }, '["b","a"]', 'a', 0],
    ['mrr', {}, '["b","b","a"]', ['a'], 0.5],
    ['recall-at-k', {}, '["a","a"]', ['a', 'b'], 0.5],
    ['recall-at-k', {}, '[1, " 2 "]', ['1', 2], 1],
    ['recall-at-k', { path: 'hits' }, '{"hits":[{"id":"a"}]}', ['a'], 1],
    ['recall-at-k', { path: 'hits', id: 'doc' }, '{"hits":[{"doc":7}]}', [7], 1],
    ['recall-at-k', {}, '[{"doc":7}]', [7], 0],
    ['recall-at-k', {}, '["__proto__"]', ['__proto__'], 1],
    ['ndcg', {}, '["a"]', { a: '2' }, 1],
    ['ndcg', { gain: 'exponential' }, '["a","b"]', { a: 1000, b: 1000 }, 1],
    ['ndcg', { gain: 'exponential' }, '["a"]', { a: 1e-20 }, 1],
    ['mrr', {}, 'a, b', ['a'], 0],
    ['hit', {}, '[[1]]', ['a'], 0],
    ['hit', { path: 'x' }, '["a"]', ['a'], 0],
    ['hit', {}, '["a"]', [], null],
    ['hit', {}, '["a"]', { a: 0 }, null],
    ['hit', {}, '["a"]', { a: -1 }, null],
    ['hit', {}, '["a"]', { a: 'high' }, null],
    ['hit', {}, '["a"]', [['a']], null],
    ['hit', {}, '["a"]', null, null],
  ])('%s %j: %s, expected %j', async (kind, options, output, expected, value) => {
    const outcome = await score(kind, options, output, expected);
    if (value === null) expect(outcome).toMatchObject({ outcome: 'unscored' });
    else expect(valueIn(outcome)).toBeCloseTo(value, 12);
  });

  it('say where the first relevant one is', async () => {
    const outcome = await score('mrr', { k: 3 }, '["b","a","c","d"]', ['a', 'd']);
    expect(outcome.reason).toBe(
      'mrr 0.5: 1 of 2 relevant ids in the first 3 of 4 returned, the first one at rank 2: "a".',
    );
  });

  it('pass by a threshold, hit by itself', async () => {
    expect(await score('ndcg', { threshold: 0.9 }, '["a"]', 'a')).toMatchObject({ passed: true });
    expect(await score('ndcg', {}, '["a"]', 'a')).toMatchObject({ passed: null });
    expect(await score('hit', {}, '["a"]', 'a')).toMatchObject({ passed: true });
    expect(() => tryMetric('hit', { threshold: 0.5 })).toThrow();
    expect(() => tryMetric('mrr', { k: 0 })).toThrow();
  });

  it('may be very many', async () => {
    const many = JSON.stringify(Array.from({ length: 150_000 }, (_, index) => index));
    for (const kind of ['ndcg', 'average-precision', 'recall-at-k']) {
      expect(valueIn(await score(kind, {}, many, many))).toBeCloseTo(1, 12);
    }
  });

  it('are within 0..1, best in the best order, and no worse for a relevant one in front', async () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
    const grades = fc.dictionary(id, fc.constantFrom(1, 2, 3), { minKeys: 1 });
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(id), grades, fc.integer({ min: 1, max: 7 }), async (ranked, given, k) => {
        const best = Object.keys(given).sort((a, b) => (given[b] ?? 0) - (given[a] ?? 0));
        for (const [kind, options] of [
          ['ndcg', { k }],
          ['ndcg', { gain: 'exponential' }],
          ['average-precision', { k }],
          ['mrr', { k }],
          ['f1-at-k', { k }],
          ['r-precision', {}],
        ] as const) {
          const value = valueIn(await score(kind, options, JSON.stringify(ranked), given)) ?? Number.NaN;
          const most = valueIn(await score(kind, options, JSON.stringify(best), given)) ?? Number.NaN;
          const front = [best[0] ?? '', ...ranked.filter((one) => one !== best[0])];
          const better = valueIn(await score(kind, options, JSON.stringify(front), given)) ?? Number.NaN;
          expect(value).toBeGreaterThanOrEqual(0);
          expect(most).toBeLessThanOrEqual(1);
          expect(value).toBeLessThanOrEqual(most + 1e-12);
          expect(better).toBeGreaterThanOrEqual(value - 1e-12);
        }
      }),
    );
  });
});
