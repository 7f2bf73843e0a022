import { performance } from 'node:perf_hooks';
import { afterEach, describe, expect, it } from 'vitest';
import { ModelError, type ModelErrorCode } from '../../../../src/engine/model/modelClient.ts';
import { openaiClient } from '../../../../src/node/model/openaiClient.ts';
import { type Connection, connectionTo } from '../../../../src/node/model/providers.ts';
import { type FakeApi, type FakeReply, type FakeRequest, startFakeApi } from '../../../support/fakeApi.ts';
import { modelRequest } from '../../../support/modelRequest.ts';

const KEY = 'sk-test-0123456789abcdef';
const never = new AbortController().signal;

let api: FakeApi | undefined;
afterEach(async () => {
  await api?.stop();
  api = undefined;
});

async function serve(
  reply: (request: FakeRequest) => FakeReply,
  settings: Partial<Connection> = {},
): Promise<{ api: FakeApi; client: ReturnType<typeof openaiClient> }> {
  api = await startFakeApi(reply);
  const env = { OPENAI_API_KEY: KEY, OPENAI_BASE_URL: api.url };
  const connection = await connectionTo('openai', { providers: {}, prices: {} }, async () => null, env);
  if (connection instanceof ModelError) throw connection;
  return { api, client: openaiClient({ ...connection, ...settings }) };
}

async function failureOf(promise: Promise<unknown>): Promise<ModelError> {
  const error = await promise.then(
    () => new Error('It did not fail.'),
    (reason: unknown) => reason,
  );
  if (error instanceof ModelError) return error;
  throw error;
}

