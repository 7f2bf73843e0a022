import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { type FakeEvents, faceOf } from './fakeFaces.ts';

/** A request as it came over the wire. */
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
  /** What the list of models has. */
  readonly models?: readonly string[];
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

/**
 * An API on the loopback interface: real HTTP over a socket, for tests and measurements. It speaks OpenAI's chat completions and
 * Responses and Anthropic's Messages, and lists its models.
 *
 * @param tls a certificate: the server speaks HTTPS
 */
export async function startFakeApi(
  reply: (request: FakeRequest) => FakeReply = () => ({}),
  tls?: { readonly cert: string; readonly key: string },
): Promise<FakeApi> {
  const requests: FakeRequest[] = [];
  let open = 0;
  let most = 0;
  let abandoned = 0;
  const listener: http.RequestListener = (incoming, response) => {
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
  };
  const server = tls ? https.createServer(tls, listener) : http.createServer(listener);
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}/v1`,
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
  const id = `req-${request.index}`;
  const headers = { 'x-request-id': id, 'request-id': id, ...reply.headers };
  const isList = request.method === 'GET' && /\/models(\?|$)/.test(request.path);
  const face = request.method === 'POST' ? faceOf(request.path) : undefined;
  if (!face && !isList && reply.body === undefined) {
    return send(response, 404, headers, JSON.stringify({ error: { message: `There is no ${request.path}.` } }), reply);
  }
  if (reply.body !== undefined || (reply.status ?? 200) !== 200) {
    const body = reply.body ?? JSON.stringify({ error: reply.error ?? { message: 'It failed.' } });
    return send(response, reply.status ?? 200, headers, body, reply);
  }
  if (!face) {
    const models = (reply.models ?? ['gpt-test']).map((model) => ({ id: model, object: 'model' }));
    return send(response, 200, headers, JSON.stringify({ object: 'list', data: models }), reply);
  }
  if (request.body.stream === true) return stream(response, face.events(request, reply), headers, reply);
  return send(response, 200, headers, JSON.stringify(face.whole(request, reply)), reply);
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
  events: FakeEvents,
  headers: { readonly [name: string]: string },
  reply: FakeReply,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream', ...headers });
  const output = reply.output ?? 'Hello.';
  const pieces = typeof output === 'string' ? (output.match(/\S+\s*/g) ?? [output]) : output;
  for (const event of events.first) await write(response, event);
  for (const [index, piece] of pieces.entries()) {
    if (reply.pieceDelayMs) await wait(reply.pieceDelayMs);
    if (index >= pieces.length / 2 && reply.cut) return void response.destroy();
    if (index >= pieces.length / 2 && reply.stall) return;
    await write(response, events.piece(piece));
  }
  if (reply.unfinished) return void response.end();
  for (const event of events.last) await write(response, event);
  response.end();
}

/** Waits for the bytes to be handed to the socket, so that a cut comes after them. */
function write(response: http.ServerResponse, data: string | Buffer): Promise<void> {
  return new Promise((resolve, reject) => response.write(data, (error) => (error ? reject(error) : resolve())));
}
