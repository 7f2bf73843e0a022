import { performance } from 'node:perf_hooks';
import type { Json, JsonObject } from '../../engine/json.ts';
import { API_PROTOCOLS, type ApiProtocol } from '../../engine/model/apiProtocol.ts';
import { toModelError } from '../../engine/model/callFailure.ts';
import type { ChatAnswer } from '../../engine/model/chatResponse.ts';
import {
  type GenerateOptions,
  type ModelClient,
  ModelError,
  type ModelRequest,
} from '../../engine/model/modelClient.ts';
import { type Scrubber, secretScrubber } from '../../engine/model/scrubSecrets.ts';
import { type CallTrace, TRACE_HEADER, tracedFetch } from './callTrace.ts';
import { describeFailure, type SdkErrors } from './describeFailure.ts';
import { apiFor, type Connection, dialectFor } from './providers.ts';
import { callUrl, shownUrl } from './urls.ts';

/** What the packages of the providers have in common. */
export type Sdk = {
  readonly post: (url: string, options: PostOptions) => Promise<unknown>;
  readonly errors: SdkErrors;
  /** What this provider wants otherwise in a body. */
  readonly adapt?: (body: JsonObject) => JsonObject;
};
type PostOptions = {
  readonly body: JsonObject;
  readonly stream: boolean;
  readonly signal: AbortSignal;
  readonly maxRetries: number;
  readonly headers: { readonly [name: string]: string };
};

/** After so many samples in a row that failed for the server's sake, retries are left out until one succeeds. */
const FAILURES_UNTIL_DOWN = 3;
const SERVER_FAILURES: ReadonlySet<string> = new Set(['connection', 'timeout', 'server']);

/**
 * The client of an API, on the provider's own package.
 *
 * Failed tries are repeated by the package: connection errors, timeouts, 408, 409, 429 and 5xx, after Retry-After where the
 * server says it. A server that does not answer at all is not waited for again and again.
 *
 * @param loadSdk loads the package, with the fetch that it is to use
 */
export function apiClient(connection: Connection, loadSdk: (fetcher: typeof fetch) => Promise<Sdk>): ModelClient {
  const traces = new Map<string, CallTrace>();
  const loading = loadSdk(tracedFetch(traces));
  // Whoever asks first is told; loading early only saves time.
  loading.catch(() => {});
  const scrubber = secretScrubber(connection.secrets);
  let failuresInARow = 0;
  let calls = 0;

  const generate: ModelClient['generate'] = async (request, { signal, onDelta }) => {
    const api = apiFor(connection, request.model);
    const protocol = API_PROTOCOLS[api];
    const url = callUrl(connection, request.model, api);
    const { post, errors, adapt = unchanged } = await loading;
    const body = adapt(protocol.toRequest(request, dialectFor(connection, request.model), onDelta !== undefined));
    const rawRequest = scrubber.json({ url: shownUrl(url), body });
    const trace: CallTrace = { attempts: 0, sentAtMs: performance.now() };
    calls += 1;
    const callId = String(calls);
    traces.set(callId, trace);
    const maxRetries = failuresInARow < FAILURES_UNTIL_DOWN ? connection.maxRetries : 0;
    const headers = { [TRACE_HEADER]: callId };
    const call: Call = {
      protocol,
      scrubber,
      timeoutMs: connection.timeoutMs,
      send: (either, stream) => post(url, { body, stream, signal: either, maxRetries, headers }),
    };
    try {
      const { firstTokenAtMs, raw, ...answer } = onDelta
        ? await streamed(call, { signal, onDelta })
        : await whole(call, signal);
      failuresInARow = 0;
      return {
        ...answer,
        latencyMs: performance.now() - trace.sentAtMs,
        firstTokenMs: firstTokenAtMs === null ? null : firstTokenAtMs - trace.sentAtMs,
        costUsd: null,
        rawRequest,
        rawResponse: raw,
        attempts: trace.attempts,
      };
    } catch (error) {
      const failure = toFailure(error, { connection, request, rawRequest, signal, errors, scrubber });
      if (failure.code !== 'cancelled') failuresInARow = SERVER_FAILURES.has(failure.code) ? failuresInARow + 1 : 0;
      throw failure;
    } finally {
      traces.delete(callId);
    }
  };
  return { generate };
}

const unchanged = (body: JsonObject) => body;

type Call = {
  readonly protocol: ApiProtocol;
  readonly scrubber: Scrubber;
  readonly timeoutMs: number;
  readonly send: (signal: AbortSignal, stream: boolean) => Promise<unknown>;
};
type Answer = ChatAnswer & { readonly raw: Json; readonly firstTokenAtMs: number | null };

async function whole({ protocol, scrubber, send }: Call, signal: AbortSignal): Promise<Answer> {
  const response = await send(signal, false);
  // A key that the server echoes is gone before anything else sees the answer.
  const raw = scrubber.json((response ?? null) as Json);
  return { ...protocol.fromResponse(raw), raw, firstTokenAtMs: null };
}

async function streamed(
  { protocol, scrubber, timeoutMs, send }: Call,
  { signal, onDelta }: GenerateOptions,
): Promise<Answer> {
  // The package's timeout ends with the headers; a stream that falls silent is noticed here.
  const silence = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const listen = () => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(), timeoutMs);
  };
  const answer = protocol.openStream();
  let firstTokenAtMs: number | null = null;
  try {
    const chunks = await send(AbortSignal.any([signal, silence.signal]), true);
    if (!isStream(chunks)) return { ...protocol.fromResponse(chunks), raw: null, firstTokenAtMs: null };
    listen();
    for await (const chunk of chunks) {
      listen();
      const text = answer.add(chunk);
      if (text === '') continue;
      firstTokenAtMs ??= performance.now();
      onDelta?.(text);
    }
  } catch (error) {
    if (silence.signal.aborted) throw new ModelError('timeout', SILENT);
    throw error;
  } finally {
    clearTimeout(timer);
  }
  // The package ends an aborted stream as if it were complete.
  if (signal.aborted) throw new ModelError('cancelled', 'Stopped.');
  if (silence.signal.aborted) throw new ModelError('timeout', SILENT);
  const finished = answer.finish();
  return {
    ...finished,
    output: scrubber.text(finished.output),
    toolCalls: finished.toolCalls.map((call) => ({ ...call, arguments: scrubber.text(call.arguments) })),
    raw: scrubber.json(finished.raw),
    firstTokenAtMs,
  };
}

function isStream(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

const SILENT = 'The answer began and then nothing more came.';

type FailedCall = {
  readonly connection: Connection;
  readonly request: ModelRequest;
  readonly rawRequest: Json;
  readonly signal: AbortSignal;
  readonly errors: SdkErrors;
  readonly scrubber: Scrubber;
};

function toFailure(
  error: unknown,
  { connection, request, rawRequest, signal, errors, scrubber }: FailedCall,
): ModelError {
  const call = { provider: connection.provider, model: request.model.name, rawRequest };
  if (signal.aborted) return toModelError({ ...call, kind: 'cancelled' });
  const failure =
    error instanceof ModelError ? error : toModelError({ ...call, ...describeFailure(error, connection, errors) });
  const { code, remedy, httpStatus, requestId } = failure;
  // Without the package's error as its cause: that one holds the headers of the request.
  return new ModelError(code, scrubber.text(failure.message), { rawRequest, remedy, httpStatus, requestId });
}
