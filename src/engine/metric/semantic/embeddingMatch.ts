import * as z from 'zod';
import { ModelError } from '../../model/modelClient.ts';
import { defineMetric } from '../defineMetric.ts';
import type { ScoreOutcome } from '../metric.ts';
import { textFields } from '../optionFields.ts';
import { graded, unscored } from '../outcome.ts';
import { signature } from '../signature.ts';
import { segmentSentences, segmentWords } from '../text/segments.ts';
import { type TextPair, textPair } from '../textMetric.ts';
import { count, digits } from '../words.ts';
import type { Embedder } from './embedder.ts';
import { greedyMatch, type Match } from './greedyMatch.ts';

/** Every unit is compared with every other, and each is a text to embed. */
const MOST_UNITS = 300;
type Unit = 'sentence' | 'word';
type Mode = keyof Match;

export const embeddingMatch = defineMetric({
  kind: 'embedding-match',
  family: 'semantic',
  summary:
    'How well the sentences or words of the output match those of the expected text, each with the one that is nearest by the vectors of a model: F1, precision or recall.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source:
    'Greedy matching (Rus and Lintean 2012) with precision, recall and F1 as BERTScore has them (Zhang et al. 2020). It is no BERTScore: that one compares vectors of tokens in their contexts, which an API that embeds whole texts does not give; here each sentence or word is embedded by itself. The best of several references by the value that is asked for.',
  options: () =>
    z.strictObject({
      model: z.string().trim().min(1).meta({
        description: 'The model that embeds, e.g. openai/text-embedding-3-small.',
      }),
      ...textFields,
      unit: z.enum(['sentence', 'word']).optional().meta({ description: 'What is matched; by default sentences.' }),
      mode: z.enum(['f1', 'precision', 'recall']).optional().meta({
        description:
          'f1 (default); precision: how far what is said is expected; recall: how far what is expected is said.',
      }),
      rescaleFrom: z.number().min(0).lt(1).optional().meta({
        description:
          'What counts as 0, since unrelated texts are rarely at 0: (s - r) / (1 - r). By default not rescaled.',
      }),
    }),
  usesEmbeddings: true,
  create: (given, { tools }) => {
    const { model, unit = 'sentence', mode = 'f1', rescaleFrom = 0, threshold, path, expected } = given;
    const read = textPair(given);
    if ('error' in read) return read;
    const embedder = tools.findEmbedder(model);
    if ('error' in embedder) return embedder;
    return {
      signature: signature('embedding-match', { model, unit, mode, rescale: rescaleFrom, path, expected }),
      role: threshold === undefined ? 'grades' : 'decides',
      score: async (input) => {
        const pair = read(input);
        if ('outcome' in pair) return pair.outcome;
        const found = await matchOf(pair, { embedder, unit, mode }, input.signal);
        if (!('match' in found)) return found;
        const { match, costUsd } = found;
        const value = Math.min(1, Math.max(0, (match[mode] - rescaleFrom) / (1 - rescaleFrom)));
        const parts = `precision ${digits(match.precision)}, recall ${digits(match.recall)}, F1 ${digits(match.f1)}`;
        const scaled = rescaleFrom === 0 ? '' : `; ${mode} rescaled to ${digits(value)}`;
        return {
          ...graded(value, threshold, `By ${unit}s: ${parts}${scaled}.`),
          details: { ...match },
          ...(costUsd === undefined ? {} : { costUsd }),
        };
      },
    };
  },
});

type Found = { readonly match: Match; readonly costUsd?: number | null };
type Setting = { readonly embedder: Embedder; readonly unit: Unit; readonly mode: Mode };

async function matchOf(
  { output, references }: TextPair,
  { embedder, unit, mode }: Setting,
  signal: AbortSignal,
): Promise<Found | ScoreOutcome> {
  const ours = unitsOf(output, unit);
  const theirs = references.map((reference) => unitsOf(reference, unit));
  const most = Math.max(ours.length, ...theirs.map((units) => units.length));
  if (most > MOST_UNITS) return unscored(`There are ${count(most, unit)}, and at most ${MOST_UNITS} are matched.`);
  // Nothing matches nothing, and is no match of something.
  const filled = theirs.filter((units) => units.length > 0);
  if (ours.length === 0) return { match: evenly(filled.length < theirs.length ? 1 : 0) };
  if (filled.length === 0) return { match: evenly(0) };
  try {
    const texts = [...new Set([...ours, ...filled.flat()])];
    const { vectors, costUsd } = await embedder.embed(texts, signal);
    const byText = new Map(texts.map((text, at) => [text, vectors[at] ?? new Float64Array()]));
    const vectorsOf = (units: readonly string[]) => units.map((one) => byText.get(one) ?? new Float64Array());
    const own = vectorsOf(ours);
    const matches = filled.map((units) => greedyMatch(own, vectorsOf(units))).filter((match) => match !== null);
    const [first, ...others] = matches;
    if (first === undefined) return { ...unscored('The vectors cannot be compared.'), costUsd };
    return { match: others.reduce((best, one) => (one[mode] > best[mode] ? one : best), first), costUsd };
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    return { outcome: 'error', reason: [error.message, error.remedy].filter(Boolean).join(' ') };
  }
}

function unitsOf(text: string, unit: Unit): string[] {
  return unit === 'word' ? segmentWords(text) : segmentSentences(text).map((sentence) => sentence.trim());
}

function evenly(value: number): Match {
  return { precision: value, recall: value, f1: value };
}
