import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunMetric } from '../../../../src/engine/run/run.ts';
import { type TrialSample, type TriedSample, tryRun } from '../../../../src/engine/trial/runTrial.ts';
import { sortTried } from '../../../../src/engine/trial/sortTried.ts';
import { type Trial, trialMetrics } from '../../../../src/engine/trial/trial.ts';

const metric = (name: string, given: Partial<RunMetric> = {}): RunMetric => ({
  name,
  kind: name,
  direction: 'higher',
  weight: 1,
  gate: false,
  role: 'decides',
  ...given,
});
const METRICS = [metric('a'), metric('b', { weight: 3 }), metric('latency', { role: 'measures' })];
const scored = (name: string, score: number) =>
  ({ metric: name, signature: '', outcome: 'scored', value: score, score, passed: score >= 0.5, reason: '' }) as const;
const sample = (sampleId: number, a: number, b: number, given: Partial<TrialSample> = {}): TrialSample => ({
  sampleId,
  caseIndex: sampleId,
  variantId: 'v',
  repeat: 0,
  tags: [],
  status: 'pass',
  composite: (a + 3 * b) / 4,
  latencyMs: null,
  costUsd: null,
  scores: [scored('a', a), scored('b', b)],
  ...given,
});
const trial = (weights: Trial['weights'], policy: Partial<Trial['policy']> = {}): Trial => ({
  weights,
  policy: { threshold: 0.5, missing: 'renormalise', ...policy },
});

describe('tryRun', () => {
  const samples = [sample(0, 1, 0.5), sample(1, 0, 1), sample(2, 1, 0, { status: 'fail' })];

  it('makes each composite of the same scores by other weights', () => {
    const {
      samples: tried,
      variants,
      changed,
    } = tryRun(samples, METRICS, trial({ a: { weight: 3, gate: false }, b: { weight: 1, gate: false } }));
    expect(tried.map(({ composite }) => composite)).toEqual([0.875, 0.25, 0.75]);
    expect(tried.map(({ status }) => status)).toEqual(['pass', 'fail', 'pass']);
    expect(changed).toBe(2);
    expect(variants['v']?.samples).toEqual({ pass: 2, fail: 1, error: 0, unscored: 0 });
    expect(variants['v']?.composite?.mean).toBeCloseTo(0.625, 12);
  });

  it('leaves out what weighs nothing, with its gate', () => {
    const { samples: tried } = tryRun(samples, METRICS, trial({ a: { weight: 0, gate: true } }));
    expect(tried.map(({ composite, status }) => [composite, status])).toEqual([
      [0.5, 'pass'],
      [1, 'pass'],
      [0, 'fail'],
    ]);
  });

  it('lets a gate veto, and a threshold move', () => {
    const gated = tryRun(samples, METRICS, trial({ a: { weight: 1, gate: true } }));
    expect(gated.samples[1]).toMatchObject({ composite: 0.75, status: 'fail' });
    const strict = tryRun(samples, METRICS, trial({}, { threshold: 0.7, mean: 'min' }));
    expect(strict.samples.map(({ composite }) => composite)).toEqual([0.5, 0, 0]);
    expect(strict.variants['v']?.samples.fail).toBe(3);
  });

  it('leaves an error an error, and averages repeats first', () => {
    const repeated = [
      sample(0, 1, 1, { caseIndex: 0 }),
      sample(1, 0, 0, { caseIndex: 0, repeat: 1, status: 'fail' }),
      sample(2, 1, 1, { caseIndex: 1 }),
      sample(3, 0, 0, { caseIndex: 2, status: 'error', composite: null, scores: [] }),
    ];
    const { variants, samples: tried } = tryRun(repeated, METRICS, trial({}));
    expect(variants['v']?.composite?.mean).toBe(0.75);
    expect(variants['v']?.samples).toEqual({ pass: 2, fail: 1, error: 1, unscored: 0 });
    expect(tried[3]).toMatchObject({ status: 'error', composite: null });
  });

  it('keeps what only measures, and metrics that it does not name', () => {
    expect(trialMetrics(METRICS, trial({ latency: { weight: 9, gate: true } }))).toEqual(METRICS);
  });
});

describe('sortTried', () => {
  const tried = fc.array(
    fc.record({
      sampleId: fc.nat(),
      caseIndex: fc.nat(5),
      variantId: fc.constantFrom('v', 'w'),
      repeat: fc.nat(2),
      status: fc.constantFrom('pass', 'fail', 'error', 'unscored'),
      composite: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
      latencyMs: fc.option(fc.nat(9)),
      costUsd: fc.constant(null),
    }) as fc.Arbitrary<TriedSample>,
  );

  it('puts missing numbers last in either direction, and keeps every sample that fits', () => {
    fc.assert(
      fc.property(tried, fc.boolean(), (samples, descending) => {
        const sorted = sortTried(samples, { sort: 'composite', descending, statuses: [] }, ['v', 'w']);
        expect(sorted).toHaveLength(samples.length);
        const numbers = sorted.map(({ composite }) => composite);
        const known = numbers.filter((one) => one !== null);
        expect(numbers.slice(0, known.length)).toEqual(known);
        expect(known).toEqual(known.toSorted((a, b) => (descending ? b - a : a - b)));
      }),
    );
  });

  it('filters by the status that the trial gives', () => {
    fc.assert(
      fc.property(tried, (samples) => {
        const failed = sortTried(samples, { sort: 'case', descending: false, statuses: ['fail'] }, ['v', 'w']);
        expect(failed).toHaveLength(samples.filter(({ status }) => status === 'fail').length);
        expect(failed.map(({ caseIndex }) => caseIndex)).toEqual(failed.map(({ caseIndex }) => caseIndex).sort());
      }),
    );
  });
});
