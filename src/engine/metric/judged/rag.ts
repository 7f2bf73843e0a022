import * as z from 'zod';
import type { JudgedClaim } from '../../judge/evidence.ts';
import { type ClaimKind, defineClaims } from './claimShare.ts';
import type { JudgedOptions } from './judgedMetric.ts';

const family = 'rag';
const RAGAS =
  'Es et al. (2024), RAGAS, EACL 2024 Demonstrations, 150-158; own prompt, claims and verdicts in one question.';
const DEEPEVAL = 'As DeepEval defines it; own prompt, parts and verdicts in one question.';

export const FAITHFULNESS: ClaimKind<JudgedOptions> = {
  kind: 'faithfulness',
  family,
  summary: 'The share of the claims in the output that the contexts support.',
  source: RAGAS,
  needs: ['contexts'],
  noun: 'claim',
  words: { supported: 'for', unsupported: 'against' },
};
export const faithfulness = defineClaims(FAITHFULNESS);

export const CONTEXT_PRECISION: ClaimKind<JudgedOptions> = {
  kind: 'context-precision',
  family,
  summary: 'How far up the relevant contexts stand: average precision over their ranks; 0 when none is relevant.',
  source: 'Average precision over the ranks, as Ragas takes it; own prompt.',
  needs: ['contexts'],
  noun: 'context',
  words: { relevant: 'for', irrelevant: 'against' },
  numbered: ({ contexts }) => contexts,
  value: averagePrecision,
};
export const contextPrecision = defineClaims(CONTEXT_PRECISION);

export const CONTEXT_RECALL: ClaimKind<JudgedOptions> = {
  kind: 'context-recall',
  family,
  summary: 'The share of the sentences of the expected answer that the contexts account for.',
  source: RAGAS,
  needs: ['contexts', 'expected'],
  noun: 'sentence',
  words: { attributable: 'for', 'not-attributable': 'against' },
};
export const contextRecall = defineClaims(CONTEXT_RECALL);

export const CONTEXT_RELEVANCY: ClaimKind<JudgedOptions> = {
  kind: 'context-relevancy',
  family,
  summary: 'The share of the statements in the contexts that matter for the question.',
  source: DEEPEVAL,
  needs: ['contexts'],
  noun: 'statement',
  words: { relevant: 'for', irrelevant: 'against' },
};
export const contextRelevancy = defineClaims(CONTEXT_RELEVANCY);

export const hallucination = defineClaims({
  kind: 'hallucination',
  family,
  summary: 'The share of the contexts that the output contradicts; lower is better.',
  source: DEEPEVAL,
  direction: 'lower',
  needs: ['contexts'],
  noun: 'context',
  words: { consistent: 'for', contradicted: 'against' },
  numbered: ({ contexts }) => contexts,
});

export const noiseSensitivity = defineClaims<{ readonly from?: 'any' | 'relevant' | 'irrelevant' | undefined }>({
  kind: 'noise-sensitivity',
  family,
  summary: 'The share of the claims in the output that are wrong and come from the contexts; lower is better.',
  source: 'As Ragas defines it; own prompt, claims and verdicts in one question.',
  direction: 'lower',
  needs: ['contexts', 'expected'],
  noun: 'claim',
  words: {
    correct: 'for',
    'wrong-from-relevant': 'against',
    'wrong-from-irrelevant': 'against',
    'wrong-unsupported': 'neither',
  },
  fields: () => ({
    from: z.enum(['any', 'relevant', 'irrelevant']).optional().meta({
      description: 'Which contexts count: those that matter for the question, those that do not; by default any.',
    }),
  }),
  parts: ({ from = 'any' }) => ({ from }),
  value: (claims, { from = 'any' }) => {
    const counts = ({ verdict, side }: JudgedClaim) =>
      from === 'any' ? side === 'against' : verdict === `wrong-from-${from}`;
    return claims.filter(counts).length / claims.length;
  },
});

export const citationAccuracy = defineClaims({
  kind: 'citation-accuracy',
  family,
  summary: 'The share of the citations such as [2] in the output whose context supports what they stand behind.',
  source: 'Citation precision as in Gao et al. (2023), ALCE, EMNLP 2023, 6465-6488; own prompt.',
  needs: ['contexts'],
  noun: 'citation',
  words: { supports: 'for', 'does-not-support': 'against' },
});

export const citationRecall = defineClaims({
  kind: 'citation-recall',
  family,
  summary: 'The share of the statements in the output that the contexts which they cite support in full.',
  source:
    'Citation recall as in Gao et al. (2023), ALCE, EMNLP 2023, 6465-6488; own prompt. A statement without a citation is not supported.',
  needs: ['contexts'],
  noun: 'statement',
  words: { supported: 'for', unsupported: 'against' },
});

export const answerRelevance = defineClaims({
  kind: 'answer-relevance',
  family,
  summary: 'The share of the statements in the output that address the question.',
  source: DEEPEVAL,
  noun: 'statement',
  words: { relevant: 'for', irrelevant: 'against' },
});

export const contextEntityRecall = defineClaims({
  kind: 'context-entity-recall',
  family,
  summary: 'The share of the people, places, dates and the like in the expected answer that the contexts name.',
  source: 'Context entities recall as Ragas defines it; own prompt, entities and verdicts in one question.',
  needs: ['contexts', 'expected'],
  noun: 'entity',
  words: { present: 'for', absent: 'against' },
});

/** (1/R) Σ P@k over the ranks k of the R relevant ones; 0 when none is. */
function averagePrecision(claims: readonly JudgedClaim[]): number {
  let relevant = 0;
  let sum = 0;
  for (const [index, { side }] of claims.entries()) {
    if (side !== 'for') continue;
    relevant += 1;
    sum += relevant / (index + 1);
  }
  return relevant === 0 ? 0 : sum / relevant;
}
