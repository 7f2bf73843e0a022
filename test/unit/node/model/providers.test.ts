import { describe, expect, it } from 'vitest';
import { ModelError } from '../../../../src/engine/model/modelClient.ts';
import { priceProvider } from '../../../../src/node/model/knownProviders.ts';
import { type Connection, connectionTo, dialectFor } from '../../../../src/node/model/providers.ts';
import type { TouchstoneConfig } from '../../../../src/node/workspace/touchstoneConfig.ts';

const NONE: TouchstoneConfig = { providers: {}, prices: {} };
const noSecret = async () => null;

async function connect(
  provider: string,
  env: { readonly [name: string]: string } = {},
  config: TouchstoneConfig = NONE,
  secret: (provider: string) => Promise<string | null> = noSecret,
): Promise<Connection> {
  const connection = await connectionTo(provider, config, secret, env);
  if (connection instanceof ModelError) throw connection;
  return connection;
}

async function refusal(provider: string, config: TouchstoneConfig = NONE): Promise<string> {
  const connection = await connectionTo(provider, config, noSecret, {});
  return connection instanceof ModelError
    ? `${connection.code}: ${connection.message} ${connection.remedy}`
    : 'connected';
}

describe('connectionTo', () => {
  it.each([
    ['openai', 'https://api.openai.com/v1', 'OPENAI_API_KEY'],
    ['openrouter', 'https://openrouter.ai/api/v1', 'OPENROUTER_API_KEY'],
    ['groq', 'https://api.groq.com/openai/v1', 'GROQ_API_KEY'],
    ['mistral', 'https://api.mistral.ai/v1', 'MISTRAL_API_KEY'],
    ['deepseek', 'https://api.deepseek.com/v1', 'DEEPSEEK_API_KEY'],
    ['together', 'https://api.together.xyz/v1', 'TOGETHER_API_KEY'],
    ['gemini', 'https://generativelanguage.googleapis.com/v1beta/openai', 'GOOGLE_API_KEY'],
  ])('finds %s and its key', async (provider, baseUrl, variable) => {
    expect(await connect(provider, { [variable]: 'key-from-env' })).toMatchObject({ baseUrl, apiKey: 'key-from-env' });
    expect(await refusal(provider)).toContain(
      `missing-key: There is no API key for ${provider}. Set the environment variable`,
    );
    expect(await refusal(provider)).toContain(variable);
  });

  it.each(['ollama', 'lmstudio', 'vllm'])('needs no key for %s', async (provider) => {
    const { apiKey, baseUrl, secrets } = await connect(provider);
    expect(apiKey).not.toBe('');
    expect(baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1$/);
    expect(secrets).toEqual([]);
  });

  it('prefers the safe to the environment, and the environment to the file', async () => {
    const config: TouchstoneConfig = {
      ...NONE,
      providers: { openai: { baseUrl: 'https://proxy.example/v1', timeoutMs: 9 } },
    };
    expect(await connect('openai', { OPENAI_API_KEY: 'env-key-1' }, config)).toMatchObject({
      baseUrl: 'https://proxy.example/v1',
      timeoutMs: 9,
    });
    const env = { OPENAI_API_KEY: 'env-key-1', OPENAI_BASE_URL: 'https://env.example/v1' };
    const both = await connect('openai', env, config, async (provider) => `${provider}-safe-key`);
    expect(both).toMatchObject({
      baseUrl: 'https://env.example/v1',
      apiKey: 'openai-safe-key',
      secrets: ['openai-safe-key'],
    });
  });

  it('takes a provider of touchstone.yaml, with its own variable or the one named after it', async () => {
    const baseUrl = 'https://models.example/v1';
    const own: TouchstoneConfig = {
      ...NONE,
      providers: { 'my-lab': { baseUrl }, named: { baseUrl, apiKeyEnv: 'LAB' } },
    };
    expect(await connect('my-lab', { MY_LAB_API_KEY: 'key-1' }, own)).toMatchObject({ baseUrl, apiKey: 'key-1' });
    expect(await connect('named', { LAB: 'key-2', NAMED_API_KEY: 'no' }, own)).toMatchObject({ apiKey: 'key-2' });
    expect(await refusal('my-lab', own)).toContain('MY_LAB_API_KEY');
  });

  it.each([
    ['http://localhost:9000/v1', true],
    ['http://gpu-box:8000/v1', true],
    ['http://192.168.1.7/v1', true],
    ['http://172.20.0.2/v1', true],
    ['http://[::1]:8000/v1', true],
    ['http://172.32.0.2/v1', false],
    ['https://localhost.example.com/v1', false],
  ])('%s needs no key: %s', async (baseUrl, local) => {
    expect(await refusal('lab', { ...NONE, providers: { lab: { baseUrl } } })).toMatch(
      local ? /^connected/ : /^missing-key/,
    );
  });

  it('treats headers that look like keys as secrets', async () => {
    const headers = { 'X-Api-Key': 'header-key', 'X-Title': 'Touchstone' };
    const connection = await connect('vllm', {}, { ...NONE, providers: { vllm: { headers } } });
    expect(connection).toMatchObject({ headers, secrets: ['header-key'] });
  });

  it.each(['nonsense', '__proto__', 'constructor', 'toString'])('does not know %s', async (provider) => {
    expect(await refusal(provider)).toMatch(/^unknown-provider: .* touchstone\.yaml/);
  });
});

describe('dialectFor', () => {
  it.each([
    ['openai', 'gpt-5-mini', 'max_completion_tokens'],
    ['openai', 'o3', 'max_completion_tokens'],
    ['openai', 'gpt-4o', 'max_tokens'],
    ['ollama', 'gpt-5-imitation', 'max_tokens'],
  ])('%s/%s is limited by %s', async (provider, name, expected) => {
    const connection = await connect(provider, { OPENAI_API_KEY: 'key-from-env' });
    expect(dialectFor(connection, { provider, name }).maxTokens).toBe(expected);
  });
});

describe('priceProvider', () => {
  it.each([
    ['openai', 'openai'],
    ['gemini', 'google'],
    ['ollama', null],
    ['my-lab', null],
    ['constructor', null],
  ])('of %s is %s', (provider, expected) => expect(priceProvider(provider)).toBe(expected));
});
