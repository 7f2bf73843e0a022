import { performance } from 'node:perf_hooks';
import type OpenAI from 'openai';
import type { Json, JsonObject } from '../../engine/json.ts';
import { toModelError } from '../../engine/model/callFailure.ts';
import { toChatRequest } from '../../engine/model/chatRequest.ts';
import { type ChatAnswer, fromChatResponse } from '../../engine/model/chatResponse.ts';
import { ChatStream } from '../../engine/model/chatStream.ts';
import {
  type GenerateOptions,
  type ModelClient,
  ModelError,
  type ModelRequest,
} from '../../engine/model/modelClient.ts';
import { type Scrubber, secretScrubber } from '../../engine/model/scrubSecrets.ts';
import { type CallTrace, TRACE_HEADER, tracedFetch } from './callTrace.ts';
import { describeFailure, type SdkErrors } from './describeFailure.ts';
import { type Connection, dialectFor } from './providers.ts';

type Sdk = { readonly client: OpenAI; readonly errors: SdkErrors };

/** After so many samples in a row that failed for the server's sake, retries are left out until one succeeds. */
const FAILURES_UNTIL_DOWN = 3;
const SERVER_FAILURES: ReadonlySet<string> = new Set(['connection', 'timeout', 'server']);

/**
 * The client of a server that speaks the OpenAI API, on the `openai` package, which is loaded here and nowhere else.
 *
 * Failed tries are repeated by the package: connection errors, timeouts, 408, 409, 429 and 5xx, after Retry-After where the
 * server says it. A server that does not answer at all is not waited for again and again.
 */
export function openaiClient(connection: Connection): ModelClient {
  const traces = new Map<string, CallTrace>();
  const loading = loadSdk(connection, traces);
  // Whoever asks first is told; loading early only saves time.
  loading.catch(() => {});
  const scrubber = secretScrubber(connection.secrets);
  let failuresInARow = 0;
  let calls = 0;

  const generate: ModelClient['generate'] = async (request, { signal, onDelta }) => {
    const body = toChatRequest(request, dialectFor(connection, request.model), onDelta !== undefined);
    const rawRequest = scrubber.json({ url: `${connection.baseUrl}/chat/completions`, body });
    const trace: CallTrace = { attempts: 0, sentAtMs: performance.now() };
    calls += 1;
    const callId = String(calls);
    traces.set(callId, trace);
    const { client, errors } = await loading;
    const call = {
      client,
      body,
      scrubber,
      timeoutMs: connection.timeoutMs,
      maxRetries: failuresInARow < FAILURES_UNTIL_DOWN ? connection.maxRetries : 0,
      headers: { [TRACE_HEADER]: callId },
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

type Call = {
  readonly client: OpenAI;
  readonly body: JsonObject;
  readonly scrubber: Scrubber;
  readonly timeoutMs: number;
  readonly maxRetries: number;
  readonly headers: { readonly [name: string]: string };
};
type Answer = ChatAnswer & { readonly raw: Json; readonly firstTokenAtMs: number | null };

async function whole({ client, body, scrubber, maxRetries, headers }: Call, signal: AbortSignal): Promise<Answer> {
  const params = body as unknown as OpenAI.ChatCompletionCreateParamsNonStreaming;
  const response: unknown = await client.chat.completions.create(params, { signal, maxRetries, headers });
  // A key that the server echoes is gone before anything else sees the answer.
  const raw = scrubber.json((response ?? null) as Json);
  return { ...fromChatResponse(raw), raw, firstTokenAtMs: null };
}

async function streamed(
  { client, body, scrubber, timeoutMs, maxRetries, headers }: Call,
  { signal, onDelta }: GenerateOptions,
): Promise<Answer> {
  // The package's timeout ends with the headers; a stream that falls silent is noticed here.
  const silence = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const listen = () => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(), timeoutMs);
  };
  const answer = new ChatStream();
  let firstTokenAtMs: number | null = null;
  try {
    const params = body as unknown as OpenAI.ChatCompletionCreateParamsStreaming;
    const either = AbortSignal.any([signal, silence.signal]);
    const chunks = await client.chat.completions.create(params, { signal: either, maxRetries, headers });
    if (typeof chunks !== 'object' || !(Symbol.asyncIterator in chunks)) {
      return { ...fromChatResponse(chunks), raw: null, firstTokenAtMs: null };
    }
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

async function loadSdk(connection: Connection, traces: ReadonlyMap<string, CallTrace>): Promise<Sdk> {
  const { OpenAI, APIError, APIConnectionError, APIConnectionTimeoutError } = await import('openai');
  const isOpenai = connection.provider === 'openai';
  const client = new OpenAI({
    apiKey: connection.apiKey,
    baseURL: connection.baseUrl,
    defaultHeaders: { ...connection.headers },
    timeout: connection.timeoutMs,
    maxRetries: connection.maxRetries,
    logLevel: 'off',
    fetch: tracedFetch(traces),
    // The package would take these from OPENAI_… variables and so tell every other provider about them.
    adminAPIKey: null,
    ...(isOpenai ? {} : { organization: null, project: null }),
  });
  return { client, errors: { APIError, APIConnectionError, APIConnectionTimeoutError } };
}
