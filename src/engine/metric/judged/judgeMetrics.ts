import * as agent from './agent.ts';
import { answerCorrectness, factualCorrectness } from './answerCorrectness.ts';
import { contextSufficiency, judgedChoice, nliEntailment } from './choiceJudge.ts';
import * as choices from './choicePresets.ts';
import { closedQa, factuality } from './choices.ts';
import * as conversation from './conversation.ts';
import { criteria } from './criteria.ts';
import { decisionGraph } from './decisionGraph.ts';
import { gEval } from './gEval.ts';
import { pairwise } from './pairwise.ts';
import { instructionsFollowed, promptAlignment } from './promptAlignment.ts';
import * as rag from './rag.ts';
import { responseRelevancy } from './responseRelevancy.ts';
import { rubric } from './rubric.ts';
import * as presets from './rubricPresets.ts';
import * as safety from './safetyJudges.ts';
import * as summaries from './summaries.ts';
import * as turnRag from './turnRag.ts';
import { turnRelevancy } from './turnRelevancy.ts';
import { answerAccuracy, contextRelevance, groundedness } from './twoViews.ts';

export const JUDGE_METRICS = [
  rubric,
  criteria,
  gEval,
  judgedChoice,
  decisionGraph,
  factuality,
  closedQa,
  promptAlignment,
  instructionsFollowed,
  presets.correctness,
  presets.equivalence,
  presets.conciseness,
  presets.helpfulness,
  presets.coherence,
  presets.translation,
  presets.sqlEquivalence,
  summaries.summarisation,
  summaries.summaryQuestions,
  pairwise,
  choices.battle,
  choices.humor,
  choices.possible,
  choices.security,
  nliEntailment,
  rag.answerRelevance,
  responseRelevancy,
  answerCorrectness,
  factualCorrectness,
  answerAccuracy,
  rag.faithfulness,
  groundedness,
  rag.hallucination,
  rag.contextPrecision,
  rag.contextRecall,
  rag.contextEntityRecall,
  rag.contextRelevancy,
  contextRelevance,
  contextSufficiency,
  rag.noiseSensitivity,
  rag.citationAccuracy,
  rag.citationRecall,
  conversation.knowledgeRetention,
  conversation.roleAdherence,
  turnRelevancy,
  conversation.conversationCoherence,
  conversation.conversationCompleteness,
  conversation.topicAdherence,
  conversation.userFrustration,
  turnRag.turnFaithfulness,
  turnRag.turnContextPrecision,
  turnRag.turnContextRecall,
  turnRag.turnContextRelevancy,
  agent.taskCompletion,
  agent.goalSuccess,
  agent.planQuality,
  agent.planAdherence,
  agent.trajectoryAccuracy,
  agent.stepEfficiency,
  agent.toolSelection,
  agent.argumentCorrectness,
  agent.toolUse,
  safety.toxicity,
  safety.bias,
  safety.stereotypes,
  safety.harmfulness,
  safety.hate,
  safety.insensitivity,
  safety.criminality,
  safety.piiLeakage,
  safety.misuse,
  safety.nonAdvice,
  safety.roleViolation,
];