describe('openaiClient', () => {
  it('sends what the request says, with the key, and reads the answer', async () => {
    const { api, client } = await serve(() => ({
      output: '你好 <img onerror=x>',
      usage: {
        prompt_tokens: 12,
        completion_tokens: 7,
        prompt_tokens_details: { cached_tokens: 4 },
        completion_tokens_details: { reasoning_tokens: 3 },
      },
      delayMs: 40,
    }));
    const request = modelRequest({ params: { temperature: 0, seed: 7, maxOutputTokens: 50 } });
    const response = await client.generate(request, { signal: never });

    const [sent] = api.requests;
    expect(sent?.path).toBe('/v1/chat/completions');
    expect(sent?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(Object.keys(sent?.headers ?? {}).filter((name) => name.includes('touchstone'))).toEqual([]);
    expect(sent?.body).toEqual({
      model: 'gpt-test',
      messages: [{ role: 'user', content: 'Hi' }],
      temperature: 0,
      seed: 7,
      max_tokens: 50,
    });
    expect(response).toMatchObject({
      output: '你好 <img onerror=x>',
      toolCalls: [],
      finishReason: 'stop',
      usage: { inputTokens: 12, outputTokens: 7, cachedInputTokens: 4, reasoningTokens: 3 },
      firstTokenMs: null,
      costUsd: null,
      attempts: 1,
      rawRequest: { url: `${api.url}/chat/completions`, body: sent?.body },
    });
    expect(response.latencyMs).toBeGreaterThanOrEqual(39);
    expect(response.latencyMs).toBeLessThan(1_000);
  });

  it('streams when somebody listens, with usage and the time of the first token', async () => {
    const { api, client } = await serve(() => ({ output: ['Hel', 'lo ', 'there'], pieceDelayMs: 30 }));
    const pieces: string[] = [];
    const response = await client.generate(modelRequest(), { signal: never, onDelta: (text) => pieces.push(text) });
    expect(pieces).toEqual(['Hel', 'lo ', 'there']);
    expect(api.requests[0]?.body).toMatchObject({ stream: true, stream_options: { include_usage: true } });
    expect(response).toMatchObject({
      output: 'Hello there',
      finishReason: 'stop',
      usage: { inputTokens: 10, outputTokens: 5, cachedInputTokens: null, reasoningTokens: null },
    });
    expect(response.firstTokenMs).toBeGreaterThanOrEqual(29);
    expect(response.latencyMs ?? 0).toBeGreaterThanOrEqual((response.firstTokenMs ?? 0) + 55);
  });

  const call = { id: 'call-1', type: 'function', function: { name: 'look_up', arguments: '{"id":3}' } };
  const toolReply: FakeReply = {
    output: '',
    message: { content: null, tool_calls: [call] },
    finishReason: 'tool_calls',
  };
  it.each([
    ['whole', undefined],
    ['streamed', () => {}],
  ])('gives tool calls of a %s answer', async (_name, onDelta) => {
    const { client } = await serve(() => toolReply);
    const response = await client.generate(modelRequest(), { signal: never, onDelta });
    expect(response).toMatchObject({
      output: '',
      toolCalls: [{ id: 'call-1', name: 'look_up', arguments: '{"id":3}' }],
      finishReason: 'tool_calls',
    });
  });

  it('tries again after 429 for as long as Retry-After says, and does not count that time', async () => {
    const { api, client } = await serve(({ index }) =>
      index === 0
        ? {
            status: 429,
            headers: { 'retry-after': '0.4' },
            error: { message: 'Slow down.', code: 'rate_limit_exceeded' },
          }
        : { delayMs: 30 },
    );
    const response = await client.generate(modelRequest(), { signal: never });
    expect(response.attempts).toBe(2);
    const [first, second] = api.requests;
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(395);
    expect(response.latencyMs).toBeLessThan(350);
  });

  it('tries again after 500 and after a connection that was cut', async () => {
    const replies: FakeReply[] = [{ status: 500 }, { cut: 'at-once' }, { output: 'third time' }];
    const { api, client } = await serve(({ index }) => ({
      ...replies[index],
      headers: { 'retry-after-ms': '1' },
    }));
    const response = await client.generate(modelRequest(), { signal: never });
    expect(response).toMatchObject({ output: 'third time', attempts: 3 });
    expect(api.requests).toHaveLength(3);
  });

  const FAILURES: readonly {
    readonly name: string;
    readonly reply: FakeReply;
    readonly code: ModelErrorCode;
    readonly message: string;
    readonly status?: number;
  }[] = [
    {
      name: 'a wrong key',
      reply: { status: 401, error: { message: `Incorrect API key provided: ${KEY}.` } },
      code: 'auth',
      message: 'openai answered 401: Incorrect API key provided: [key removed].',
      status: 401,
    },
    {
      name: 'an unknown model',
      reply: { status: 404, error: { message: 'No such model.', code: 'model_not_found' } },
      code: 'model-not-found',
      message: 'openai answered 404: No such model.',
      status: 404,
    },
    {
      name: 'a bad request',
      reply: { status: 400, error: { message: 'Too long.', code: 'context_length_exceeded' } },
      code: 'bad-request',
      message: 'openai answered 400: Too long.',
      status: 400,
    },
    {
      name: 'an answer withheld',
      reply: { status: 400, error: { message: 'Filtered.', code: 'content_filter' } },
      code: 'content-filter',
      message: 'openai answered 400: Filtered.',
      status: 400,
    },
    {
      name: 'an answer cut off by the filter',
      reply: { output: 'I', finishReason: 'content_filter' },
      code: 'content-filter',
      message: 'The provider withheld the answer (finish reason content_filter).',
    },
    {
      name: 'a busy server, when the tries are used up',
      reply: { status: 429, error: { message: 'Slow down.' } },
      code: 'rate-limited',
      message: 'openai answered 429: Slow down.',
      status: 429,
    },
    {
      name: 'a broken server',
      reply: { status: 503, body: 'upstream down' },
      code: 'server',
      message: 'openai answered 503: upstream down',
      status: 503,
    },
    {
      name: 'what is not JSON',
      reply: { body: '{"choices": [' },
      code: 'malformed-response',
      message: 'openai sent what is no answer: it is not JSON.',
    },
    {
      name: 'a web page',
      reply: { body: '<html>', headers: { 'content-type': 'text/html' } },
      code: 'malformed-response',
      message:
        'The server did not answer with a chat completion. At its top: Invalid input: expected object, received string.',
    },
    {
      name: 'an error with status 200',
      reply: { body: '{"error":{"message":"Overloaded."}}' },
      code: 'server',
      message: 'Overloaded.',
    },
    {
      name: 'a redirect, which would carry the key to another host',
      reply: { status: 307, headers: { location: 'http://127.0.0.1:9/v1/chat/completions' }, body: 'moved' },
      code: 'bad-request',
      message: 'openai answered 307: moved',
      status: 307,
    },
    { name: 'a status that is none', reply: { status: 999 }, code: 'connection', message: 'No answer from' },
    { name: 'a body cut half-way', reply: { cut: 'half-way' }, code: 'connection', message: 'the connection was cut' },
    { name: 'a cut socket', reply: { cut: 'at-once' }, code: 'connection', message: 'the connection was cut' },
  ];
  it.each(FAILURES)('tells $name by code', async ({ reply, code, message, status }) => {
    const { client } = await serve(() => reply, { maxRetries: 0 });
    const error = await failureOf(client.generate(modelRequest(), { signal: never }));
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
    expect(error.httpStatus).toBe(status);
    expect(error.requestId).toBe(status === undefined ? undefined : 'req-0');
    expect(error.rawRequest).toMatchObject({ body: { model: 'gpt-test' } });
    expect(JSON.stringify(error.rawRequest) + error.message + String(error.cause)).not.toContain(KEY);
  });

  it('does not try again when the account is empty', async () => {
    const { api, client } = await serve(() => ({
      status: 429,
      error: { message: 'You exceeded your quota.', code: 'insufficient_quota' },
    }));
    const error = await failureOf(client.generate(modelRequest(), { signal: never }));
    expect([error.code, error.remedy]).toEqual(['quota', 'Check the plan and the billing of your account at openai.']);
    expect(api.requests).toHaveLength(1);
  });

  it.each([
    ['cut', { cut: 'half-way' }],
    ['ended early', { unfinished: true }],
  ] as const)('does not take a stream that was %s for an answer', async (_name, how) => {
    const { client } = await serve(() => ({ output: ['one ', 'two ', 'three'], ...how }), { maxRetries: 0 });
    const pieces: string[] = [];
    const error = await failureOf(
      client.generate(modelRequest(), { signal: never, onDelta: (text) => pieces.push(text) }),
    );
    expect(error.code).toBe('connection');
    expect(pieces[0]).toBe('one ');
  });

  it.each([
    ['before the headers', { delayMs: 2_000 }, undefined],
    ['in the body', { stall: true }, undefined],
    ['in a stream', { stall: true, output: ['a', 'b', 'c'] }, () => {}],
  ] as const)('gives up on silence %s', async (_name, reply, onDelta) => {
    const { client } = await serve(() => reply, { maxRetries: 0, timeoutMs: 150 });
    const startedAtMs = performance.now();
    const error = await failureOf(client.generate(modelRequest(), { signal: never, onDelta }));
    expect(error.code).toBe('timeout');
    expect(performance.now() - startedAtMs).toBeLessThan(1_000);
  });

  it.each([
    ['while it waits', { delayMs: 5_000 }, undefined],
    ['between two tries', { status: 500, headers: { 'retry-after': '5' } }, undefined],
    ['in a stream', { output: ['a', 'b', 'c'], pieceDelayMs: 2_000 }, () => {}],
  ] as const)('stops at once %s', async (_name, reply, onDelta) => {
    const { api, client } = await serve(() => reply);
    const stop = new AbortController();
    const answer = failureOf(client.generate(modelRequest(), { signal: stop.signal, onDelta }));
    await expect.poll(() => api.requests.length).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const stoppedAtMs = performance.now();
    stop.abort();
    expect((await answer).code).toBe('cancelled');
    expect(performance.now() - stoppedAtMs).toBeLessThan(100);
  });

  it('stops trying again and again once the server is known to be down', async () => {
    const { api, client } = await serve(() => ({ status: 503, headers: { 'retry-after-ms': '1' } }), { maxRetries: 2 });
    for (let sample = 0; sample < 5; sample += 1) await failureOf(client.generate(modelRequest(), { signal: never }));
    // Three samples with three tries each, then two with one.
    expect(api.requests).toHaveLength(11);
  });

  it('removes a key that is echoed or that stands in the prompt from all that is kept', async () => {
    const { client } = await serve(() => ({ output: `Your key is ${KEY}!` }));
    const request = modelRequest({ messages: [{ role: 'user', content: [{ text: `key ${KEY}` }] }] });
    for (const onDelta of [undefined, () => {}]) {
      const response = await client.generate(request, { signal: never, onDelta });
      expect(response.output).toBe('Your key is [key removed]!');
      expect(JSON.stringify(response)).not.toContain(KEY);
    }
  });

  it('says who does not answer when nobody listens', async () => {
    const { api, client } = await serve(() => ({}), { maxRetries: 0 });
    await api.stop();
    const error = await failureOf(client.generate(modelRequest(), { signal: never }));
    expect([error.code, error.message]).toEqual([
      'connection',
      `No answer from ${api.url}: the connection was refused.`,
    ]);
  });

  it('writes nothing to the console, whatever OPENAI_LOG says', async () => {
    process.env['OPENAI_LOG'] = 'debug';
    const written: unknown[] = [];
    const methods = ['debug', 'info', 'log', 'warn', 'error'] as const;
    const before = methods.map((method) => console[method]);
    for (const method of methods) console[method] = (...values: unknown[]) => void written.push(values);
    try {
      const { client } = await serve(() => ({
        body: 'data: {oops\n\n',
        headers: { 'content-type': 'text/event-stream' },
      }));
      await failureOf(client.generate(modelRequest(), { signal: never, onDelta: () => {} }));
    } finally {
      methods.forEach((method, index) => {
        const original = before[index];
        if (original) console[method] = original;
      });
      delete process.env['OPENAI_LOG'];
    }
    expect(written).toEqual([]);
  });
});
