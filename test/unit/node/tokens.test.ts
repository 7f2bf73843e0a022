import { expect, it } from 'vitest';
import { countTokens, tokenCounter } from '../../../src/node/tokens.ts';

// From OpenAI's cookbook, "How to count tokens with tiktoken": the same texts under both encodings.
it.each([
  ['antidisestablishmentarianism', 'openai/gpt-4', 6, true],
  ['antidisestablishmentarianism', 'openai/gpt-4o', 6, true],
  ['2 + 2 = 4', 'gpt-3.5-turbo', 7, true],
  ['お誕生日おめでとう', 'openai/gpt-4', 9, true],
  ['お誕生日おめでとう', 'openai/gpt-5-mini', 8, true],
  ['お誕生日おめでとう', 'openrouter/openai/gpt-4.1', 8, true],
  ['お誕生日おめでとう', 'groq/openai/gpt-oss-20b', 8, true],
  ['お誕生日おめでとう', 'anthropic/claude-haiku-4-5', 8, false],
  ['お誕生日おめでとう', 'my/gpt-4', 8, false],
  ['お誕生日おめでとう', null, 8, false],
  ['', 'openai/gpt-5', 0, true],
])('%s for %s has %d tokens', async (text, model, tokens, exact) => {
  expect(await countTokens(text, model)).toEqual({ tokens, exact });
});

it('takes markers of special tokens for text', async () => {
  expect((await countTokens('<|endoftext|>', 'openai/gpt-4o')).tokens).toBeGreaterThan(1);
});

it('counts a very long text by a sample', async () => {
  const count = await tokenCounter('openai/gpt-4o');
  const { tokens, exact } = count('token '.repeat(500_000));
  expect(exact).toBe(false);
  expect(Math.abs(tokens - 500_001) / 500_001).toBeLessThan(0.01);
});

it('counts a text without a space in it, such as a data URL, in time', async () => {
  const { tokens, exact } = await countTokens('x'.repeat(300_000), 'openai/gpt-5-mini');
  // Eight letters x are one token.
  expect(tokens).toBeGreaterThan(30_000);
  expect(tokens).toBeLessThan(50_000);
  expect(exact).toBe(false);
}, 20_000);
