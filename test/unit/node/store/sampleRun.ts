import type { Case } from '../../../../src/engine/dataset/case.ts';
import type { Score } from '../../../../src/engine/metric/metric.ts';
import type { RunHeader, RunPrompt, RunSummary, RunVariant, VariantSummary } from '../../../../src/engine/run/run.ts';
import type { Sample } from '../../../../src/engine/run/sample.ts';

/** Made-up runs for the tests of the store; every part can be replaced. */
export const SIGNATURE = 'equals|v:1';

export function testCase(index: number, part: Partial<Case> = {}): Case {
  return {
    id: `case-${index}`,
    vars: { ticket: `Ticket ${index}: the invoice is wrong` },
    expected: { category: 'billing' },
    tags: ['billing'],
    metadata: { source: 'test' },
    row: { ticket: `Ticket ${index}: the invoice is wrong` },
    index,
    line: index + 1,
    ...part,
  };
}

export function variant(id: string, part: Partial<RunVariant> = {}): RunVariant {
  return {
    id,
    prompt: 'prompts/triage.prompt',
    promptVersion: 'a'.repeat(64),
    model: 'openai/gpt-5-mini',
    params: { temperature: 0 },
    signatures: { equals: SIGNATURE, latency: 'latency|v:1' },
    ...part,
  };
}

export function promptOf(path: string, part: Partial<RunPrompt> = {}): RunPrompt {
  const text = '---\nmodel: openai/gpt-5-mini\n---\n{{ticket}}';
  return { path, version: 'a'.repeat(64), text, partials: { _tone: 'Be kind.' }, ...part };
}

export function header(id: string, part: Partial<RunHeader> = {}): RunHeader {
  return {
    id,
    suite: 'evals/triage.eval.yaml',
    suiteText: 'prompts: [../prompts/triage.prompt]\n',
    startedAt: '2026-01-01T00:00:00.000Z',
    git: { commit: 'c'.repeat(40), dirty: true },
    dataset: { path: 'evals/triage.csv', format: 'csv', digest: 'd'.repeat(64), cases: 3, columns: ['id', 'ticket'] },
    selection: { cases: 3 },
    repeats: 1,
    policy: { threshold: 0.5, missing: 'renormalise' },
    variants: [variant('v1')],
    prompts: [promptOf('prompts/triage.prompt')],
    metrics: [
      { name: 'equals', kind: 'equals', direction: 'higher', weight: 1, gate: false },
      { name: 'latency', kind: 'latency', direction: 'lower', weight: 1, gate: false },
    ],
    plannedSamples: 3,
    ...part,
  };
}

export function equalsScore(value: number): Score {
  const reason = value === 1 ? 'equal' : 'differs at category';
  return {
    metric: 'equals',
    signature: SIGNATURE,
    outcome: 'scored',
    value,
    score: value,
    passed: value === 1,
    reason,
  };
}

type Answered = Extract<Sample, { readonly status: 'pass' | 'fail' | 'unscored' }>;

export function answered(index: number, part: Partial<Answered> = {}): Answered {
  return {
    variantId: 'v1',
    caseId: `case-${index}`,
    repeat: 0,
    caseIndex: index,
    startedAt: '2026-01-01T00:00:01.000Z',
    messages: [{ role: 'user', content: [{ text: `Ticket ${index}` }] }],
    rawRequest: { model: 'gpt-5-mini', messages: [{ role: 'user', content: `Ticket ${index}` }] },
    status: 'pass',
    scores: [equalsScore(1), { metric: 'latency', signature: 'latency|v:1', outcome: 'unscored', reason: 'replayed' }],
    composite: 1,
    output: `{"category":"billing","number":${index}}`,
    toolCalls: [],
    finishReason: 'stop',
    usage: { inputTokens: 120, outputTokens: 30, cachedInputTokens: null, reasoningTokens: 0 },
    latencyMs: 100 + index,
    firstTokenMs: 40.5,
    costUsd: 0.0001 * (index + 1),
    rawResponse: { id: `chatcmpl-${index}`, object: 'chat.completion' },
    attempts: 1,
    ...part,
  };
}

export function failedCall(index: number, message: string): Sample {
  const { variantId, caseId, repeat, caseIndex, startedAt, messages, rawRequest } = answered(index);
  const error = { code: 'rate-limited', message, remedy: 'Wait.', httpStatus: 429, requestId: 'req-1' } as const;
  return { variantId, caseId, repeat, caseIndex, startedAt, messages, rawRequest, status: 'error', error };
}

/** Figures that nothing computed, to be found again as they are. */
export function summary(of: RunHeader, part: Partial<RunSummary> = {}): RunSummary {
  const figures: Omit<VariantSummary, 'variant'> = {
    samples: { pass: 2, fail: 1, error: 0, unscored: 0 },
    composite: { mean: 0.75, low: 0.5, high: 1 },
    metrics: { equals: { mean: 0.75, n: 3, error: 0, unscored: 0, signature: SIGNATURE } },
    latencyMs: { p50: 101, p95: 102 },
    tokens: { input: 360, output: 90 },
    costUsd: null,
  };
  return {
    header: of,
    status: 'finished',
    finishedAt: '2026-01-01T00:01:00.000Z',
    variants: of.variants.map((each) => ({ variant: each, ...figures })),
    ...part,
  };
}
