import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Metric, MetricInput, ScoreOutcome } from '../../../../src/engine/metric/metric.ts';
import type { VariantSummary } from '../../../../src/engine/run/run.ts';
import { runSuite } from '../../../../src/engine/run/runSuite.ts';
import {
  answering,
  casesOf,
  metricOf,
  plannedVariant,
  recordingPorts,
  runPlan,
  type Scripted,
  scored,
} from '../../../support/runPlan.ts';

/** What a variant comes to when these are its answers, in the order of case and repeat. */
async function summaryOf(
  answers: readonly (Scripted | Error)[],
  score: (input: MetricInput) => ScoreOutcome = ({ output }) => scored(Number(output)),
  { repeats = 1, corpus }: { repeats?: number; corpus?: Metric['corpus'] } = {},
): Promise<VariantSummary> {
  const client = answering(({ testCase: { id }, repeat }) => answers[Number(id.slice(1)) * repeats + repeat] ?? {});
  const planned = await plannedVariant(client, { metrics: [metricOf('m', score, { corpus })] });
  const plan = runPlan([planned], casesOf(answers.length / repeats), { repeats });
  const { variants } = await runSuite(plan, recordingPorts());
  const [variant] = variants;
  if (!variant) throw new Error('There is no variant.');
  return variant;
}

const values = (...outputs: number[]): Scripted[] => outputs.map((output) => ({ output: String(output) }));

describe('the summary of a variant', () => {
  it('has the mean of the composite with its t interval, within 0..1', async () => {
    // Mean 0.6, s = 0.2, t(2; 0.975) = 4.302653: half width 4.302653 * 0.2 / sqrt(3) = 0.496828.
    const { composite } = await summaryOf(values(0.4, 0.6, 0.8));
    expect(composite?.mean).toBeCloseTo(0.6, 12);
    expect(composite?.low).toBeCloseTo(0.6 - 0.496828, 5);
    // 0.6 + 0.496828 lies above what a composite can be.
    expect(composite?.high).toBe(1);
  });

  it('averages the repeats of a case first, so that they do not narrow the interval', async () => {
    const repeated = await summaryOf(values(0.4, 0.4, 0.4, 0.6, 0.6, 0.6, 0.8, 0.8, 0.8), undefined, { repeats: 3 });
    const once = await summaryOf(values(0.4, 0.6, 0.8));
    expect(repeated.composite?.low).toBeCloseTo(once.composite?.low ?? -1, 12);
    expect(repeated.metrics['m']).toMatchObject({ n: 9, mean: expect.closeTo(0.6, 12) });
  });

  it('weighs a case by its repeats that have a score, not by those that have none', async () => {
    // Case 0 has one score (1), case 1 has two (0 and 0.5).
    const answers = [{ output: '1' }, new Error('failed'), { output: '0' }, { output: '0.5' }];
    const { composite, samples, metrics } = await summaryOf(answers, undefined, { repeats: 2 });
    expect(composite?.mean).toBeCloseTo((1 + 0.25) / 2, 12);
    expect(samples).toEqual({ pass: 2, fail: 1, error: 1, unscored: 0 });
    expect(metrics['m']).toMatchObject({ n: 3, mean: 0.5 });
  });

  it('leaves errors and unscored samples out of every mean, and shows them beside it', async () => {
    const score = ({ output }: MetricInput): ScoreOutcome => {
      if (output === 'none') return { outcome: 'unscored', reason: 'no expected value' };
      return output === 'broken' ? { outcome: 'error', reason: 'broken' } : scored(Number(output));
    };
    const answers = [{ output: 'none' }, { output: 'broken' }, { output: '0' }, { output: '1' }, new Error('failed')];
    const { metrics, composite, samples } = await summaryOf(answers, score);
    expect(metrics['m']).toEqual({ mean: 0.5, n: 2, error: 1, unscored: 1, signature: 'm|v:1' });
    expect(composite?.mean).toBe(0.5);
    expect(samples).toEqual({ pass: 1, fail: 1, error: 1, unscored: 2 });
  });

  it('has no figures where there is nothing to count', async () => {
    expect(await summaryOf([new Error('a'), new Error('b')])).toMatchObject({
      samples: { pass: 0, fail: 0, error: 2, unscored: 0 },
      composite: null,
      metrics: { m: { mean: null, n: 0 } },
      latencyMs: null,
      tokens: null,
      costUsd: null,
    });
  });

  it('does not know the cost or the tokens as soon as one of them is unknown', async () => {
    const usage = { inputTokens: 10, outputTokens: 5, cachedInputTokens: null, reasoningTokens: null };
    const known = { output: '1', costUsd: 0.5, usage };
    expect(await summaryOf([known, known])).toMatchObject({ costUsd: 1, tokens: { input: 20, output: 10 } });
    expect(await summaryOf([known, { ...known, costUsd: null }])).toMatchObject({
      costUsd: null,
      tokens: { input: 20, output: 10 },
    });
    expect(await summaryOf([known, { ...known, usage: null }])).toMatchObject({ costUsd: 1, tokens: null });
    expect(await summaryOf([known, new Error('failed')])).toMatchObject({
      costUsd: 0.5,
      tokens: { input: 10, output: 5 },
    });
  });

  it('has quantiles of the latencies that were measured', async () => {
    const latencies = [30, 10, 20, 40, 50];
    const answers = [...latencies.map((latencyMs) => ({ output: '1', latencyMs })), { output: '1', latencyMs: null }];
    // Type 7 over 10..50: p50 is the middle one, p95 lies at position 3.8.
    const { latencyMs } = await summaryOf(answers);
    expect(latencyMs?.p50).toBe(30);
    expect(latencyMs?.p95).toBeCloseTo(48, 12);
  });

  it('takes the value of a corpus metric over the samples that it scored, not the mean of the rows', async () => {
    const corpus = () => {
      let sum = 0;
      return {
        add: ({ output }: MetricInput) => {
          sum += Number(output);
        },
        value: () => sum / 100,
      };
    };
    const answers = [...values(1, 2, 3), new Error('failed')];
    const { metrics } = await summaryOf(answers, ({ output }) => scored(Number(output) / 10), { corpus });
    expect(metrics['m']).toMatchObject({ mean: 0.06, n: 3 });
  });

  it('is the same in whatever order samples finish', async () => {
    const sample = fc.record({ output: fc.constantFrom('0', '0.25', '1'), afterMs: fc.nat({ max: 4 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(sample, { minLength: 4, maxLength: 12 }), async (answers) => {
        const kept = answers.slice(0, answers.length - (answers.length % 2));
        const late = await summaryOf(kept, undefined, { repeats: 2 });
        const early = await summaryOf(
          kept.map(({ output }) => ({ output })),
          undefined,
          { repeats: 2 },
        );
        expect(late.composite?.mean).toBeCloseTo(early.composite?.mean ?? -1, 12);
        expect(late.samples).toEqual(early.samples);
      }),
      { numRuns: 20 },
    );
  });
});
