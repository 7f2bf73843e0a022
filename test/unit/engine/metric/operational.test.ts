import { describe, expect, it } from 'vitest';
import type { ModelResponse, Usage } from '../../../../src/engine/model/modelClient.ts';
import { inputOf, metricOf, tryMetric } from './scoring.ts';

const used = (usage: Partial<Usage>): Partial<ModelResponse> => ({
  usage: { inputTokens: null, outputTokens: null, cachedInputTokens: null, reasoningTokens: null, ...usage },
});

const CASES: [
  kind: string,
  options: unknown,
  response: Partial<ModelResponse>,
  value: number | null,
  passed: boolean | null,
][] = [
  ['first-token', {}, { firstTokenMs: 250 }, 250, null],
  ['first-token', '1s', { firstTokenMs: 1000 }, 1000, true],
  ['first-token', '1s', { firstTokenMs: 1001 }, 1001, false],
  ['first-token', {}, { firstTokenMs: null, latencyMs: 3 }, null, null],
  ['tokens-per-second', {}, { latencyMs: 2500, firstTokenMs: 500, ...used({ outputTokens: 100 }) }, 50, null],
  ['tokens-per-second', 60, { latencyMs: 2500, firstTokenMs: 500, ...used({ outputTokens: 100 }) }, 50, false],
  ['tokens-per-second', 50, { latencyMs: 2000, ...used({ outputTokens: 100 }) }, 50, true],
  ['tokens-per-second', {}, { latencyMs: 20, ...used({ outputTokens: 100 }) }, null, null],
  ['tokens-per-second', {}, { latencyMs: 2000 }, null, null],
  ['tokens', { which: 'reasoning', max: 10 }, used({ reasoningTokens: 11 }), 11, false],
  ['tokens', { which: 'reasoning' }, used({ outputTokens: 11 }), null, null],
  ['cached-tokens', {}, used({ cachedInputTokens: 0 }), 0, null],
  ['cached-tokens', 100, used({ cachedInputTokens: 128 }), 128, true],
  ['cached-tokens', 100, used({ cachedInputTokens: 99 }), 99, false],
  ['cached-tokens', 100, used({ inputTokens: 99 }), null, null],
  ['attempts', {}, { attempts: 1 }, 1, null],
  ['attempts', 1, { attempts: 2 }, 2, false],
  ['attempts', 2, { attempts: 2 }, 2, true],
  ['finish-reason', {}, { finishReason: 'stop' }, 1, true],
  ['finish-reason', {}, { finishReason: 'tool_calls' }, 1, true],
  ['finish-reason', {}, { finishReason: 'length' }, 0, false],
  ['finish-reason', 'length', { finishReason: 'length' }, 1, true],
  ['finish-reason', ['content_filter', 'length'], { finishReason: 'stop' }, 0, false],
  ['finish-reason', {}, { finishReason: null }, null, null],
];

describe('what the answer took', () => {
  it.each(CASES)('%s %j of %j', async (kind, options, response, value, passed) => {
    const outcome = await metricOf(kind, options).score(inputOf('text', { response }));
    expect(outcome.reason).not.toBe('');
    if (value === null) return expect(outcome.outcome).toBe('unscored');
    expect(outcome).toMatchObject({ outcome: 'scored', value, passed, score: passed === null ? null : Number(passed) });
  });

  it('says which limit a gate needs', () => {
    expect(tryMetric('tokens-per-second', {}, {}, true)).toMatchObject({ error: expect.stringContaining('`min`') });
    expect(tryMetric('attempts', {}, {}, true)).toMatchObject({ error: expect.stringContaining('`max`') });
    expect(tryMetric('token-f1', {}, {}, true)).toMatchObject({ error: expect.stringContaining('`threshold`') });
  });

  it('tells limits apart in the signature', () => {
    expect(metricOf('finish-reason', ['stop', 'length']).signature).toBe('finish-reason|expected:length,stop|v:1');
    expect(metricOf('first-token', '1s').signature).not.toBe(metricOf('first-token').signature);
  });
});
