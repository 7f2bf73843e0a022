import { type ModelClient, ModelError } from './modelClient.ts';

/**
 * Asks once more, for the whole answer, when a server refuses to stream: some models cannot, and some accounts may not.
 *
 * @param onRefused called before the second request
 */
export function withStreamFallback(client: ModelClient, onRefused: () => void): ModelClient {
  return {
    async generate(request, { signal, onDelta }) {
      if (!onDelta) return client.generate(request, { signal });
      let begun = false;
      try {
        return await client.generate(request, {
          signal,
          onDelta: (text) => {
            begun = true;
            onDelta(text);
          },
        });
      } catch (error) {
        if (begun || signal.aborted || !refusesStream(error)) throw error;
        onRefused();
        return client.generate(request, { signal });
      }
    },
  };
}

/** Servers have no common code for it; each of them names the field `stream`, or the verb, in its message. */
function refusesStream(error: unknown): boolean {
  return error instanceof ModelError && error.code === 'bad-request' && /\bstream/i.test(error.message);
}
