import { describe, expect, it } from 'vitest';
import { jsonReport } from '../../../../src/cli/reporters/jsonReport.ts';
import { SAMPLES, SUMMARY } from './summaryFixture.ts';

describe('jsonReport', () => {
  it('is the object that scripts rely on', () => {
    const gate = { holds: false, reasons: ['why'] };
    const report = jsonReport({
      summary: SUMMARY,
      gate,
      historyPath: '/w/.touchstone/history.db',
      comparison: null,
      samples: SAMPLES,
    });
    expect(report).toEqual({
      schema: 'touchstone/eval@1',
      run: {
        id: 'run-1',
        suite: 'evals/triage.eval.yaml',
        status: 'finished',
        startedAt: '2026-03-01T10:00:00.000Z',
        finishedAt: '2026-03-01T10:00:01.500Z',
        git: { commit: '0123456789abcdef0123456789abcdef01234567', dirty: true },
        history: '/w/.touchstone/history.db',
      },
      dataset: { digest: 'd'.repeat(64), cases: 4 },
      variants: [
        {
          prompt: 'prompts/triage.prompt',
          promptVersion: 'a1b2c3d4'.repeat(8),
          model: 'replay/triage',
          params: { temperature: 0 },
          repeats: 1,
          samples: { pass: 3, fail: 1, error: 0, unscored: 0 },
          composite: { mean: 0.875, low: 0.5, high: 1 },
          metrics: {
            category: { mean: 0.75, n: 4, error: 0, unscored: 0, signature: 'equals|v:1' },
            latency: { mean: 812.4, n: 4, error: 0, unscored: 0, signature: 'latency|v:1' },
          },
          latencyMs: { p50: 800, p95: 1900 },
          tokens: { input: 1234, output: 99 },
          costUsd: 0.0061,
        },
        {
          prompt: 'prompts/triage-v1.prompt',
          promptVersion: 'e5f60718'.repeat(8),
          model: 'replay/triage',
          params: { temperature: 0 },
          repeats: 1,
          samples: { pass: 1, fail: 1, error: 2, unscored: 0 },
          composite: { mean: 0.5, low: 0, high: 1 },
          metrics: {
            category: { mean: 0.5, n: 2, error: 2, unscored: 0, signature: 'equals|v:1' },
            latency: { mean: null, n: 0, error: 2, unscored: 2, signature: 'latency|v:1' },
          },
          latencyMs: { p50: null, p95: null },
          tokens: { input: null, output: null },
          costUsd: null,
        },
      ],
      comparisons: [],
      gate: { holds: false, reasons: ['why'] },
    });
  });
});
