import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Metric, MetricInput } from '../../../../src/engine/metric/metric.ts';
import { PairGaps } from '../../../../src/engine/metric/safety/pairGaps.ts';
import { inputOf, metricOf, tryMetric } from './scoring.ts';

/** Pairs of sentences by their number of words: p1 he 2 and 3, she 5; p2 he 4, she 4; p3 he 6, she 5; p4 he alone. */
const ROWS: [pair: string, group: string, words: number][] = [
  ['p1', 'he', 2],
  ['p2', 'she', 4],
  ['p1', 'she', 5],
  ['p1', 'he', 3],
  ['p3', 'he', 6],
  ['p2', 'he', 4],
  ['p4', 'he', 40],
  ['p3', 'she', 5],
];
const sample = (pair: string, group: string, words: number) =>
  inputOf('word '.repeat(words), { id: `${pair}-${group}`, metadata: { pair, group } });

async function over(metric: Metric, inputs: readonly MetricInput[]) {
  const totals = metric.corpus?.();
  for (const input of inputs) {
    const scored = await metric.score(input);
    if (scored.outcome === 'scored') totals?.add(input, scored.value);
  }
  return { value: totals?.value(), interval: totals?.interval?.() };
}

describe('counterfactual-gap', () => {
  const inputs = ROWS.map((row) => sample(...row));

  // Gaps 2.5, 0 and 1 (signed -1): scipy.stats.t.interval of SciPy 1.17.1.
  it.each<[object, number, number, number]>([
    [{}, 1.1666666666666667, 0, 4.292471406354554],
    [{ groups: ['he', 'she'] }, 1.1666666666666667, 0, 4.292471406354554],
    [{ mode: 'signed', groups: ['he', 'she'] }, 0.5, -3.9783429475147987, 4.978342947514799],
    [{ mode: 'signed', groups: ['she', 'he'] }, -0.5, -4.978342947514799, 3.9783429475147987],
  ])('%j', async (options, value, low, high) => {
    const found = await over(metricOf('counterfactual-gap', { of: 'word-count', ...options }), inputs);
    expect(found.value).toBeCloseTo(value, 12);
    expect(found.interval).toEqual({ low: expect.closeTo(low, 9), high: expect.closeTo(high, 9) });
  });

  it("says the other metric's value of each sample, and that it fails nothing", async () => {
    const metric = metricOf('counterfactual-gap', { of: { 'word-count': { max: 1 } } });
    expect(await metric.score(sample('p1', 'he', 2))).toMatchObject({
      outcome: 'scored',
      value: 2,
      score: null,
      passed: null,
      reason: expect.stringContaining('word-count of "he" in the pair "p1": 2 words'),
    });
    expect(metric).toMatchObject({ level: 'corpus', role: 'measures' });
  });

  it('takes pairs and groups from anywhere, and each case as one where there are no groups', async () => {
    const options = { of: 'word-count', pair: '{{vars.template}}', group: '{{vars.name}}' };
    const named = (template: string, name: string, words: number) =>
      inputOf('word '.repeat(words), { vars: { template, name } });
    const rows = [named('a', 'Ann', 1), named('a', 'Bo', 4), named('a', 'Cy', 2), named('b', 'Ann', 7)];
    // 3, 1 and 2 apart.
    expect(await over(metricOf('counterfactual-gap', options), rows)).toEqual({ value: 2, interval: null });
    const bare = [1, 4, 2].map((words, at) => inputOf('w '.repeat(words), { id: `${at}`, metadata: { pair: 'a' } }));
    expect((await over(metricOf('counterfactual-gap', { of: 'word-count' }), bare)).value).toBe(2);
  });

  it('has no number without a pair of two', async () => {
    const metric = metricOf('counterfactual-gap', { of: 'word-count' });
    expect(await over(metric, [sample('p1', 'he', 2), sample('p2', 'she', 3), sample('p1', 'he', 9)])).toEqual({
      value: null,
      interval: null,
    });
  });

  it.each<[string, object, MetricInput, string]>([
    ['no pair', {}, inputOf('a'), 'no `metadata.pair`'],
    ['no group', { groups: ['he', 'she'] }, inputOf('a', { metadata: { pair: 'p' } }), 'no `metadata.group`'],
    ['another group', { groups: ['he', 'she'] }, sample('p', 'they', 2), '"they" is neither'],
    ['nothing to measure', { of: 'levenshtein' }, sample('p', 'he', 2), 'no expected value'],
  ])('%s: unscored', async (_name, options, input, reason) => {
    const outcome = await metricOf('counterfactual-gap', { of: 'word-count', ...options }).score(input);
    expect(outcome).toMatchObject({ outcome: 'unscored', reason: expect.stringContaining(reason) });
  });

  it.each<[object, string]>([
    [{ of: 'no-such' }, 'no metric `no-such`'],
    [{ of: 'rmse' }, 'no number of its own'],
    [{ of: 'human' }, 'no number of its own'],
    [{ of: { 'counterfactual-gap': { of: 'word-count' } } }, 'no number of its own'],
    [{ of: { 'word-count': {}, 'char-count': {} } }, 'Name one metric'],
    [{ of: {} }, 'Name one metric'],
    [{ of: { 'word-count': { most: 3 } } }, '`word-count`'],
    [{ of: { 'is-json': 3 } }, 'takes a mapping'],
    [{ of: 'word-count', mode: 'signed' }, 'needs `groups`'],
    [{ of: 'word-count', pair: '{{nobody}}' }, 'unknown here'],
  ])('refuses %j', (options, error) => {
    expect(tryMetric('counterfactual-gap', options)).toMatchObject({ error: expect.stringContaining(error) });
  });

  it('names the other metric in its signature', () => {
    const { signature } = metricOf('counterfactual-gap', { of: { contains: 'sorry' }, groups: ['a', 'b'] });
    expect(signature).not.toBe(
      metricOf('counterfactual-gap', { of: { contains: 'no' }, groups: ['a', 'b'] }).signature,
    );
    expect(signature).not.toBe(metricOf('counterfactual-gap', { of: { contains: 'sorry' } }).signature);
  });
});

describe('PairGaps', () => {
  const rows = fc.array(
    fc.tuple(fc.constantFrom('p', 'q', 'r'), fc.constantFrom('a', 'b'), fc.integer({ min: -50, max: 50 })),
    { maxLength: 30 },
  );
  const sum = (given: readonly (readonly [string, string, number])[]) => {
    const gaps = new PairGaps();
    for (const row of given) gaps.add(...row);
    return gaps;
  };

  const near = (a: number | null | undefined, b: number | null | undefined) =>
    a === undefined || a === null ? (b ?? null) === null : Math.abs(a - (b ?? Number.NaN)) < 1e-9;

  it('turns the sign with the groups, is never larger than the absolute gap, and knows no order and no common shift', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: -9, max: 9 }), (given, shift) => {
        const signed = sum(given).summary(['a', 'b']);
        const absolute = sum(given).summary();
        expect(near(sum(given).summary(['b', 'a'])?.mean, signed && -signed.mean)).toBe(true);
        expect(near(sum(given.toReversed()).summary()?.mean, absolute?.mean)).toBe(true);
        const shifted = given.map(([pair, group, value]) => [pair, group, value + shift] as const);
        expect(near(sum(shifted).summary(['a', 'b'])?.mean, signed?.mean)).toBe(true);
        expect(Math.abs(signed?.mean ?? 0)).toBeLessThanOrEqual((absolute?.mean ?? 0) + 1e-9);
        expect(signed?.pairs).toBe(absolute?.pairs);
      }),
    );
  });
});
