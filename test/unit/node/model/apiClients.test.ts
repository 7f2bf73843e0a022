import { afterEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/engine/json.ts';
import { type ModelClient, ModelError, type ModelErrorCode } from '../../../../src/engine/model/modelClient.ts';
import { modelResolver } from '../../../../src/node/model/resolveModel.ts';
import { EMPTY_CONFIG, type TouchstoneConfig } from '../../../../src/node/workspace/touchstoneConfig.ts';
import { workspaceFiles } from '../../../../src/node/workspace/workspaceFiles.ts';
import { type FakeApi, type FakeReply, type FakeRequest, startFakeApi } from '../../../support/fakeApi.ts';
import { modelRequest } from '../../../support/modelRequest.ts';

const KEY = 'sk-test-0123456789abcdef';
const never = new AbortController().signal;

let api: FakeApi | undefined;
const changed = new Map<string, string | undefined>();
afterEach(async () => {
  await api?.stop();
  api = undefined;
  for (const [name, value] of changed) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  changed.clear();
});

function setVariable(name: string, value: string): void {
  changed.set(name, process.env[name]);
  process.env[name] = value;
}

type Providers = TouchstoneConfig['providers'];
type Served = { readonly api: FakeApi; readonly clientOf: (provider: string, name: string) => Promise<ModelClient> };

async function serve(
  reply: (request: FakeRequest) => FakeReply,
  providers: (url: string) => Providers = () => ({}),
): Promise<Served> {
  const fake = await startFakeApi(reply);
  api = fake;
  const config = { ...EMPTY_CONFIG, providers: providers(fake.url) };
  const workspace = { root: '/none', files: workspaceFiles(), config, configProblems: [], trusted: true };
  const env = {
    ANTHROPIC_API_KEY: KEY,
    // As Anthropic's own tools have it: without the version.
    ANTHROPIC_BASE_URL: fake.url.replace('/v1', ''),
    OPENAI_API_KEY: KEY,
    OPENAI_BASE_URL: fake.url,
    AZURE_OPENAI_API_KEY: KEY,
  };
  const resolve = modelResolver({ workspace, folder: '/none', access: { env } });
  const clientOf = async (provider: string, name: string) => {
    const client = await resolve({ provider, name });
    if (client instanceof ModelError) throw client;
    return client;
  };
  return { api: fake, clientOf };
}

/** Each API that is not the chat API, with a model that is asked by it, and how it counts. */
const APIS = [
  {
    name: 'Responses',
    path: '/v1/responses',
    provider: 'openai',
    providers: (): Providers => ({ openai: { api: 'responses', maxRetries: 1 } }),
    usage: {
      input_tokens: 12,
      input_tokens_details: { cached_tokens: 4 },
      output_tokens_details: { reasoning_tokens: 3 },
    },
    key: { authorization: `Bearer ${KEY}` },
    cutOff: 'length',
  },
  {
    name: 'Messages',
    path: '/v1/messages',
    provider: 'anthropic',
    providers: (): Providers => ({ anthropic: { maxRetries: 1 } }),
    usage: {
      input_tokens: 6,
      cache_read_input_tokens: 4,
      cache_creation_input_tokens: 2,
      output_tokens_details: { thinking_tokens: 3 },
    },
    key: { 'x-api-key': KEY },
    cutOff: 'max_tokens',
  },
] as const;

const CALL = { id: 'c1', type: 'function', function: { name: 'find', arguments: '{"id":"你好"}' } };

describe.each(APIS)('the $name API', ({ path, provider, providers, usage, key, cutOff }) => {
  it.each([
    ['whole', undefined],
    ['streamed', (pieces: string[]) => (text: string) => void pieces.push(text)],
  ] as const)('gives an answer %s, with what it took', async (_name, listener) => {
    const { api, clientOf } = await serve(
      () => ({ output: ['你好 ', '<b>'], usage, message: { tool_calls: [CALL] }, delayMs: 20 }),
      providers,
    );
    const pieces: string[] = [];
    const client = await clientOf(provider, 'm-1');
    const answer = await client.generate(modelRequest({ model: { provider, name: 'm-1' } }), {
      signal: never,
      onDelta: listener?.(pieces),
    });
    expect(answer).toMatchObject({
      output: '你好 <b>',
      toolCalls: [{ id: 'c1', name: 'find', arguments: '{"id":"你好"}' }],
      usage: { inputTokens: 12, outputTokens: 5, cachedInputTokens: 4, reasoningTokens: 3 },
      attempts: 1,
    });
    expect(answer.latencyMs).toBeGreaterThan(15);
    expect(answer.rawResponse).not.toBeNull();
    expect(pieces.join('')).toBe(listener ? '你好 <b>' : '');
    expect(answer.firstTokenMs === null).toBe(listener === undefined);
    const [sent] = api.requests;
    expect(sent?.path).toBe(path);
    expect(sent?.headers).toMatchObject(key);
    expect(answer.rawRequest).toMatchObject({ url: `${new URL(api.url).origin}${path}`, body: { model: 'm-1' } });
    expect(JSON.stringify(answer)).not.toContain(KEY);
  });

  it.each([
    ['stop', undefined],
    ['length', cutOff],
  ] as const)('ends with the reason %s', async (finishReason, told) => {
    const { clientOf } = await serve(() => ({ finishReason: told }), providers);
    const client = await clientOf(provider, 'm-1');
    for (const onDelta of [undefined, () => {}]) {
      expect(await client.generate(modelRequest(), { signal: never, onDelta })).toMatchObject({ finishReason });
    }
  });

  const FAILURES: readonly [string, FakeReply, ModelErrorCode, string, boolean][] = [
    [
      'a wrong key',
      { status: 401, error: { message: 'Bad key.', type: 'authentication_error' } },
      'auth',
      `${provider} answered 401: Bad key.`,
      false,
    ],
    [
      'a key without the right',
      { status: 403, error: { message: 'Not yours.' } },
      'auth',
      'answered 403: Not yours.',
      false,
    ],
    [
      'an unknown model',
      { status: 404, error: { message: 'model: m-1' } },
      'model-not-found',
      'answered 404: model: m-1',
      false,
    ],
    [
      'a busy server',
      { status: 429, error: { message: 'Slow down.' }, headers: { 'retry-after-ms': '1' } },
      'rate-limited',
      'answered 429: Slow down.',
      true,
    ],
    [
      'an overloaded one',
      { status: 529, error: { message: 'Overloaded' }, headers: { 'retry-after-ms': '1' } },
      'server',
      'answered 529: Overloaded',
      true,
    ],
    [
      'a broken one',
      { status: 500, body: 'oops', headers: { 'retry-after-ms': '1' } },
      'server',
      'answered 500: oops',
      true,
    ],
    ['a body cut half-way', { cut: 'half-way' }, 'connection', 'the connection was cut', true],
    [
      'what is no answer',
      { body: '{"content": 3, "output": 3}' },
      'malformed-response',
      'The server did not answer with a ',
      false,
    ],
  ];
  it.each(FAILURES)(
    'tells %s by code, after a second try where one may help',
    async (_name, reply, code, message, again) => {
      const { api, clientOf } = await serve(() => reply, providers);
      const client = await clientOf(provider, 'm-1');
      const error = await failureOf(client.generate(modelRequest(), { signal: never }));
      expect([error.code, error.message]).toEqual([code, expect.stringContaining(message)]);
      expect(error.requestId).toBe(reply.status === undefined ? undefined : `req-${api.requests.length - 1}`);
      expect(api.requests).toHaveLength(again ? 2 : 1);
      expect(JSON.stringify(error.rawRequest) + error.message).not.toContain(KEY);
    },
  );

  it.each([
    ['cut', { cut: 'half-way' }],
    ['ended early', { unfinished: true }],
  ] as const)('does not take a stream that was %s for an answer', async (_name, how) => {
    const { clientOf } = await serve(() => ({ output: ['one ', 'two ', 'three'], ...how }), providers);
    const pieces: string[] = [];
    const client = await clientOf(provider, 'm-1');
    const asked = client.generate(modelRequest(), { signal: never, onDelta: (text) => pieces.push(text) });
    expect((await failureOf(asked)).code).toBe('connection');
    expect(pieces[0]).toBe('one ');
  });

  it('stops at once in a stream', async () => {
    const { api, clientOf } = await serve(() => ({ output: ['a', 'b', 'c'], pieceDelayMs: 2_000 }), providers);
    const client = await clientOf(provider, 'm-1');
    const stop = new AbortController();
    const asked = failureOf(client.generate(modelRequest(), { signal: stop.signal, onDelta: () => {} }));
    await expect.poll(() => api.requests.length).toBe(1);
    const stoppedAtMs = performance.now();
    stop.abort();
    expect((await asked).code).toBe('cancelled');
    expect(performance.now() - stoppedAtMs).toBeLessThan(500);
  });

  it('removes a key that is echoed', async () => {
    const { clientOf } = await serve(() => ({ output: `It is ${KEY}.` }), providers);
    const client = await clientOf(provider, 'm-1');
    for (const onDelta of [undefined, () => {}]) {
      const answer = await client.generate(modelRequest(), { signal: never, onDelta });
      expect(answer.output).toBe('It is [key removed].');
      expect(JSON.stringify(answer)).not.toContain(KEY);
    }
  });
});

describe('a failure inside a stream', () => {
  it.each([
    ['openai', 'event: error\ndata: {"type":"error","code":"server_error","message":"Broken."}\n\n'],
    [
      'openai',
      'data: {"type":"response.failed","response":{"status":"failed","output":[],"error":{"code":"server_error","message":"Broken."}}}\n\n',
    ],
    ['anthropic', 'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"Broken."}}\n\n'],
  ] as const)('of %s is told in its words', async (provider, body) => {
    const { clientOf } = await serve(
      () => ({ body, headers: { 'content-type': 'text/event-stream' } }),
      () => ({
        openai: { api: 'responses', maxRetries: 0 },
        anthropic: { maxRetries: 0 },
      }),
    );
    const client = await clientOf(provider, 'm-1');
    const error = await failureOf(client.generate(modelRequest(), { signal: never, onDelta: () => {} }));
    expect([error.code, error.message]).toEqual(['server', expect.stringContaining('Broken.')]);
  });
});

it('gives Anthropic a schema that its API takes, with the rest in words', async () => {
  const { api, clientOf } = await serve(() => ({}));
  const schema = { type: 'object', properties: { n: { type: 'integer', minimum: 3 } }, required: ['n'] };
  const client = await clientOf('anthropic', 'm-1');
  await client.generate(modelRequest({ output: { format: 'json', schema } }), { signal: never });
  const sent = JSON.stringify(api.requests[0]?.body['output_config']);
  expect(sent).toContain('"additionalProperties":false');
  expect(sent).not.toContain('"minimum":3');
  expect(sent).toContain('minimum');
});

it.each<[string, string, JsonObject, RegExp]>([
  ['no sampling', 'anthropic', { max_tokens: 5 }, /^20(2[6-9]|[3-9])/],
  ['a temperature', 'anthropic', { temperature: 0 }, /^2023-06-01$/],
  ['another server', 'lab', {}, /^2023-06-01$/],
  ['a version of its own', 'own', { temperature: 0 }, /^2042-01-01$/],
])('Anthropic with %s is asked by a version that takes it', async (_name, provider, params, version) => {
  const { api, clientOf } = await serve(
    () => ({}),
    (url) => ({
      lab: { baseUrl: url, api: 'messages' },
      own: { baseUrl: url, api: 'messages', headers: { 'Anthropic-Version': '2042-01-01' } },
    }),
  );
  const client = await clientOf(provider, 'm-1');
  await client.generate(modelRequest({ params }), { signal: never });
  expect(api.requests[0]?.headers['anthropic-version']).toMatch(version);
});

describe('one provider', () => {
  it('asks single models by another API', async () => {
    const { api, clientOf } = await serve(
      () => ({}),
      () => ({ openai: { models: { 'gpt-pro': { api: 'responses' }, constructor: {} } } }),
    );
    for (const name of ['gpt-pro', 'gpt-test', 'constructor']) {
      const client = await clientOf('openai', name);
      await client.generate(modelRequest({ model: { provider: 'openai', name } }), { signal: never });
    }
    expect(api.requests.map(({ path }) => path)).toEqual([
      '/v1/responses',
      '/v1/chat/completions',
      '/v1/chat/completions',
    ]);
  });

  it.each([
    [
      'a resource',
      (origin: string) => origin,
      '/openai/deployments/my%20model/chat/completions?api-version=2024-10-21',
    ],
    [
      'a path',
      (origin: string) => `${origin}/openai/`,
      '/openai/deployments/my%20model/chat/completions?api-version=2024-10-21',
    ],
    [
      'a version of its own',
      (origin: string) => `${origin}?api-version=2025-01-01-preview`,
      '/openai/deployments/my%20model/chat/completions?api-version=2025-01-01-preview',
    ],
    ['the new address', (origin: string) => `${origin}/openai/v1`, '/openai/v1/chat/completions'],
    [
      'a deployment',
      (origin: string) => `${origin}/openai/deployments/other`,
      '/openai/deployments/other/chat/completions?api-version=2024-10-21',
    ],
  ])('Azure with %s is asked at its deployment, with its own header', async (_name, baseUrl, path) => {
    const { api, clientOf } = await serve(
      () => ({}),
      (url) => ({ azure: { baseUrl: baseUrl(new URL(url).origin) } }),
    );
    const client = await clientOf('azure', 'my model');
    const request = modelRequest({ model: { provider: 'azure', name: 'my model' } });
    const answer = await client.generate(request, { signal: never });
    expect(api.requests[0]?.path).toBe(path);
    expect(api.requests[0]?.headers).toMatchObject({ 'api-key': KEY });
    expect(api.requests[0]?.headers).not.toHaveProperty('authorization');
    expect(JSON.stringify(answer.rawRequest)).not.toContain('api-version');
  });

  it('keeps what is secret in its address, and puts the path before the query', async () => {
    const { api, clientOf } = await serve(
      () => ({ output: 'hunter22hunter22 is tok-12345678' }),
      (url) => ({ lab: { baseUrl: `${url.replace('://', '://me:hunter22hunter22@')}?token=tok-12345678` } }),
    );
    const client = await clientOf('lab', 'm-1');
    const answer = await client.generate(modelRequest(), { signal: never });
    expect(api.requests[0]?.path).toBe('/v1/chat/completions?token=tok-12345678');
    expect(JSON.stringify(answer)).not.toMatch(/hunter22|tok-1234/);
    await api.stop();
    const error = await failureOf(client.generate(modelRequest(), { signal: AbortSignal.timeout(20_000) }));
    expect(error.message).toBe(`No answer from ${api.url}: the connection was refused.`);
  }, 30_000);

  it.each([
    ['lab', 'OPENAI_CUSTOM_HEADERS', true],
    ['openai', 'OPENAI_CUSTOM_HEADERS', false],
    ['labm', 'ANTHROPIC_CUSTOM_HEADERS', true],
    ['anthropic', 'ANTHROPIC_CUSTOM_HEADERS', false],
  ])('%s: headers of %s stay away: %s', async (provider, variable, away) => {
    for (const name of ['OPENAI_ORG_ID', 'OPENAI_PROJECT_ID']) setVariable(name, 'private');
    setVariable('ANTHROPIC_AUTH_TOKEN', 'private');
    setVariable(variable, 'X-Gateway: private\nX-Other: private');
    const { api, clientOf } = await serve(
      () => ({}),
      (url) => ({ lab: { baseUrl: url }, labm: { baseUrl: url, api: 'messages' } }),
    );
    const client = await clientOf(provider, 'm-1');
    await client.generate(modelRequest(), { signal: never });
    const { 'x-gateway': gateway, ...others } = api.requests[0]?.headers ?? {};
    expect(gateway).toBe(away ? undefined : 'private');
    if (away) expect(JSON.stringify(others)).not.toContain('private');
  });
});

async function failureOf(promise: Promise<unknown>): Promise<ModelError> {
  const error = await promise.then(
    () => new Error('It did not fail.'),
    (reason: unknown) => reason,
  );
  if (error instanceof ModelError) return error;
  throw error;
}
