import * as z from 'zod';
import { toModelError } from '../../engine/model/callFailure.ts';
import { ModelError } from '../../engine/model/modelClient.ts';
import { secretScrubber } from '../../engine/model/scrubSecrets.ts';
import { describeConnection, describeStatus } from './describeFailure.ts';
import { httpFetch } from './httpFetch.ts';
import { keyHeaders } from './keyHeaders.ts';
import type { Connection } from './providers.ts';
import { modelsUrl } from './urls.ts';

const entries = z.array(z.looseObject({ id: z.string() }));
/** Most wrap the list; Together does not. */
const list = z.union([z.looseObject({ data: entries }).transform(({ data }) => data), entries]);

/** The names of the models that a provider says it has. @throws ModelError for every failure, after one try */
export async function listModels(connection: Connection, signal: AbortSignal): Promise<readonly string[]> {
  const { provider, timeoutMs, secrets } = connection;
  const scrubber = secretScrubber(secrets);
  const limit = AbortSignal.timeout(timeoutMs);
  const call = { provider, model: 'the list of models', rawRequest: null };
  const fail = (failure: Parameters<typeof toModelError>[0]) => {
    const { code, message, remedy, httpStatus, requestId } = toModelError(failure);
    return new ModelError(code, scrubber.text(message), { remedy, httpStatus, requestId });
  };
  let response: Response;
  try {
    const headers = { accept: 'application/json', ...keyHeaders(connection), ...connection.headers };
    const either = AbortSignal.any([signal, limit]);
    const url = modelsUrl(connection, connection.api);
    response = await httpFetch(url, { method: 'GET', headers, body: undefined, signal: either });
  } catch (error) {
    if (signal.aborted) throw fail({ ...call, kind: 'cancelled' });
    if (limit.aborted) throw fail({ ...call, kind: 'timeout', timeoutMs });
    throw fail({ ...call, ...describeConnection(error, connection.baseUrl) });
  }
  const text = await response.text();
  if (!response.ok) throw fail({ ...call, ...describeStatus(response.status, text, response.headers) });
  return namesIn(text, provider);
}

function namesIn(text: string, provider: string): readonly string[] {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = null;
  }
  const parsed = list.safeParse(body);
  if (!parsed.success) {
    throw new ModelError('malformed-response', `${provider} did not answer with a list of models.`, {
      remedy: "Check the provider's base URL; it usually ends in /v1.",
    });
  }
  // Gemini lists `models/<name>` and takes the name alone.
  return parsed.data.map(({ id }) => id.replace(/^models\//, '')).sort();
}
