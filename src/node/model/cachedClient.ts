import { hashValue } from '../../engine/hash.ts';
import {
  formatModelRef,
  type ModelClient,
  type ModelRequest,
  type ModelResponse,
} from '../../engine/model/modelClient.ts';
import { requestKey } from '../../engine/model/requestKey.ts';
import type { ResponseCache } from '../store/cacheFile.ts';

/** Providers whose answers depend on more than the request, or cost nothing. */
const NOT_CACHED = new Set(['replay', 'function', 'http', 'command']);

/**
 * Answers a request that was answered before from the cache; such an answer costs nothing. Only complete answers are kept,
 * and never those to a repeat: whoever asks again wants to see whether the answer changes.
 *
 * @param place tells two servers apart that go by one provider's name, e.g. its base URL
 */
export function cachedClient(client: ModelClient, cache: ResponseCache, place: string): ModelClient {
  return {
    async generate(request, options) {
      if (request.repeat > 0 || NOT_CACHED.has(request.model.provider)) return client.generate(request, options);
      const key = cacheKey(request, place);
      const known = cache.get(key);
      if (known) {
        options.onDelta?.(known.output);
        return { ...known, costUsd: 0 };
      }
      const response = await client.generate(request, options);
      if (isComplete(response)) cache.set(key, response);
      return response;
    },
  };
}

function cacheKey(request: ModelRequest, place: string): string {
  return hashValue({ model: formatModelRef(request.model), place, request: requestKey(request) });
}

function isComplete({ finishReason, output, toolCalls }: ModelResponse): boolean {
  const isWhole = finishReason === null || finishReason === 'stop' || finishReason === 'tool_calls';
  return isWhole && (output.trim() !== '' || toolCalls.length > 0);
}
