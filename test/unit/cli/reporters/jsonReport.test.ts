import { describe, expect, it } from 'vitest';
import { jsonReport, jsonReports } from '../../../../src/cli/reporters/jsonReport.ts';
import type { SuiteReport } from '../../../../src/cli/reporters/suiteReport.ts';
import { NEW, SAMPLES, SUMMARY } from './summaryFixture.ts';

const VERDICT = { word: 'inconclusive', pValue: 0.25, test: 'exact sign-flip', moreCases: 12 } as const;

const REPORT: SuiteReport = {
  summary: SUMMARY,
  gate: { holds: false, reasons: ['why'] },
  historyPath: '/w/.touchstone/history.db',
  comparison: {
    name: 'the baseline',
    variants: [
      {
        variantId: NEW.id,
        promptVersion: { before: '01234567'.repeat(8), after: NEW.promptVersion },
        composite: {
          before: 0.75,
          after: 0.875,
          difference: 0.125,
          interval: { low: -0.1, high: 0.35 },
          cases: 4,
          verdict: VERDICT,
        },
        passed: { before: 2, after: 3, cases: 4, verdict: VERDICT },
        uneven: 0,
        fixed: ['one', 'two'],
        broke: ['退款'],
        metrics: {
          category: {
            before: 0,
            after: 1,
            difference: 1,
            interval: null,
            cases: 1,
            sameDefinition: false,
            verdict: VERDICT,
          },
        },
      },
    ],
    notes: ['The dataset has changed.'],
  },
  origin: { kind: 'baseline', path: 'evals/triage.baseline.json' },
  before: null,
  notes: ['The budget leaves out 4 answers.'],
  samples: SAMPLES,
};

describe('jsonReport', () => {
  it('is the object that scripts rely on', () => {
    expect(jsonReport(REPORT)).toEqual({
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
      comparisons: [
        {
          against: {
            kind: 'baseline',
            path: 'evals/triage.baseline.json',
            promptVersion: '01234567'.repeat(8),
          },
          prompt: 'prompts/triage.prompt',
          promptVersion: 'a1b2c3d4'.repeat(8),
          model: 'replay/triage',
          params: { temperature: 0 },
          composite: { mean: 0.125, low: -0.1, high: 0.35, n: 4, before: 0.75, after: 0.875, verdict: VERDICT },
          passed: { before: 2, after: 3, n: 4, verdict: VERDICT },
          fixed: ['one', 'two'],
          broke: ['退款'],
          metrics: {
            category: {
              mean: 1,
              low: null,
              high: null,
              n: 1,
              before: 0,
              after: 1,
              verdict: VERDICT,
              comparable: false,
            },
          },
        },
      ],
      gate: { holds: false, reasons: ['why'] },
      notes: [
        'The dataset has changed.',
        'category has no score on 2 of 8 samples; their composite leaves it out.',
        'The budget leaves out 4 answers.',
      ],
    });
  });

  it('compares with nothing where there is no baseline', () => {
    expect(jsonReport({ ...REPORT, comparison: null }).comparisons).toEqual([]);
  });
});

describe('jsonReports', () => {
  it('is the report itself for one suite', () => {
    expect(jsonReports([REPORT], false)).toEqual(jsonReport(REPORT));
  });

  it('is a list under a schema of its own for several, also when only one of them ran', () => {
    expect(jsonReports([REPORT], true)).toEqual({ schema: 'touchstone/evals@1', evals: [jsonReport(REPORT)] });
  });
});
