import * as z from 'zod';
import { toModelError } from '../../engine/model/callFailure.ts';
import { ModelError, type ModelRef } from '../../engine/model/modelClient.ts';
import { secretScrubber } from '../../engine/model/scrubSecrets.ts';
import { describeConnection, describeStatus } from './describeFailure.ts';
import { httpFetch } from './httpFetch.ts';
import { keyHeaders } from './keyHeaders.ts';
import type { Connection } from './providers.ts';
import { isRetried, retryPause } from './retryPause.ts';
import { embeddingsUrl } from './urls.ts';

const answerShape = z.object({
  data: z.array(z.object({ index: z.int().min(0).optional(), embedding: z.array(z.number()).min(1) })),
  usage: z.object({ prompt_tokens: z.number().nonnegative() }).nullish(),
});

export type EmbeddingsAnswer = {
  /** In the order of the texts. */
  readonly vectors: readonly Float64Array[];
  readonly inputTokens: number | null;
};

/**
 * Asks an OpenAI-compatible `/embeddings` for the vectors of some texts.
 *
 * @throws ModelError for every failure, after the provider's retries
 */
export async function askEmbeddings(
  connection: Connection,
  model: ModelRef,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<EmbeddingsAnswer> {
  const { baseUrl, timeoutMs, maxRetries, secrets } = connection;
  const scrubber = secretScrubber(secrets);
  const call = { provider: connection.provider, model: model.name, rawRequest: null };
  const fail = (failure: Parameters<typeof toModelError>[0]) => {
    const { code, message, remedy, httpStatus, requestId } = toModelError(failure);
    return new ModelError(code, scrubber.text(message), { remedy, httpStatus, requestId });
  };
  const url = embeddingsUrl(connection, model);
  const headers = { 'content-type': 'application/json', ...keyHeaders(connection), ...connection.headers };
  const body = JSON.stringify({ model: model.name, input: texts, encoding_format: 'float' });
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
    if (response.ok) return readAnswer(text, texts.length, connection.provider);
    if (isLast || !isRetried(response.status))
      throw fail({ ...call, ...describeStatus(response.status, text, response.headers) });
    await retryPause(attempt, response.headers.get('retry-after'), signal);
  }
}

function readAnswer(text: string, wanted: number, provider: string): EmbeddingsAnswer {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = null;
  }
  const answer = answerShape.safeParse(body);
  if (!answer.success || answer.data.data.length !== wanted) {
    throw new ModelError('malformed-response', `${provider} did not answer with a vector for each text.`, {
      remedy: 'Name a model that embeds texts, at a base URL that has /embeddings.',
    });
  }
  const { data, usage } = answer.data;
  const ordered = data.every(({ index }) => index !== undefined)
    ? [...data].sort((a, b) => (a.index ?? 0) - (b.index ?? 0))
    : data;
  return {
    vectors: ordered.map(({ embedding }) => Float64Array.from(embedding)),
    inputTokens: usage?.prompt_tokens ?? null,
  };
}
