import * as z from 'zod';
import type { Json } from '../../json.ts';
import { defineMetric } from '../defineMetric.ts';
import * as fields from '../optionFields.ts';
import { binary, unscored } from '../outcome.ts';
import { foldText } from '../text/foldText.ts';
import { hasWord } from '../text/hasWord.ts';
import { quote } from '../words.ts';
import { checkPairs } from './checkPairs.ts';

const SOURCE =
  'Whole words or phrases, NFKC and case folding; in scripts without spaces anywhere. As IncludesWords and ExcludesWords of Evidently, without lemmas.';

const MODES = ['all', 'any'] as const;

export const includesWords = defineMetric({
  kind: 'includes-words',
  family: 'string',
  summary: 'The output has all words of a list, or any; as whole words, whatever the case.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source: SOURCE,
  options: () =>
    z.strictObject({
      expected: fields.expected,
      path: fields.path,
      mode: z.enum(MODES).optional().meta({ description: 'Whether all (default) or any of the words must be there.' }),
    }),
  shorthand: 'expected',
  create: ({ mode = 'all', ...options }) =>
    checkPairs('includes-words', options, { mode, norm: 'fold' }, ({ output, references }) => {
      const words = wordsOf(references);
      if (words.length === 0) return unscored('The list of words is empty.');
      const text = foldText(output);
      const absent = words.filter((word) => !hasWord(text, foldText(word)));
      const passed = mode === 'all' ? absent.length === 0 : absent.length < words.length;
      const found = `${words.length - absent.length} of ${words.length} words are there`;
      return binary(passed, absent.length === 0 ? `${found}.` : `${found}; not ${list(absent)}.`);
    }),
});

export const excludesWords = defineMetric({
  kind: 'excludes-words',
  family: 'string',
  summary: 'The output has no word or phrase of a list; as whole words, whatever the case.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source: SOURCE,
  options: () => z.strictObject({ expected: fields.expected, path: fields.path }),
  shorthand: 'expected',
  create: (options: { readonly expected?: Json | undefined; readonly path?: string | undefined }) =>
    checkPairs('excludes-words', options, { norm: 'fold' }, ({ output, references }) => {
      const words = wordsOf(references);
      if (words.length === 0) return unscored('The list of words is empty.');
      const text = foldText(output);
      const found = words.filter((word) => hasWord(text, foldText(word)));
      return found.length === 0
        ? binary(true, `None of ${words.length === 1 ? list(words) : `${words.length} words`} is there.`)
        : binary(false, `The output has ${list(found)}.`);
    }),
});

/** An empty word would be found everywhere. */
function wordsOf(references: readonly string[]): string[] {
  return references.filter((word) => foldText(word) !== '');
}

function list(words: readonly string[]): string {
  const shown = words.slice(0, 5).map(quote).join(', ');
  return words.length > 5 ? `${shown} and ${words.length - 5} more` : shown;
}
