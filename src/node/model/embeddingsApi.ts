import * as z from 'zod';
import { ModelError, type ModelRef } from '../../engine/model/modelClient.ts';
import { postJson } from './postJson.ts';
import type { Connection } from './providers.ts';
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
  const body = { model: model.name, input: texts, encoding_format: 'float' };
  const text = await postJson(connection, model, embeddingsUrl(connection, model), body, signal);
  return readAnswer(text, texts.length, connection.provider);
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
