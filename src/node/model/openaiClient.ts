import type { ModelClient } from '../../engine/model/modelClient.ts';
import { apiClient, type Sdk } from './apiClient.ts';
import type { Connection } from './providers.ts';
import { sdkHeaders } from './sdkHeaders.ts';

/**
 * The client of a server that speaks one of OpenAI's APIs, on the `openai` package, which is loaded here and nowhere else.
 */
export function openaiClient(connection: Connection): ModelClient {
  return apiClient(connection, (fetcher) => loadSdk(connection, fetcher));
}

async function loadSdk(connection: Connection, fetcher: typeof fetch): Promise<Sdk> {
  const { OpenAI, APIError, APIConnectionError, APIConnectionTimeoutError } = await import('openai');
  const { apiKey, keyHeader, timeoutMs, maxRetries } = connection;
  const isOpenai = connection.provider === 'openai' && connection.isOwnAddress;
  // Said here as well where a variable may have taken its place.
  const bearer = isOpenai ? {} : { authorization: `Bearer ${apiKey}` };
  const client = new OpenAI({
    apiKey,
    // Every call gives its whole address.
    baseURL: 'http://address.invalid',
    defaultHeaders: {
      ...(isOpenai ? {} : sdkHeaders('OPENAI_CUSTOM_HEADERS')),
      ...(keyHeader === 'api-key' ? { authorization: null, 'api-key': apiKey } : bearer),
      ...connection.headers,
    },
    timeout: timeoutMs,
    maxRetries,
    logLevel: 'off',
    fetch: fetcher,
    // The package would take these from OPENAI_… variables and so tell every other provider about them.
    adminAPIKey: null,
    ...(isOpenai ? {} : { organization: null, project: null }),
  });
  return {
    post: (url, options) => client.post(url, options),
    errors: { APIError, APIConnectionError, APIConnectionTimeoutError },
  };
}
