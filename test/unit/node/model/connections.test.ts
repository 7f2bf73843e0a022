import { afterEach, describe, expect, it } from 'vitest';
import { modelOffers } from '../../../../src/node/model/offers.ts';
import { testNamedModel, testProvider } from '../../../../src/node/model/testConnection.ts';
import { EMPTY_CONFIG, parseConfig } from '../../../../src/node/workspace/touchstoneConfig.ts';
import { workspaceFiles } from '../../../../src/node/workspace/workspaceFiles.ts';
import { type FakeApi, type FakeReply, startFakeApi } from '../../../support/fakeApi.ts';

const KEY = 'sk-test-0123456789abcdef';
const signal = AbortSignal.timeout(60_000);
let api: FakeApi | undefined;
afterEach(async () => {
  await api?.stop();
  api = undefined;
});

async function context(reply: FakeReply, yaml = '') {
  api = await startFakeApi(() => reply);
  const { config } = yaml ? parseConfig(yaml, 'touchstone.yaml') : { config: EMPTY_CONFIG };
  const workspace = { root: '/none', files: workspaceFiles(), config, configProblems: [], trusted: true };
  const env = {
    OPENAI_API_KEY: KEY,
    OPENAI_BASE_URL: api.url,
    ANTHROPIC_API_KEY: KEY,
    ANTHROPIC_BASE_URL: api.url,
    AZURE_OPENAI_API_KEY: KEY,
    AZURE_OPENAI_ENDPOINT: new URL(api.url).origin,
    OLLAMA_BASE_URL: api.url,
  };
  return { workspace, access: { env } };
}

describe('a provider that is tested', () => {
  it.each([
    ['openai', '/v1/models', { authorization: `Bearer ${KEY}` }],
    ['anthropic', '/v1/models', { 'x-api-key': KEY }],
    ['azure', '/openai/models?api-version=2024-10-21', { 'api-key': KEY }],
  ])('%s says which models it has', async (provider, path, headers) => {
    const answer = await testProvider(provider, await context({ models: ['models/b', 'a'] }), { signal });
    expect(answer).toMatchObject({ ok: true, models: ['a', 'b'], output: null });
    expect(api?.requests[0]).toMatchObject({ method: 'GET', path, headers });
  });

  it.each<[string, FakeReply, string, string, string]>([
    [
      'a wrong key',
      { status: 401, error: { message: `Bad ${KEY}.` } },
      'auth',
      'openai answered 401: Bad [key removed]. (request req-0)',
      'Check the API key of openai.',
    ],
    ['no right', { status: 403, error: { message: 'No.' } }, 'auth', 'answered 403', 'is known but may not do this'],
    [
      'no such address',
      { status: 404, body: 'nothing here' },
      'model-not-found',
      'answered 404: nothing here',
      'the base URL of openai',
    ],
    ['a busy server', { status: 429, error: { message: 'Slow.' } }, 'rate-limited', 'answered 429', 'wait'],
    ['a web page', { body: '<html>' }, 'malformed-response', 'did not answer with a list of models', 'ends in /v1'],
    ['silence', { delayMs: 2_000 }, 'timeout', 'did not answer within 0.2 s', 'timeoutMs'],
    [
      'a cut connection',
      { cut: 'at-once' },
      'connection',
      'the connection was cut',
      'Check that the server of openai runs',
    ],
  ])('gives advice for %s, after one try', async (_name, reply, code, message, remedy) => {
    const answer = await testProvider('openai', await context(reply), { signal, timeoutMs: 200 });
    expect(answer).toMatchObject({
      ok: false,
      code,
      message: expect.stringContaining(message),
      remedy: expect.stringContaining(remedy),
    });
    expect(api?.requests).toHaveLength(1);
  });

  it('that nobody serves is told as refused', async () => {
    const where = await context({});
    await api?.stop();
    expect(await testProvider('ollama', where, { signal })).toMatchObject({
      ok: false,
      code: 'connection',
      message: `No answer from ${api?.url}: the connection was refused.`,
    });
  });
});

describe('a model that is tested', () => {
  it('is asked for one word as a run would ask it', async () => {
    const where = await context({ output: 'OK' });
    const answer = await testNamedModel('openai/gpt-test', where.workspace, '/none/x.prompt', {
      access: where.access,
      signal,
    });
    expect(answer).toMatchObject({ ok: true, models: null, output: 'OK' });
    expect(api?.requests[0]?.body.model).toBe('gpt-test');
  });

  it.each([
    ['openai/gpt-test', 'model-not-found', 'Check the name gpt-test'],
    ['gpt-test', 'unknown-provider', 'Write provider/name'],
    ['vscode/x', 'unknown-provider', 'Evaluate in VS Code'],
  ])('%s fails as %s', async (model, code, remedy) => {
    const where = await context({ status: 404, error: { message: 'No such model.' } });
    const answer = await testNamedModel(model, where.workspace, '/none/x.prompt', { access: where.access, signal });
    expect(answer).toMatchObject({ ok: false, code, remedy: expect.stringContaining(remedy) });
  });
});

it('offers what is ready: providers with a key, local ones, targets; and asks none of them', async () => {
  const yaml = `
providers:
  gpu-box: { baseUrl: "http://gpu-box:8000/v1" }
  lab: { baseUrl: "https://lab.example/v1", apiKeyEnv: OPENAI_API_KEY }
  locked: { baseUrl: "https://locked.example/v1" }
targets:
  http: { bot: { url: "http://bot.test/" } }
  command: { app: { run: [app] } }
`;
  const { workspace, access } = await context({}, yaml);
  const { OPENAI_BASE_URL: _here, ...env } = access.env;
  const offers = await modelOffers(workspace, { env, secret: async (name) => (name === 'groq' ? 'gsk-1' : null) });
  expect(offers.keyed.map(({ provider, keyFrom }) => [provider, keyFrom])).toEqual([
    ['openai', 'OPENAI_API_KEY'],
    ['groq', 'safe'],
    ['lab', 'OPENAI_API_KEY'],
  ]);
  expect(offers.local.map(({ provider }) => provider)).toEqual(
    expect.arrayContaining(['ollama', 'lmstudio', 'vllm', 'llamacpp', 'gpu-box']),
  );
  expect(offers.targets).toEqual(['http/bot', 'command/app']);
  expect(api?.requests).toEqual([]);
});
