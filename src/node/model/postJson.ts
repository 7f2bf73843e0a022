import type { JsonObject } from '../../engine/json.ts';
import { toModelError } from '../../engine/model/callFailure.ts';
import { ModelError, type ModelRef } from '../../engine/model/modelClient.ts';
import { secretScrubber } from '../../engine/model/scrubSecrets.ts';
import { describeConnection, describeStatus } from './describeFailure.ts';
import { httpFetch } from './httpFetch.ts';
import { keyHeaders } from './keyHeaders.ts';
import type { Connection } from './providers.ts';
import { isRetried, retryPause } from './retryPause.ts';

/**
 * Posts to an endpoint of a provider for which its package is not needed.
 *
 * @returns the body of the answer
 * @throws ModelError for every failure, after the provider's retries
 */
export async function postJson(
  connection: Connection,
  model: ModelRef,
  url: string,
  content: JsonObject,
  signal: AbortSignal,
): Promise<string> {
  const { baseUrl, timeoutMs, maxRetries, secrets } = connection;
  const scrubber = secretScrubber(secrets);
  const call = { provider: connection.provider, model: model.name, rawRequest: null };
  const fail = (failure: Parameters<typeof toModelError>[0]) => {
    const { code, message, remedy, httpStatus, requestId } = toModelError(failure);
    return new ModelError(code, scrubber.text(message), { remedy, httpStatus, requestId });
  };
  const headers = { 'content-type': 'application/json', ...keyHeaders(connection), ...connection.headers };
  const body = JSON.stringify(content);
  for (let attempt = 1; ; attempt += 1) {
    const limit = AbortSignal.timeout(timeoutMs);
    const isLast = attempt > maxRetries;
    let response: Response;
    try {
      response = await httpFetch(url, { method: 'POST', headers, body, signal: AbortSignal.any([signal, limit]) });
    } catch (error) {
      if (signal.aborted) throw fail({ ...call, kind: 'cancelled' });
      if (limit.aborted) throw fail({ ...call, kind: 'timeout', timeoutMs });
      if (isLast) throw fail({ ...call, ...describeConnection(error, baseUrl) });
      await retryPause(attempt, null, signal);
      continue;
    }
    const text = await response.text();
    if (response.ok) return text;
    if (isLast || !isRetried(response.status))
      throw fail({ ...call, ...describeStatus(response.status, text, response.headers) });
    await retryPause(attempt, response.headers.get('retry-after'), signal);
  }
}
