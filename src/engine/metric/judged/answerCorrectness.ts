import * as z from 'zod';
import type { Finding, Unreadable } from '../../judge/askJudges.ts';
import type { JudgedClaim } from '../../judge/evidence.ts';
import { digits } from '../words.ts';
import { type ClaimKind, claimReader, defineClaims } from './claimShare.ts';
import { defineJudged } from './judgedMetric.ts';
import { varsOf } from './judgedTexts.ts';
import { nearness } from './nearness.ts';

const WORDS = { 'true-positive': 'for', 'false-positive': 'against', 'false-negative': 'against' } as const;
const MODES = {
  description: 'f1 (default); precision: the share of what is said; recall: of what is expected.',
};
type Mode = 'precision' | 'recall' | 'f1';
type Correctness = {
  readonly mode?: Mode | undefined;
  readonly model?: string | undefined;
  readonly weight?: number | undefined;
};

const CLAIMS: Pick<ClaimKind<Correctness>, 'noun' | 'words' | 'value'> = {
  noun: 'claim',
  words: WORDS,
  value: (claims, { mode = 'f1' }) => shareBy(claims, mode, 1),
};
const SIMILARITY_WEIGHT = 0.25;

export const answerCorrectness = defineJudged<Correctness>({
  kind: 'answer-correctness',
  family: 'rag',
  summary:
    'F1 of the claims in the output and in the expected answer; or only their precision or recall. With `model`, weighed with the similarity of both.',
  source:
    'Answer correctness as Ragas defines it: with a model that embeds, 0.75 x F1 + 0.25 x cosine, else its factual part alone; own prompt, claims and verdicts in one question.',
  needs: ['expected'],
  usesEmbeddings: true,
  fields: () => ({
    mode: z.enum(['precision', 'recall', 'f1']).optional().meta(MODES),
    model: z.string().trim().min(1).optional().meta({
      description: 'A model that embeds, e.g. openai/text-embedding-3-small: the similarity counts as well.',
    }),
    weight: z
      .number()
      .gt(0)
      .lt(1)
      .optional()
      .meta({
        description: `The weight of the similarity; by default ${SIMILARITY_WEIGHT}. The claims have the rest.`,
      }),
  }),
  check: ({ model, weight }) =>
    model === undefined && weight !== undefined ? 'A `weight` of the similarity needs a `model` that embeds.' : null,
  parts: ({ mode, model, weight = SIMILARITY_WEIGHT }) => ({
    mode: mode === 'f1' ? undefined : mode,
    ...(model === undefined ? {} : { model, weight }),
  }),
  prepare: (options, { findEmbedder }) => {
    const { model, weight = SIMILARITY_WEIGHT } = options;
    const embedder = model === undefined ? null : findEmbedder(model);
    if (embedder !== null && 'error' in embedder) return embedder;
    const read = claimReader(CLAIMS);
    return (texts, own, { signal }) =>
      async (ask): Promise<Finding | Unreadable> => {
        const found = await ask(varsOf(texts, own), (reply) => read(reply, texts, options));
        if (embedder === null || model === undefined || 'unreadable' in found || found.value === null) return found;
        const { output, expected } = texts;
        // No model embeds nothing.
        if (output.trim() === '' || expected.trim() === '') return weighed(found, 0, weight);
        const { mean, costUsd } = await nearness(output, [expected], embedder, model, signal);
        if (mean === null) return { value: null, passed: null, reason: 'The vectors cannot be compared.', costUsd };
        return { ...weighed(found, Math.min(1, Math.max(0, mean)), weight), costUsd };
      };
  },
});

function weighed(found: Finding, similarity: number, weight: number): Finding {
  const claims = found.value ?? 0;
  const value = (1 - weight) * claims + weight * similarity;
  const reason = `${digits(value)} of claims ${digits(claims)} and similarity ${digits(similarity)}. ${found.reason}`;
  return { ...found, value, reason };
}

type Level = 'low' | 'high';
type Factual = {
  readonly mode?: Mode | undefined;
  readonly beta?: number | undefined;
  readonly atomicity?: Level | undefined;
  readonly coverage?: Level | undefined;
};

export const factualCorrectness = defineClaims<Factual>({
  kind: 'factual-correctness',
  family: 'rag',
  summary: 'Precision, recall or F-beta of the claims in the output held against those in the expected answer.',
  source:
    'Factual correctness as Ragas defines it, without its rounding; own prompt, which takes atomicity and coverage in words and not by examples, claims and verdicts in one question.',
  needs: ['expected'],
  noun: 'claim',
  words: WORDS,
  fields: () => ({
    mode: z.enum(['precision', 'recall', 'f1']).optional().meta(MODES),
    beta: z.number().gt(0).max(100).optional().meta({
      description: 'Of f1: over 1 recall counts for more, under 1 precision; by default 1.',
    }),
    atomicity: z.enum(['low', 'high']).optional().meta({
      description: 'How far sentences are taken apart: low (default) about one claim each, high one for every fact.',
    }),
    coverage: z.enum(['low', 'high']).optional().meta({
      description: 'low (default): the claims that matter; high: every claim that there is.',
    }),
  }),
  check: ({ mode = 'f1', beta }) => (beta !== undefined && mode !== 'f1' ? `\`beta\` is no part of ${mode}.` : null),
  vars: ({ atomicity = 'low', coverage = 'low' }) => ({
    atomicity: ATOMICITY[atomicity],
    coverage: COVERAGE[coverage],
  }),
  parts: ({ mode = 'f1', beta = 1 }) => ({ mode, ...(mode === 'f1' ? { beta } : {}) }),
  value: (claims, { mode = 'f1', beta = 1 }) => shareBy(claims, mode, beta),
});

const ATOMICITY: { readonly [level in Level]: string } = {
  low: 'Keep what one sentence says together as one claim, unless its parts could be right and wrong by themselves.',
  high: 'Take each sentence apart until no claim holds more than a single fact.',
};
const COVERAGE: { readonly [level in Level]: string } = {
  low: 'List the claims that matter, and leave out details and what is said in passing.',
  high: 'List every claim, details and what is said in passing among them.',
};

/** F-beta = (1 + b²) TP / ((1 + b²) TP + b² FN + FP), which for beta 1 is TP / (TP + (FP + FN) / 2). */
function shareBy(claims: readonly JudgedClaim[], mode: Mode, beta: number): number | null {
  const number = (word: keyof typeof WORDS) => claims.filter(({ verdict }) => verdict === word).length;
  const [found, extra, missed] = [number('true-positive'), number('false-positive'), number('false-negative')];
  const square = beta ** 2;
  const all = {
    precision: found + extra,
    recall: found + missed,
    f1: found + (square * missed + extra) / (1 + square),
  }[mode];
  return all === 0 ? null : found / all;
}
