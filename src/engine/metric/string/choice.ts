import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import * as fields from '../optionFields.ts';
import { binary, unscored } from '../outcome.ts';
import { quote } from '../words.ts';
import { answerLetters, writtenLetters } from './answerLetters.ts';
import { checkPairs } from './checkPairs.ts';

export const choice = defineMetric({
  kind: 'choice',
  family: 'string',
  summary: 'The letter that the output answers with is the expected one; "A,C" expects both and no other.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source:
    'As choice() and answer() of Inspect: the last "Answer: B" in one of several languages, else the letter that stands alone or first.',
  options: () =>
    z.strictObject({
      expected: fields.expected,
      path: fields.path,
      choices: z
        .string()
        .regex(/^[A-Za-z]{2,26}$/, 'the letters that may be answered, such as ABCD')
        .optional()
        .meta({ description: 'The letters that may be answered, such as ABCD; by default A to H.' }),
    }),
  shorthand: 'expected',
  create: ({ choices = 'ABCDEFGH', ...options }) => {
    const letters = choices.toUpperCase();
    return checkPairs('choice', options, { choices: letters }, ({ output, references }) => {
      const wanted = references.flatMap((text) => writtenLetters(text, letters) ?? []);
      if (wanted.length === 0)
        return unscored(`The expected value is none of the letters ${letters}; \`choices\` says which there are.`);
      const got = answerLetters(output, letters);
      const shown = wanted.slice(0, 3).join(' or ');
      if (got === null) return binary(false, `Expected ${shown}, but there is no letter in ${quote(output)}.`);
      return wanted.includes(got)
        ? binary(true, `Answered ${got} as expected.`)
        : binary(false, `Expected ${shown}, answered ${got}.`);
    });
  },
});
