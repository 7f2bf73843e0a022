import type { SampleDigest } from '../../../../src/cli/reporters/sampleDigest.ts';
import type { RunHeader, RunSummary, RunVariant, VariantSummary } from '../../../../src/engine/run/run.ts';

export const NEW: RunVariant = {
  id: 'aaaaaaaaaaaa',
  prompt: 'prompts/triage.prompt',
  promptVersion: 'a1b2c3d4'.repeat(8),
  model: 'replay/triage',
  params: { temperature: 0 },
  signatures: { category: 'equals|v:1', latency: 'latency|v:1' },
};
export const OLD: RunVariant = {
  ...NEW,
  id: 'bbbbbbbbbbbb',
  prompt: 'prompts/triage-v1.prompt',
  promptVersion: 'e5f60718'.repeat(8),
};

export const HEADER: RunHeader = {
  id: 'run-1',
  suite: 'evals/triage.eval.yaml',
  suiteText: '',
  startedAt: '2026-03-01T10:00:00.000Z',
  git: { commit: '0123456789abcdef0123456789abcdef01234567', dirty: true },
  dataset: { path: 'evals/triage.csv', format: 'csv', digest: 'd'.repeat(64), cases: 4, columns: ['id', 'ticket'] },
  selection: { cases: 4 },
  repeats: 1,
  policy: { threshold: 0.5, missing: 'renormalise' },
  variants: [NEW, OLD],
  prompts: [],
  metrics: [
    { name: 'category', kind: 'equals', direction: 'higher', weight: 3, gate: true },
    { name: 'latency', kind: 'latency', direction: 'lower', weight: 1, gate: false },
  ],
  plannedSamples: 8,
};

const NEW_SUMMARY: VariantSummary = {
  variant: NEW,
  samples: { pass: 3, fail: 1, error: 0, unscored: 0 },
  composite: { mean: 0.875, low: 0.5, high: 1 },
  metrics: {
    category: { mean: 0.75, n: 4, error: 0, unscored: 0, signature: 'equals|v:1' },
    latency: { mean: 812.4, n: 4, error: 0, unscored: 0, signature: 'latency|v:1' },
  },
  latencyMs: { p50: 800, p95: 1900 },
  tokens: { input: 1234, output: 99 },
  costUsd: 0.0061,
};

const OLD_SUMMARY: VariantSummary = {
  variant: OLD,
  samples: { pass: 1, fail: 1, error: 2, unscored: 0 },
  composite: { mean: 0.5, low: 0, high: 1 },
  metrics: {
    category: { mean: 0.5, n: 2, error: 2, unscored: 0, signature: 'equals|v:1' },
    latency: { mean: null, n: 0, error: 2, unscored: 2, signature: 'latency|v:1' },
  },
  latencyMs: null,
  tokens: null,
  costUsd: null,
};

export const SUMMARY: RunSummary = {
  header: HEADER,
  status: 'finished',
  finishedAt: '2026-03-01T10:00:01.500Z',
  variants: [NEW_SUMMARY, OLD_SUMMARY],
};

const sample = (caseId: string, caseIndex: number, variant: RunVariant, rest: Partial<SampleDigest>): SampleDigest => ({
  caseId,
  caseIndex,
  line: caseIndex + 1,
  variantId: variant.id,
  repeat: 0,
  status: 'pass',
  latencyMs: 1234,
  reason: null,
  errorCode: null,
  ...rest,
});

/** In an order in which they may finish: not that of the dataset. */
export const SAMPLES: readonly SampleDigest[] = [
  sample('退款', 2, NEW, { status: 'fail', reason: 'category: "bug" is not "billing"' }),
  sample('one', 0, NEW, {}),
  sample('two', 1, NEW, {}),
  sample('four', 3, NEW, {}),
  sample('two', 1, OLD, {
    status: 'error',
    reason: 'The server is down. Try again later.',
    errorCode: 'server',
    latencyMs: null,
  }),
  sample('one', 0, OLD, {
    status: 'error',
    reason: 'The server is down. Try again later.',
    errorCode: 'server',
    latencyMs: null,
  }),
  sample('退款', 2, OLD, {}),
  sample('four', 3, OLD, { status: 'fail', reason: 'category: "a" < "b"' }),
];
