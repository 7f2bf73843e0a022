import { describe, expect, it } from 'vitest';
import type { ModelResponse, Usage } from '../../../../src/engine/model/modelClient.ts';
import { corpusOf, inputOf, metricOf, tryMetric } from './scoring.ts';

const used = (usage: Partial<Usage>): Partial<ModelResponse> => ({
  usage: { inputTokens: null, outputTokens: null, cachedInputTokens: null, reasoningTokens: null, ...usage },
});

const told = (...logprobs: readonly number[]): Partial<ModelResponse> => ({
  rawResponse: { choices: [{ logprobs: { content: logprobs.map((logprob) => ({ token: 'x', logprob })) } }] },
});
const HALF = Math.log(0.5);

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
  // The output is `text`, 4 bytes: n tokens of probability 1/2 are n bits.
  ['perplexity', {}, told(0, 0), 1, null],
  ['perplexity', 3, told(HALF, HALF, HALF), 2, true],
  ['perplexity', 1.5, told(HALF, HALF), 2, false],
  ['perplexity', {}, told(0, 2 * HALF, HALF, 3 * HALF), 2 ** 1.5, null],
  ['perplexity', {}, told(), null, null],
  ['perplexity', {}, {}, null, null],
  ['perplexity', {}, { rawResponse: { choices: [{ logprobs: null }] } }, null, null],
  [
    'perplexity',
    {},
    {
      rawResponse: {
        output: [{ type: 'reasoning' }, { content: [{ type: 'output_text', logprobs: [{ logprob: HALF }] }] }],
      },
    },
    2,
    null,
  ],
  ['perplexity', {}, { rawResponse: { output: [{ content: [{ type: 'output_text', logprobs: [] }] }] } }, null, null],
  ['bits-per-byte', {}, told(HALF, HALF), 0.5, null],
  ['bits-per-byte', 0.5, told(0), 0, true],
  ['bits-per-byte', 0.5, told(12 * HALF), 3, false],
  ['bits-per-byte', {}, {}, null, null],
  ['latency-percentile', 90, { latencyMs: 80 }, 80, null],
  ['latency-percentile', { of: 'first-token' }, { latencyMs: 80 }, null, null],
];

describe('what the answer took', () => {
  it.each(CASES)('%s %j of %j', async (kind, options, response, value, passed) => {
    const outcome = await metricOf(kind, options).score(inputOf('text', { response }));
    expect(outcome.reason).not.toBe('');
    if (value === null) return expect(outcome.outcome).toBe('unscored');
    expect(outcome).toMatchObject({
      outcome: 'scored',
      value: expect.closeTo(value, 12),
      passed,
      score: passed === null ? null : Number(passed),
    });
  });

  it('has a run value over all tokens and bytes', () => {
    // 3 tokens of 1/2 and 1 of 1: exp(3 ln 2 / 4); 3 bits by 4 + 3 bytes.
    const inputs = [
      inputOf('text', { response: told(HALF, HALF, HALF) }),
      inputOf('猫', { response: told(0) }),
      inputOf('x'),
    ];
    expect(corpusOf(metricOf('perplexity'), inputs)).toBeCloseTo(2 ** 0.75, 12);
    expect(corpusOf(metricOf('bits-per-byte'), inputs)).toBeCloseTo(3 / 7, 12);
    expect(corpusOf(metricOf('perplexity'), [inputOf('x')])).toBeNull();
  });

  it.each(['answer', 'first-token'])('has a percentile of the times of a run: %s', (of) => {
    const times = [80, 10, 40, 30, 20, null];
    const other = of === 'answer' ? 'firstTokenMs' : 'latencyMs';
    const own = of === 'answer' ? 'latencyMs' : 'firstTokenMs';
    const inputs = times.map((ms) => inputOf('', { response: { [own]: ms, [other]: 1 } }));
    // numpy.percentile([10, 20, 30, 40, 80], [50, 90, 99, 100])
    for (const [percentile, value] of [
      [50, 30],
      [90, 64],
      [99, 78.4],
      [100, 80],
    ] as const)
      expect(corpusOf(metricOf('latency-percentile', { percentile, of }), inputs)).toBeCloseTo(value, 9);
    expect(corpusOf(metricOf('latency-percentile'), [inputOf('')])).toBeNull();
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
