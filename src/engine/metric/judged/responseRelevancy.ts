import * as z from 'zod';
import { isJsonObject } from '../../json.ts';
import type { Finding, Unreadable } from '../../judge/askJudges.ts';
import { readYesNo } from '../../judge/readAnswer.ts';
import { readVerdict } from '../../judge/readVerdict.ts';
import { count, digits, quote } from '../words.ts';
import { defineJudged } from './judgedMetric.ts';
import { varsOf } from './judgedTexts.ts';
import { nearness } from './nearness.ts';

const QUESTIONS = 3;
type Guess = { readonly question: string; readonly noncommittal: boolean };

export const responseRelevancy = defineJudged<{ readonly model: string; readonly questions?: number | undefined }>({
  kind: 'response-relevancy',
  family: 'rag',
  summary:
    'A judge writes questions that the output would answer; how near they are to the question that was asked, by the vectors of a model.',
  source:
    'Response relevancy as Ragas defines it: the mean cosine, times 0 when every question is evaded. Kept within 0..1; all questions in one answer.',
  usesEmbeddings: true,
  fields: () => ({
    model: z.string().trim().min(1).meta({ description: 'The model that embeds, e.g. openai/text-embedding-3-small.' }),
    questions: z
      .int()
      .min(1)
      .max(10)
      .optional()
      .meta({ description: `How many questions; by default ${QUESTIONS}.` }),
  }),
  vars: ({ questions = QUESTIONS }) => ({ count: questions }),
  parts: ({ model }) => ({ model }),
  prepare: ({ model, questions = QUESTIONS }, { findEmbedder }) => {
    const embedder = findEmbedder(model);
    if ('error' in embedder) return embedder;
    return (texts, own, { signal }) =>
      async (ask): Promise<Finding | Unreadable> => {
        if (texts.question.trim() === '') return nothing('The case has no question.');
        if (texts.output.trim() === '') return { value: 0, passed: null, reason: 'The output is empty.' };
        const guesses = await ask(varsOf(texts, own), ({ text }) => readGuesses(text, questions));
        if ('unreadable' in guesses) return guesses;
        const claims = guesses.map(({ question, noncommittal }) => ({
          claim: question,
          verdict: noncommittal ? 'evaded' : 'answered',
          side: noncommittal ? ('against' as const) : ('for' as const),
          reason: '',
        }));
        if (guesses.every(({ noncommittal }) => noncommittal))
          return { value: 0, passed: null, reason: 'The output commits to nothing.', claims };
        const { mean, costUsd } = await nearness(
          texts.question,
          guesses.map(({ question }) => question),
          embedder,
          model,
          signal,
        );
        if (mean === null) return { ...nothing('The vectors cannot be compared.'), costUsd };
        const reason = `Mean similarity ${digits(mean)} of ${count(guesses.length, 'question')}, e.g. ${quote(guesses[0]?.question ?? '')}.`;
        return { value: Math.min(1, Math.max(0, mean)), passed: null, reason, claims, costUsd };
      };
  },
});

function nothing(reason: string): Finding {
  return { value: null, passed: null, reason };
}

/** As many questions as were asked for; null when they are fewer, or not told whether they are evaded. */
function readGuesses(answer: string, wanted: number): readonly Guess[] | null {
  const { object, cut } = readVerdict(answer);
  const list = object?.['questions'];
  if (cut || !Array.isArray(list) || list.length < wanted) return null;
  const read = list.slice(0, wanted).map((item) => {
    if (!isJsonObject(item)) return null;
    const { question } = item;
    const noncommittal = readYesNo(item['noncommittal']);
    const isQuestion = typeof question === 'string' && question.trim() !== '';
    return isQuestion && noncommittal !== null ? { question, noncommittal } : null;
  });
  return read.every((one) => one !== null) ? read : null;
}
