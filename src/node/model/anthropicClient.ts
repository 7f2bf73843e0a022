import { isJsonObject, type JsonObject } from '../../engine/json.ts';
import type { ModelClient } from '../../engine/model/modelClient.ts';
import { apiClient, type Sdk } from './apiClient.ts';
import type { Connection } from './providers.ts';
import { sdkHeaders } from './sdkHeaders.ts';

/**
 * The client of a server that speaks Anthropic's Messages API, on the `@anthropic-ai/sdk` package, which is loaded here and
 * nowhere else.
 */
export function anthropicClient(connection: Connection): ModelClient {
  return apiClient(connection, (fetcher) => loadSdk(connection, fetcher));
}

async function loadSdk(connection: Connection, fetcher: typeof fetch): Promise<Sdk> {
  const [{ Anthropic, APIError, APIConnectionError, APIConnectionTimeoutError }, { transformJSONSchema }] =
    await Promise.all([import('@anthropic-ai/sdk'), import('@anthropic-ai/sdk/lib/transform-json-schema')]);
  const { apiKey, timeoutMs, maxRetries } = connection;
  const isAnthropic = connection.provider === 'anthropic' && connection.isOwnAddress;
  const client = new Anthropic({
    apiKey,
    // Otherwise the package would look for another key in the environment and in files of its own.
    authToken: null,
    webhookKey: null,
    // Every call gives its whole address.
    baseURL: 'http://address.invalid',
    // As a bearer token, which the package prefers, only Anthropic itself takes the key; this header every gateway knows.
    defaultHeaders: {
      ...(isAnthropic ? {} : sdkHeaders('ANTHROPIC_CUSTOM_HEADERS')),
      authorization: null,
      'x-api-key': apiKey,
      ...connection.headers,
    },
    timeout: timeoutMs,
    maxRetries,
    logLevel: 'off',
    fetch: fetcher,
  });
  return {
    post: (url, options) =>
      client.post(url, { ...options, headers: { ...options.headers, ...versionHeader(options.body, connection) } }),
    errors: { APIError, APIConnectionError, APIConnectionTimeoutError },
    adapt: (body) => withSchema(body, transformJSONSchema as (schema: JsonObject) => JsonObject),
  };
}

/** The last version of the API in which sampling can be set, and the one that other servers know. */
const OLD_VERSION = '2023-06-01';
const SAMPLING = ['temperature', 'top_p', 'top_k'];

/**
 * The version of the API is the package's own, which refuses `temperature`, `top_p` and `top_k` whatever their value: a prompt
 * that sets one of them is asked by the version before.
 * Source: https://platform.claude.com/docs/en/api/versioning
 */
function versionHeader(body: JsonObject, { provider, headers }: Connection): { readonly [name: string]: string } {
  if (Object.keys(headers).some((name) => name.toLowerCase() === 'anthropic-version')) return {};
  const isOld = provider !== 'anthropic' || SAMPLING.some((name) => name in body);
  return isOld ? { 'anthropic-version': OLD_VERSION } : {};
}

/**
 * The API takes a part of JSON Schema; the package knows how to say the rest of it in words. What it cannot say is left to the
 * prompt, and to the check of the answer.
 */
function withSchema(body: JsonObject, transform: (schema: JsonObject) => JsonObject): JsonObject {
  const { output_config: config, ...rest } = body;
  const format = isJsonObject(config) ? config['format'] : undefined;
  if (!isJsonObject(config) || !isJsonObject(format) || !isJsonObject(format['schema'])) return body;
  const { format: _format, ...others } = config;
  try {
    return { ...body, output_config: { ...config, format: { ...format, schema: transform(format['schema']) } } };
  } catch {
    return Object.keys(others).length > 0 ? { ...rest, output_config: others } : rest;
  }
}
