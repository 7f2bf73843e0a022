import * as z from 'zod';
import { defineClaims, shareFor } from './claimShare.ts';

const family = 'judge';
const CONCISENESS = 0.5;

export const summarisation = defineClaims({
  kind: 'summarisation',
  family,
  summary:
    'Of a summary the smaller of two shares: its claims that the text supports, the points of the text that it covers.',
  source: 'min(alignment, coverage) as DeepEval defines it; own prompt.',
  noun: 'part',
  words: { supported: 'for', unsupported: 'against', covered: 'for', missing: 'against' },
  value: (claims) => {
    const alignment = claims.filter(({ verdict }) => /supported$/.test(verdict));
    const coverage = claims.filter(({ verdict }) => !/supported$/.test(verdict));
    if (alignment.length === 0 || coverage.length === 0) return null;
    return Math.min(shareFor(alignment), shareFor(coverage));
  },
});

export const summaryQuestions = defineClaims<{ readonly conciseness?: number | undefined }>({
  kind: 'summary-questions',
  family,
  summary:
    'Of a summary the share of questions on the text that it answers, and how much shorter it is than the text, weighed together.',
  source:
    'The summarisation score of Ragas: answered x (1 - c) + (1 - length / length of the text) x c, in characters; own prompt, questions and verdicts in one question.',
  noun: 'question',
  words: { answered: 'for', unanswered: 'against' },
  fields: () => ({
    conciseness: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .meta({
        description: `c, the weight of being short; by default ${CONCISENESS}, as Ragas has it. 0 leaves it out.`,
      }),
  }),
  parts: ({ conciseness = CONCISENESS }) => ({ conciseness }),
  value: (claims, { conciseness = CONCISENESS }, { question, output }) => {
    const [text, own] = [[...question].length, [...output].length];
    if (text === 0) return null;
    return shareFor(claims) * (1 - conciseness) + (1 - Math.min(own, text) / text) * conciseness;
  },
});
