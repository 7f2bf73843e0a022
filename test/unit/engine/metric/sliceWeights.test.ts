import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compositeOf, type Weighted } from '../../../../src/engine/metric/composite/composite.ts';
import { compositeParts } from '../../../../src/engine/metric/composite/compositeParts.ts';
import type { CompositePolicy, WeightSlice } from '../../../../src/engine/metric/composite/compositePolicy.ts';
import type { Score } from '../../../../src/engine/metric/metric.ts';

const metric = (name: string, given: Partial<Weighted> = {}): Weighted => ({ name, weight: 1, gate: false, ...given });
const score = (name: string, value: number): Score => ({
  ...{ metric: name, signature: '', outcome: 'scored', reason: '' },
  ...{ value, score: value, passed: value >= 0.5 },
});
const policy = (...slices: WeightSlice[]): CompositePolicy => ({ threshold: 0.5, missing: 'renormalise', slices });

describe('weights of a slice', () => {
  const scores = [score('a', 1), score('b', 0), score('c', 0.5)];
  const metrics = [metric('a'), metric('b'), metric('c', { weight: 2 })];
  const refund = { tag: 'refund', weights: { a: 3, c: 0 } };

  it.each([
    { tags: [], slices: [refund], composite: 2 / 4, status: 'pass' },
    { tags: ['other'], slices: [refund], composite: 2 / 4, status: 'pass' },
    // a 3, b 1, c left out
    { tags: ['refund'], slices: [refund], composite: 3 / 4, status: 'pass' },
    // The last slice that names a metric counts: a 1, b 9, c left out by the first
    {
      tags: ['refund', 'vip'],
      slices: [refund, { tag: 'vip', weights: { a: 1, b: 9 } }],
      composite: 0.1,
      status: 'fail',
    },
    {
      tags: ['vip', 'refund'],
      slices: [refund, { tag: 'vip', weights: { a: 1, b: 9 } }],
      composite: 0.1,
      status: 'fail',
    },
  ])('$tags come to $composite', ({ tags, slices, composite, status }) => {
    expect(compositeOf(scores, metrics, policy(...slices), tags)).toEqual({ composite, status });
  });

  it('of 0 leave a gate out too', () => {
    const gated = [metric('a'), metric('b', { gate: true })];
    const slice = { tag: 'x', weights: { b: 0 } };
    expect(compositeOf(scores, gated, policy(slice), [])).toEqual({ composite: 0.5, status: 'fail' });
    expect(compositeOf(scores, gated, policy(slice), ['x'])).toEqual({ composite: 1, status: 'pass' });
  });

  it('that leave nothing make the sample unscored', () => {
    const slice = { tag: 'x', weights: { a: 0, b: 0, c: 0 } };
    expect(compositeOf(scores, metrics, policy(slice), ['x'])).toEqual({ composite: null, status: 'unscored' });
  });

  it('do not bring back a metric that only measures', () => {
    const measuring = [metric('a', { role: 'measures' }), metric('b')];
    expect(compositeOf(scores, measuring, policy({ tag: 'x', weights: { a: 5 } }), ['x']).composite).toBe(0);
  });

  it('are those that the metrics might have had themselves, in the number and in its parts', () => {
    const weight = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(fc.record({ a: weight, b: weight, c: weight }), (weights) => {
        const own = metrics.map((each) => ({ ...each, weight: weights[each.name as 'a' | 'b' | 'c'] }));
        const sliced = policy({ tag: 'x', weights });
        expect(compositeOf(scores, metrics, sliced, ['x'])).toEqual(compositeOf(scores, own, policy(), []));
        expect(compositeParts(scores, metrics, sliced, ['x'])).toEqual(compositeParts(scores, own, policy(), []));
      }),
    );
  });
});
