import type { Numbered } from '../../judge/readClaims.ts';
import { defineClaims } from './claimShare.ts';
import { defineJudged } from './judgedMetric.ts';
import { type JudgedTexts, varsOf } from './judgedTexts.ts';
import { readRubric } from './readRubric.ts';
import { presetRubric } from './rubric.ts';

const family = 'agent';

export const taskCompletion = presetRubric(
  'task-completion',
  'A judge says how far the task of the user was completed.',
  'The task that the user gave was completed: what was asked for is there, as far as the conversation and the calls in it show. What was only announced is not done.',
  { family, prompt: 'trajectory' },
);

export const planQuality = presetRubric(
  'plan-quality',
  'A judge says whether the plan is complete, ordered and feasible.',
  'The plan leads to what the user asked for: no step is missing, the order is right, every step can be done with the functions on offer, and nothing in it is superfluous.',
  { family, prompt: 'trajectory' },
);

export const stepEfficiency = defineClaims({
  kind: 'step-efficiency',
  family,
  summary: 'The share of the steps towards the task that were needed.',
  source: 'As DeepEval names it; own prompt and definition: needed steps of all steps.',
  noun: 'step',
  words: { needed: 'for', 'not-needed': 'against' },
});

export const argumentCorrectness = defineClaims({
  kind: 'argument-correctness',
  family,
  summary: 'The share of the calls of functions whose arguments are right for what was asked.',
  source: 'As DeepEval defines it; own prompt.',
  needs: ['tool-calls'],
  noun: 'call',
  words: { correct: 'for', incorrect: 'against' },
  numbered: numberedCalls,
});

export const planAdherence = presetRubric(
  'plan-adherence',
  'A judge says whether the assistant did what it had planned.',
  'The assistant did what it had planned or announced: each step of its plan was taken, in its order, and steps beyond the plan have a reason that what was found in between gives. Without any plan the criteria are not met.',
  { family, prompt: 'trajectory' },
);

export const trajectoryAccuracy = presetRubric(
  'trajectory-accuracy',
  'A judge says whether the steps make sense: each follows from those before, leads on, and is no detour.',
  'Each step follows sensibly from those before it, brings the task forward, and takes no needless detour. The whole is a sound way to what the user asked for, even where another one would do.',
  { family, prompt: 'trajectory' },
);

export const goalSuccess = defineJudged({
  kind: 'goal-success',
  family,
  summary: 'A judge says whether the end of the conversation is the goal that the case expects.',
  source: 'Agent goal accuracy with a reference as Ragas names it; own prompt, judged as a rubric.',
  saysPass: true,
  needs: ['expected'],
  vars: () => ({ criteria: REACHED }),
  consult: (texts, own) => (ask) => ask({ ...varsOf(texts, own), goal: texts.expected }, readRubric),
});

const REACHED =
  'At the end of the conversation the goal is reached: what it describes is the case, as far as the turns and the calls in them show. Another way to it is fine; what was only announced is not reached.';

export const toolSelection = defineClaims({
  kind: 'tool-selection',
  family,
  summary: 'The share of the calls that were the right function to call at their point.',
  source: 'The selection part of tool use as DeepEval defines it, call by call; own prompt.',
  needs: ['tool-calls'],
  noun: 'call',
  words: { right: 'for', wrong: 'against' },
  numbered: numberedCalls,
});

export const toolUse = defineClaims({
  kind: 'tool-use',
  family,
  summary: 'The smaller of two shares of the calls: those of the right function, and those with the right arguments.',
  source: 'min(selection, arguments) as DeepEval defines it, call by call; own prompt, both verdicts in one question.',
  needs: ['tool-calls'],
  noun: 'call',
  words: { right: 'for', 'wrong-function': 'against', 'wrong-arguments': 'against', 'wrong-both': 'against' },
  numbered: numberedCalls,
  value: (claims) => {
    const without = (...wrong: string[]) => claims.filter(({ verdict }) => !wrong.includes(verdict)).length;
    const selected = without('wrong-function', 'wrong-both');
    const filled = without('wrong-arguments', 'wrong-both');
    return Math.min(selected, filled) / claims.length;
  },
});

function numberedCalls({ toolCalls }: JudgedTexts): Numbered {
  return toolCalls.map(({ number, name, arguments: given }) => ({ number, text: `${name}(${given})` }));
}
