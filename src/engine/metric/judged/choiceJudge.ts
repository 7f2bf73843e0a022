import * as z from 'zod';
import type { Finding } from '../../judge/askJudges.ts';
import type { JudgeReply } from '../../judge/judge.ts';
import { readLetter } from './choices.ts';
import { defineJudged } from './judgedMetric.ts';

/** Names of answers with what each is worth, 0..1. */
export type ChoiceScores = { readonly [name: string]: number };

const scoresField = z.record(z.string().trim().min(1).max(100), z.number().min(0).max(1));

export const judgedChoice = defineJudged<{ readonly criteria: string; readonly choices: ChoiceScores }>({
  kind: 'judged-choice',
  family: 'judge',
  summary: 'A judge answers a question about the output by one of several answers, each with a score of yours.',
  source: 'A classifier by a model, as autoevals has it for humor, security and others; own prompt.',
  prompt: 'choice',
  fields: () => ({
    criteria: z.string().trim().min(1).meta({ description: 'The question, e.g. `Is the output funny?`.' }),
    choices: scoresField.meta({ description: 'The answers and their scores, e.g. `{ yes: 1, unsure: 0.5, no: 0 }`.' }),
  }),
  check: ({ choices }) => (Object.keys(choices).length < 2 ? 'Give at least two `choices`.' : null),
  vars: ({ criteria, choices }) => ({ criteria, choices: Object.keys(choices).map((name) => ({ name })) }),
  parts: ({ choices }) => ({ scores: choices }),
  read: (reply, _texts, { choices }) => readScored(reply, choices),
});

const NLI = {
  entailment: { score: 1, words: 'whoever believes the expected text must believe the output' },
  neutral: { score: 0, words: 'the expected text leaves open whether the output is true' },
  contradiction: { score: 0, words: 'the output cannot be true where the expected text is' },
};
type NliScores = { readonly [relation in keyof typeof NLI]?: number | undefined };

export const nliEntailment = defineJudged<{ readonly scores?: NliScores | undefined }>({
  kind: 'nli-entailment',
  family: 'semantic',
  summary: 'A judge says whether the output follows from the expected text, contradicts it, or neither.',
  source:
    'The three relations of natural language inference (Bowman et al. 2015, SNLI), by a judge in place of a trained classifier; own prompt.',
  prompt: 'choice',
  needs: ['expected'],
  fields: () => ({
    scores: z
      .strictObject({
        entailment: z.number().min(0).max(1).optional(),
        neutral: z.number().min(0).max(1).optional(),
        contradiction: z.number().min(0).max(1).optional(),
      })
      .optional()
      .meta({ description: 'Scores of your own; by default entailment 1, neutral 0, contradiction 0.' }),
  }),
  vars: () => ({
    criteria: 'How does the output relate to the expected text, taken word for word and without what you know?',
    choices: Object.entries(NLI).map(([name, { words }]) => ({ name, words: `(${words})` })),
  }),
  parts: ({ scores }) => ({ scores: nliScores(scores) }),
  read: (reply, _texts, { scores }) => readScored(reply, nliScores(scores)),
});

function nliScores(own: NliScores = {}): ChoiceScores {
  const names = ['entailment', 'neutral', 'contradiction'] as const;
  return Object.fromEntries(names.map((name) => [name, own[name] ?? NLI[name].score]));
}

export const contextSufficiency = defineJudged({
  kind: 'context-sufficiency',
  family: 'rag',
  summary: 'A judge says whether the contexts hold what is needed to answer the question.',
  source: 'As MLflow names it: yes or no by the contexts alone; own prompt.',
  prompt: 'choice',
  saysPass: true,
  needs: ['contexts'],
  vars: () => ({
    criteria:
      'Do the contexts alone hold everything that is needed to answer the question, and to state the expected answer where there is one?',
    choices: [{ name: 'sufficient' }, { name: 'insufficient' }],
    withoutOutput: true,
  }),
  read: (reply) => {
    const found = readScored(reply, { sufficient: 1, insufficient: 0 });
    return found && { ...found, passed: found.value === 1 };
  },
});

/** The answer that was chosen and what it is worth; null when it is none of them. */
export function readScored({ text }: Pick<JudgeReply, 'text'>, scores: ChoiceScores): Finding | null {
  const { choice, reason } = readLetter(text, Object.keys(scores));
  if (choice === null) return null;
  return { value: scores[choice] ?? 0, passed: null, reason: `Chosen: ${choice}. ${reason}` };
}
