import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';

/** A chat-completions request as it came over the wire. */
export type FakeRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: FakeBody;
  /** How many came before it. */
  readonly index: number;
  readonly atMs: number;
};
export type FakeBody = { readonly [key: string]: unknown } & {
  readonly model?: string;
  readonly stream?: boolean;
  readonly messages?: readonly { readonly role: string; readonly content: unknown }[];
};

/** What the server does about a request; `{}` is a friendly answer at once. */
export type FakeReply = {
  /** The answer's text, or the pieces that it is streamed in. */
  readonly output?: string | readonly string[];
  readonly message?: { readonly [key: string]: unknown };
  readonly finishReason?: string;
  readonly usage?: { readonly [key: string]: unknown } | null;
  /** Before the first byte, and between the pieces of a stream. */
  readonly delayMs?: number;
  readonly pieceDelayMs?: number;
  /** Anything but 200 answers with `error`, or with `body` word for word. */
  readonly status?: number;
  readonly error?: { readonly message: string; readonly code?: string | null; readonly type?: string };
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string;
  /** The socket is destroyed: before any byte, or half-way through the body or stream. */
  readonly cut?: 'at-once' | 'half-way';
  /** The stream ends in good order, but before the model was done. */
  readonly unfinished?: boolean;
  /** After half of the body nothing more comes, and the socket stays open. */
  readonly stall?: boolean;
};

export type FakeApi = {
  /** The base URL to give to a client. */
  readonly url: string;
  /** Every request in the order of arrival. */
  readonly requests: readonly FakeRequest[];
  /** Largest number of requests that were open at once. */
  readonly mostAtOnce: () => number;
  /** How many requests the client gave up before they were answered. */
  readonly abandoned: () => number;
  /** Ends open connections too. */
  readonly stop: () => Promise<void>;
};

/** An OpenAI API on the loopback interface: real HTTP over a socket, for tests and measurements. */
export async function startFakeApi(reply: (request: FakeRequest) => FakeReply = () => ({})): Promise<FakeApi> {
  const requests: FakeRequest[] = [];
  let open = 0;
  let most = 0;
  let abandoned = 0;
  const server = http.createServer((incoming, response) => {
    open += 1;
    most = Math.max(most, open);
    response.on('close', () => {
      open -= 1;
      if (!response.writableFinished) abandoned += 1;
    });
    const atMs = performance.now();
    void receive(incoming)
      .then((body) => {
        const { method = '', url: path = '', headers } = incoming;
        const request = { method, path, headers, body, index: requests.length, atMs };
        requests.push(request);
        return answer(response, request, reply(request));
      })
      .catch(() => response.destroy());
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    mostAtOnce: () => most,
    abandoned: () => abandoned,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The text of the last user message: what most scripted answers depend on. */
export function lastUserText(request: FakeRequest): string {
  const content = request.body.messages?.findLast(({ role }) => role === 'user')?.content;
  return typeof content === 'string' ? content : JSON.stringify(content ?? '');
}

async function receive(incoming: http.IncomingMessage): Promise<FakeBody> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? {} : (JSON.parse(text) as FakeBody);
}

async function answer(response: http.ServerResponse, request: FakeRequest, reply: FakeReply): Promise<void> {
  if (reply.cut === 'at-once') return void response.destroy();
  if (reply.delayMs) await wait(Math.max(0, request.atMs + reply.delayMs - performance.now()));
  const headers = { 'x-request-id': `req-${request.index}`, ...reply.headers };
  if (!request.path.endsWith('/chat/completions') || request.method !== 'POST') {
    return send(response, 404, headers, JSON.stringify({ error: { message: `There is no ${request.path}.` } }), reply);
  }
  if (reply.body !== undefined || (reply.status ?? 200) !== 200) {
    const body = reply.body ?? JSON.stringify({ error: reply.error ?? { message: 'It failed.' } });
    return send(response, reply.status ?? 200, headers, body, reply);
  }
  if (request.body.stream === true) return stream(response, request, headers, reply);
  const completion = {
    ...envelope(request, 'chat.completion'),
    choices: [{ index: 0, message: messageOf(reply), finish_reason: reply.finishReason ?? 'stop' }],
    ...(reply.usage === null ? {} : { usage: usageOf(reply) }),
  };
  return send(response, 200, headers, JSON.stringify(completion), reply);
}

async function send(
  response: http.ServerResponse,
  status: number,
  headers: { readonly [name: string]: string },
  body: string,
  { cut, stall }: FakeReply,
): Promise<void> {
  const bytes = Buffer.from(body);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length, ...headers });
  if (!cut && !stall) return void response.end(bytes);
  await write(response, bytes.subarray(0, bytes.length / 2));
  if (cut) response.destroy();
}

async function stream(
  response: http.ServerResponse,
  request: FakeRequest,
  headers: { readonly [name: string]: string },
  reply: FakeReply,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream', ...headers });
  const output = reply.output ?? 'Hello.';
  const pieces = typeof output === 'string' ? (output.match(/\S+\s*/g) ?? [output]) : output;
  const chunk = (delta: object, finishReason: string | null) =>
    event({
      ...envelope(request, 'chat.completion.chunk'),
      choices: [{ index: 0, delta, finish_reason: finishReason }],
    });
  await write(response, chunk({ role: 'assistant', content: '' }, null));
  for (const [index, piece] of pieces.entries()) {
    if (reply.pieceDelayMs) await wait(reply.pieceDelayMs);
    if (index >= pieces.length / 2 && reply.cut) return void response.destroy();
    if (index >= pieces.length / 2 && reply.stall) return;
    await write(response, chunk({ content: piece }, null));
  }
  if (reply.unfinished) return void response.end();
  const calls = reply.message?.['tool_calls'];
  if (Array.isArray(calls)) {
    for (const [index, call] of calls.entries()) {
      await write(response, chunk({ tool_calls: [{ index, ...(call as object) }] }, null));
    }
  }
  await write(response, chunk({}, reply.finishReason ?? 'stop'));
  const wanted = request.body['stream_options'] as { include_usage?: boolean } | undefined;
  if (wanted?.include_usage && reply.usage !== null) {
    await write(response, event({ ...envelope(request, 'chat.completion.chunk'), choices: [], usage: usageOf(reply) }));
  }
  response.end('data: [DONE]\n\n');
}

function envelope(request: FakeRequest, object: string): object {
  return { id: `chatcmpl-${request.index}`, object, created: 0, model: request.body.model ?? '' };
}

function messageOf({ output = 'Hello.', message }: FakeReply): object {
  const content = typeof output === 'string' ? output : output.join('');
  return { role: 'assistant', content, ...message };
}

function usageOf({ usage }: FakeReply): object {
  return { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15, ...usage };
}

function event(data: object): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}

/** Waits for the bytes to be handed to the socket, so that a cut comes after them. */
function write(response: http.ServerResponse, data: string | Buffer): Promise<void> {
  return new Promise((resolve, reject) => response.write(data, (error) => (error ? reject(error) : resolve())));
}
