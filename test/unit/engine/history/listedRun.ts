import type { ListedRun } from '../../../../src/engine/history/runFacts.ts';
import { NO_MARKS } from '../../../../src/engine/history/runMarks.ts';
import type { VariantSummary } from '../../../../src/engine/run/run.ts';

export function variantSummary(
  part: Partial<VariantSummary> & { model?: string; params?: object } = {},
): VariantSummary {
  const { model = 'openai/gpt-5', params = { temperature: 0.5, style: 'kind' }, ...rest } = part;
  return {
    variant: {
      id: 'v1',
      prompt: 'prompts/triage.prompt',
      promptVersion: 'abcdef01'.padEnd(64, '0'),
      model,
      params: params as VariantSummary['variant']['params'],
      signatures: {},
    },
    samples: { pass: 3, fail: 1, error: 1, unscored: 0 },
    composite: { mean: 0.85, low: 0.7, high: 1 },
    metrics: {
      'rouge-l': { mean: 0.4, n: 4, error: 0, unscored: 0, signature: '' },
      'exact match': { mean: null, n: 0, error: 1, unscored: 0, signature: '' },
    },
    latencyMs: { p50: 120, p95: 400 },
    tokens: null,
    costUsd: 0.02,
    ...rest,
  };
}

export function listedRun(part: Partial<ListedRun> = {}): ListedRun {
  return {
    id: '01KBAAAA',
    revision: null,
    suite: 'evals/triage.eval.yaml',
    status: 'finished',
    startedAt: '2026-11-05T10:20:30.000Z',
    git: { commit: 'c0ffee'.padEnd(40, '0'), dirty: false },
    dataset: 'd'.repeat(64),
    selection: { cases: 5 },
    variants: [variantSummary()],
    marks: NO_MARKS,
    ...part,
  };
}
