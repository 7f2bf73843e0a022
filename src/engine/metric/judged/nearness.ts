import { ModelError } from '../../model/modelClient.ts';
import type { Embedder } from '../semantic/embedder.ts';
import { vectorSimilarity } from '../semantic/vectorSimilarity.ts';

/**
 * The mean cosine of a text with others; null where one of them has none.
 *
 * @throws ModelError which names the model that embeds, since a judge's name will stand before it
 */
export async function nearness(
  text: string,
  others: readonly string[],
  { embed }: Embedder,
  model: string,
  signal: AbortSignal,
): Promise<{ readonly mean: number | null; readonly costUsd: number | null }> {
  try {
    const { vectors, costUsd } = await embed([text, ...others], signal);
    const [own = new Float64Array(), ...rest] = vectors;
    const known = rest.map((other) => vectorSimilarity(own, other, 'cosine')).filter((one) => one !== null);
    if (known.length < others.length) return { mean: null, costUsd };
    return { mean: known.reduce((sum, one) => sum + one, 0) / known.length, costUsd };
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    const { code, message, remedy } = error;
    throw new ModelError(code, `${model}, which was to embed texts: ${message}`, {
      cause: error,
      ...(remedy === undefined ? {} : { remedy }),
    });
  }
}
