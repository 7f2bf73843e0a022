import { argumentCorrectness, planQuality, stepEfficiency, taskCompletion } from './agent.ts';
import { closedQa, factuality } from './choices.ts';
import { knowledgeRetention, roleAdherence, turnRelevancy } from './conversation.ts';
import { criteria } from './criteria.ts';
import { gEval } from './gEval.ts';
import { pairwise } from './pairwise.ts';
import * as rag from './rag.ts';
import { rubric } from './rubric.ts';
import { coherence, conciseness, correctness, helpfulness } from './rubricPresets.ts';

export const JUDGE_METRICS = [
  rubric,
  criteria,
  gEval,
  factuality,
  closedQa,
  correctness,
  conciseness,
  helpfulness,
  coherence,
  rag.summarisation,
  pairwise,
  rag.answerRelevance,
  rag.answerCorrectness,
  rag.faithfulness,
  rag.hallucination,
  rag.contextPrecision,
  rag.contextRecall,
  rag.contextRelevancy,
  rag.noiseSensitivity,
  rag.citationAccuracy,
  knowledgeRetention,
  roleAdherence,
  turnRelevancy,
  taskCompletion,
  planQuality,
  stepEfficiency,
  argumentCorrectness,
];
