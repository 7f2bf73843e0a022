import * as z from 'zod';
import type { JudgeReply } from '../../judge/judge.ts';
import { readChoice, readYesNo, yesNoInProse } from '../../judge/readAnswer.ts';
import { readVerdict } from '../../judge/readVerdict.ts';
import { defineJudged } from './judgedMetric.ts';
import { reasonIn } from './readRubric.ts';

const LETTERS = ['A', 'B', 'C', 'D', 'E'] as const;
type Letter = (typeof LETTERS)[number];

const RELATIONS: {
  readonly [letter in Letter]: { readonly name: string; readonly words: string; readonly score: number };
} = {
  A: { name: 'subset', words: 'a part of the expected facts, and nothing against them', score: 0.4 },
  B: { name: 'superset', words: 'all of the expected facts and more, and nothing against them', score: 0.6 },
  C: { name: 'same', words: 'the same facts', score: 1 },
  D: { name: 'disagree', words: 'facts that contradict the expected ones', score: 0 },
  E: { name: 'immaterial', words: 'other words, but no difference in the facts', score: 1 },
};

type Scores = { readonly [name: string]: number | undefined };

export const factuality = defineJudged<{ readonly scores?: Scores | undefined }>({
  kind: 'factuality',
  family: 'judge',
  summary:
    'A judge says how the facts of the output relate to those that are expected: five relations, each with a score.',
  source: 'The relations A to E of OpenAI Evals; by default the scores of autoevals.',
  needs: ['expected'],
  fields: () => ({
    scores: z
      .strictObject(
        Object.fromEntries(Object.values(RELATIONS).map(({ name }) => [name, z.number().min(0).max(1).optional()])),
      )
      .optional()
      .meta({ description: 'Scores of your own, e.g. `{ subset: 0.5, superset: 1 }`.' }),
  }),
  parts: ({ scores = {} }) => ({ scores: LETTERS.map((letter) => scoreOf(letter, scores)) }),
  read: ({ text }, _texts, { scores = {} }) => {
    const { choice, reason } = readLetter(text, LETTERS);
    if (choice === null) return null;
    const { words } = RELATIONS[choice];
    return { value: scoreOf(choice, scores), passed: null, reason: `The output states ${words}. ${reason}` };
  },
});

function scoreOf(letter: Letter, scores: Scores): number {
  const { name, score } = RELATIONS[letter];
  return scores[name] ?? score;
}

export const closedQa = defineJudged<{ readonly criteria: string }>({
  kind: 'closed-qa',
  family: 'judge',
  summary: 'A judge answers yes or no: does the output to this question meet the criterion.',
  source: 'The closed question of OpenAI Evals (ClosedQA); own prompt.',
  shorthand: 'criteria',
  saysPass: true,
  fields: () => ({ criteria: z.string().trim().min(1).meta({ description: 'A criterion that is met or not.' }) }),
  vars: ({ criteria }) => ({ criteria }),
  read: ({ text }: JudgeReply) => {
    const { object, text: words } = readVerdict(text);
    const yes = object ? readYesNo(object['choice']) : yesNoInProse(words);
    if (yes === null) return null;
    return { value: yes ? 1 : 0, passed: yes, reason: reasonIn(object?.['reason'], words) };
  },
});

/** `{ reason, choice }`, or a letter in words. */
export function readLetter<Choice extends string>(
  answer: string,
  choices: readonly Choice[],
): { readonly choice: Choice | null; readonly reason: string } {
  const { object, text } = readVerdict(answer);
  const found = readChoice(object ? object['choice'] : text, choices);
  return { choice: choices.find((one) => one === found) ?? null, reason: reasonIn(object?.['reason'], text) };
}
