import { performance } from 'node:perf_hooks';
import { isJsonObject } from '../../engine/json.ts';
import { isQuota } from '../../engine/model/callFailure.ts';
import { httpFetch, wholeResponse } from './httpFetch.ts';

/** What only the transport knows of a call: how many tries it took, and when the last one was sent. */
export type CallTrace = { attempts: number; sentAtMs: number };

/** Names a call to `tracedFetch`; it is taken off before anything is sent. */
export const TRACE_HEADER = 'x-touchstone-call';

/** The fetch that every try of every call goes through. */
export function tracedFetch(traces: ReadonlyMap<string, CallTrace>): typeof fetch {
  return async (input, init = {}) => {
    const { [TRACE_HEADER]: callId = '', ...headers } = Object.fromEntries(headersOf(init));
    const trace = traces.get(callId);
    if (trace) {
      trace.attempts += 1;
      trace.sentAtMs = performance.now();
    }
    const { method = 'GET', body, signal } = init;
    const response = await httpFetch(input instanceof Request ? input.url : String(input), {
      method,
      headers,
      body: typeof body === 'string' ? body : undefined,
      signal: signal ?? undefined,
    });
    return response.status === 429 ? withoutVainRetry(response) : response;
  };
}

/** The package hands over Headers; copying them once more would cost as much as sending them. */
function headersOf({ headers }: RequestInit): Headers {
  return headers instanceof Headers ? headers : new Headers(headers);
}

/** An empty account answers 429 as a busy server does, but no waiting helps: the package is told not to try again. */
async function withoutVainRetry(response: Response): Promise<Response> {
  const text = await response.text();
  const headers = new Headers(response.headers);
  if (isQuota(errorCode(text))) headers.set('x-should-retry', 'false');
  return wholeResponse(text, { status: response.status, statusText: response.statusText, headers });
}

function errorCode(text: string): string | null {
  try {
    const body: unknown = JSON.parse(text);
    const error = isJsonObject(body) ? body['error'] : null;
    const code = isJsonObject(error) ? (error['code'] ?? error['type']) : null;
    return typeof code === 'string' ? code : null;
  } catch {
    return null;
  }
}
