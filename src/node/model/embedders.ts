import { hashText } from '../../engine/hash.ts';
import type { Embedded, Embedder, FindEmbedder } from '../../engine/metric/semantic/embedder.ts';
import { formatModelRef, ModelError, type ModelRef, parseModelRef } from '../../engine/model/modelClient.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { ModelAccess } from './access.ts';
import { type CostOf, openPrices } from './prices.ts';
import type { Connection } from './providers.ts';
import { connect, untrusted } from './resolveModel.ts';

/** Vectors that are kept: with 1,536 numbers each, 25 MB. The references of many cases are asked for again by each variant. */
const MOST_VECTORS = 2_000;
/** These take requests of their own kind, or none. */
const WITHOUT_EMBEDDINGS: readonly string[] = ['anthropic', 'replay', 'function', 'http', 'command', 'vscode'];

export type EmbedderPlace = { readonly workspace: Workspace; readonly access: ModelAccess };

/** The embedders of one run; each is connected by its first text, and remembers its vectors until the run is over. */
export function embedders(place: EmbedderPlace): FindEmbedder {
  const known = new Map<string, Embedder>();
  return (written) => {
    const model = parseModelRef(written);
    if (model === null || WITHOUT_EMBEDDINGS.includes(model.provider)) {
      const remedy = 'Write provider/name of an OpenAI-compatible API, e.g. openai/text-embedding-3-small.';
      return { error: `\`${written}\` is no model that embeds texts.`, remedy };
    }
    const embedder = known.get(written) ?? openEmbedder(model, place);
    known.set(written, embedder);
    return embedder;
  };
}

function openEmbedder(model: ModelRef, { workspace, access }: EmbedderPlace): Embedder {
  const cache = new Map<string, Promise<Float64Array>>();
  let connecting: Promise<Connection | ModelError> | undefined;
  let pricing: Promise<CostOf> | undefined;
  const remember = (key: string, vector: Promise<Float64Array>) => {
    const [oldest] = cache.size >= MOST_VECTORS ? cache.keys() : [];
    if (oldest !== undefined) cache.delete(oldest);
    cache.set(key, vector);
    // A failed call is not remembered; who asked is told.
    vector.catch(() => cache.get(key) === vector && cache.delete(key));
  };
  const ask = async (texts: readonly string[], signal: AbortSignal): Promise<Embedded> => {
    if (!workspace.trusted) throw untrusted(formatModelRef(model));
    connecting ??= connect(model.provider, { workspace, access });
    const connection = await connecting;
    if (connection instanceof ModelError) throw connection;
    // With it comes all that HTTP needs, which other metrics do without.
    const { askEmbeddings } = await import('./embeddingsApi.ts');
    const { vectors, inputTokens } = await askEmbeddings(connection, model, texts, signal);
    pricing ??= openPrices([model], workspace.config);
    const usage = { inputTokens, outputTokens: 0, cachedInputTokens: null, reasoningTokens: null };
    return { vectors, costUsd: (await pricing)(model, usage) };
  };
  return {
    embed: async (texts, signal) => {
      const unique = new Map(texts.map((text) => [hashText(text), text]));
      const missing = [...unique].filter(([key]) => !cache.has(key));
      const asking =
        missing.length === 0
          ? null
          : ask(
              missing.map(([, text]) => text),
              signal,
            );
      // Held on to, for what is remembered may be pushed out before it is read.
      const found = new Map(
        [...unique.keys()].flatMap((key) => {
          const vector = cache.get(key);
          return vector === undefined ? [] : [[key, vector] as const];
        }),
      );
      for (const [index, [key]] of missing.entries()) {
        const vector = (asking as Promise<Embedded>).then(({ vectors }) => vectors[index] ?? new Float64Array());
        remember(key, vector);
        found.set(key, vector);
      }
      const vectors = await Promise.all(texts.map((text) => found.get(hashText(text)) ?? new Float64Array()));
      return { vectors, costUsd: asking === null ? 0 : (await asking).costUsd };
    },
  };
}
