import * as z from 'zod';
import { defineClaims } from './claimShare.ts';

const noun = 'instruction';
const words = { followed: 'for', 'not-followed': 'against' } as const;
const source = 'As DeepEval defines it: instructions followed by all; own prompt.';

export const promptAlignment = defineClaims<{ readonly instructions: readonly string[] }>({
  kind: 'prompt-alignment',
  family: 'judge',
  summary: 'The share of a list of instructions that the output follows.',
  source,
  shorthand: 'instructions',
  noun,
  words,
  fields: () => ({
    instructions: z.array(z.string().trim().min(1)).min(1).max(50).meta({ description: 'Sentences on how to answer.' }),
  }),
  vars: ({ instructions }) => ({ instructions: numberedOf(instructions) }),
  numbered: (_texts, { instructions }) => numberedOf(instructions),
});

export const instructionsFollowed = defineClaims({
  kind: 'instructions-followed',
  family: 'judge',
  summary: 'The share of the instructions in the system message that the output follows.',
  source: `${source} The judge finds the instructions.`,
  needs: ['system'],
  noun,
  words,
});

function numberedOf(instructions: readonly string[]): { number: number; text: string }[] {
  return instructions.map((text, index) => ({ number: index + 1, text }));
}
