import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import * as fields from '../optionFields.ts';
import { binary, unscored } from '../outcome.ts';
import { answerText } from '../text/answerText.ts';
import { quote } from '../words.ts';
import { checkPairs } from './checkPairs.ts';

export const fuzzyMatch = defineMetric({
  kind: 'fuzzy-match',
  family: 'string',
  summary: 'The output contains the expected answer, or is a part of it; case, punctuation and articles do not count.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source: 'FuzzyMatch of openai/evals; an output without a word matches nothing.',
  options: () => z.strictObject({ expected: fields.expected, path: fields.path }),
  shorthand: 'expected',
  create: (options) =>
    checkPairs('fuzzy-match', options, { norm: 'answer' }, ({ output, references }) => {
      const wanted = references
        .map((text) => ({ text, plain: plain(text) }))
        .filter((reference) => reference.plain !== '');
      if (wanted.length === 0) return unscored('The expected text has no words.');
      const got = plain(output);
      if (got === '') return binary(false, 'The output has no words.');
      const found = wanted.find((reference) => got.includes(reference.plain) || reference.plain.includes(got));
      const all = wanted.map(({ text }) => quote(text)).slice(0, 3);
      return found === undefined
        ? binary(false, `Neither is a part of the other: ${quote(output)} and ${all.join(', ')}.`)
        : binary(true, `One is a part of the other: ${quote(output)} and ${quote(found.text)}.`);
    }),
});

function plain(text: string): string {
  return answerText(text).replace(/\s+/g, ' ').trim();
}
