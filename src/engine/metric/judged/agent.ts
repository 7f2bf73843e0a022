import { defineClaims } from './claimShare.ts';
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
  numbered: ({ toolCalls }) =>
    toolCalls.map(({ number, name, arguments: given }) => ({ number, text: `${name}(${given})` })),
});
