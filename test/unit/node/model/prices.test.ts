import { calcPrice } from '@pydantic/genai-prices';
import { describe, expect, it } from 'vitest';
import { parseModelRef, type Usage } from '../../../../src/engine/model/modelClient.ts';
import { openPrices } from '../../../../src/node/model/prices.ts';

const USAGE: Usage = {
  inputTokens: 2_000_000,
  outputTokens: 1_000_000,
  cachedInputTokens: null,
  reasoningTokens: null,
};

async function cost(name: string, usage: Usage | null, prices = {}): Promise<number | null> {
  const model = parseModelRef(name);
  if (!model) throw new Error(name);
  return (await openPrices([model], { providers: {}, prices }))(model, usage);
}

describe('openPrices', () => {
  it('takes the price of the table', async () => {
    // gpt-4o-mini: $0.15 for a million tokens in, $0.60 out, $0.075 cached.
    expect(await cost('openai/gpt-4o-mini', USAGE)).toBeCloseTo(2 * 0.15 + 0.6, 10);
    const cached = { ...USAGE, cachedInputTokens: 1_000_000 };
    expect(await cost('openai/gpt-4o-mini', cached)).toBeCloseTo(0.15 + 0.075 + 0.6, 10);
  });

  it("takes the user's own price first, and for models that no table knows", async () => {
    const prices = {
      'openai/gpt-4o-mini': { inputPerMillion: 1, outputPerMillion: 10 },
      'ollama/qwen3:8b': { inputPerMillion: 0, outputPerMillion: 0 },
    };
    expect(await cost('openai/gpt-4o-mini', USAGE, prices)).toBe(12);
    expect(await cost('ollama/qwen3:8b', USAGE, prices)).toBe(0);
  });

  it.each([
    ['openai/gpt-5-mini', 'openai'],
    ['gemini/gemini-2.5-pro', 'google'],
    ['deepseek/deepseek-chat', 'deepseek'],
    ['groq/llama-3.3-70b-versatile', 'groq'],
    ['xai/grok-4', 'x-ai'],
  ])('agrees with the table on %s, also where the price rises with the tokens', async (model, providerId) => {
    const name = model.slice(model.indexOf('/') + 1);
    for (const inputTokens of [0, 100, 150_000, 300_000]) {
      for (const cachedInputTokens of [0, Math.floor(inputTokens / 3)]) {
        const tokens = {
          input_tokens: inputTokens,
          output_tokens: 777,
          ...(cachedInputTokens > 0 ? { cache_read_tokens: cachedInputTokens } : {}),
        };
        const expected = calcPrice(tokens, name, { providerId })?.total_price ?? Number.NaN;
        expect(await cost(model, { ...USAGE, inputTokens, outputTokens: 777, cachedInputTokens })).toBeCloseTo(
          expected,
          12,
        );
      }
    }
  });

  it.each([
    ['an unknown model', 'openai/no-such-model', USAGE],
    ['a local server', 'ollama/qwen3:8b', USAGE],
    ['a local server with a famous name', 'vllm/gpt-4o-mini', USAGE],
    ['a replayed column', 'replay/gpt-4o-mini', USAGE],
    ['no usage', 'openai/gpt-4o-mini', null],
    ['half of the usage', 'openai/gpt-4o-mini', { ...USAGE, outputTokens: null }],
    ['usage that contradicts itself', 'openai/gpt-4o-mini', { ...USAGE, cachedInputTokens: 3_000_000 }],
  ])('does not know what %s costs', async (_name, model, usage) => {
    expect(await cost(model, usage)).toBeNull();
  });
});
