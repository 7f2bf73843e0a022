import * as z from 'zod';
import { ModelError } from '../../model/modelClient.ts';
import { defineMetric } from '../defineMetric.ts';
import type { ScoreOutcome } from '../metric.ts';
import { textFields } from '../optionFields.ts';
import { graded, unscored } from '../outcome.ts';
import { signature } from '../signature.ts';
import { type TextPair, textPair } from '../textMetric.ts';
import { digits } from '../words.ts';
import type { Embedder } from './embedder.ts';
import { type Measure, vectorSimilarity } from './vectorSimilarity.ts';

const options = () =>
  z.strictObject({
    model: z.string().trim().min(1).meta({ description: 'The model that embeds, e.g. openai/text-embedding-3-small.' }),
    ...textFields,
    measure: z
      .enum(['cosine', 'dot', 'euclidean'])
      .optional()
      .meta({ description: 'By default cosine. dot is for vectors of length 1; euclidean is 1 / (1 + distance).' }),
    rescaleFrom: z.number().min(0).lt(1).optional().meta({
      description:
        'What counts as 0, since unrelated texts are rarely at 0: (s - r) / (1 - r). By default not rescaled.',
    }),
  });

export const embeddingSimilarity = defineMetric({
  kind: 'embedding-similarity',
  family: 'semantic',
  summary: 'How near the meaning of the output is to the expected text, by the vectors of a model that embeds texts.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source:
    'Cosine, dot product or distance of two embeddings, kept within 0..1; the best of several references. The rescaling is that of autoevals, which takes 0.7.',
  options,
  usesEmbeddings: true,
  create: (given, { tools }) => {
    const { model, measure = 'cosine', rescaleFrom = 0, threshold, path, expected } = given;
    const read = textPair(given);
    if ('error' in read) return read;
    const embedder = tools.findEmbedder(model);
    if ('error' in embedder) return embedder;
    return {
      signature: signature('embedding-similarity', { model, measure, rescale: rescaleFrom, path, expected }),
      role: threshold === undefined ? 'grades' : 'decides',
      score: async (input) => {
        const pair = read(input);
        if ('outcome' in pair) return pair.outcome;
        const found = emptyPair(pair) ?? (await nearest(pair, embedder, measure, input.signal));
        if (!('similarity' in found)) return found;
        const { similarity, costUsd } = found;
        const value = Math.min(1, Math.max(0, (similarity - rescaleFrom) / (1 - rescaleFrom)));
        const shown = `Similarity (${measure}) ${digits(similarity)}`;
        const reason = rescaleFrom === 0 ? `${shown}.` : `${shown}, rescaled to ${digits(value)}.`;
        return {
          ...graded(value, threshold, reason),
          details: { similarity },
          ...(costUsd === undefined ? {} : { costUsd }),
        };
      },
    };
  },
});

type Found = { readonly similarity: number; readonly costUsd?: number | null };

/** No model embeds nothing: two empty texts are the same, and one is not near to another text. */
function emptyPair({ output, references }: TextPair): Found | null {
  const empty = references.filter((reference) => reference.trim() === '').length;
  if (output.trim() === '') return { similarity: empty > 0 ? 1 : 0 };
  return empty === references.length ? { similarity: 0 } : null;
}

async function nearest(
  { output, references }: TextPair,
  { embed }: Embedder,
  measure: Measure,
  signal: AbortSignal,
): Promise<Found | ScoreOutcome> {
  try {
    const texts = [output, ...references.filter((reference) => reference.trim() !== '')];
    const { vectors, costUsd } = await embed(texts, signal);
    const [own = new Float64Array(), ...others] = vectors;
    const known = others.map((other) => vectorSimilarity(own, other, measure)).filter((one) => one !== null);
    if (known.length === 0) return { ...unscored('The vectors cannot be compared.'), costUsd };
    return { similarity: Math.max(...known), costUsd };
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    return { outcome: 'error', reason: [error.message, error.remedy].filter(Boolean).join(' ') };
  }
}
