import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import * as fields from '../optionFields.ts';
import { scoreErrors } from '../scoreErrors.ts';
import { signature } from '../signature.ts';
import { corpusOfPairs, type TextPair, textPair } from '../textMetric.ts';
import { count, digits } from '../words.ts';
import { preparedTokens, tokenFields } from './bleuTokenizer.ts';
import { MAX_TER_WORDS, translationEdits } from './translationEdits.ts';

export const ter = defineMetric({
  kind: 'ter',
  family: 'overlap',
  summary:
    "Translation edit rate: words to insert, delete, replace or move in blocks, per expected word. May exceed 1; a run's value is corpus TER.",
  direction: 'lower',
  level: 'corpus',
  range: [0, null],
  source: 'Snover et al. (2006) as in sacreBLEU 2.6.0: sentence_ter for a row, corpus_ter for a run, divided by 100.',
  options: () => z.strictObject({ ...fields.errorFields, ...tokenFields }),
  shorthand: 'expected',
  create: ({ tokenize = 'auto', lowercase = true, ...given }) => {
    const read = textPair(given);
    if ('error' in read) return read;
    const wordsOf = (text: string) => preparedTokens(text, tokenize, lowercase, 'none');
    const measure = ({ output, references }: TextPair): Count | string => {
      const words = wordsOf(output);
      const divided = references.map(wordsOf);
      if (divided.every((reference) => reference.length === 0)) return 'The expected text has no words.';
      if ([words, ...divided].some(({ length }) => length > MAX_TER_WORDS))
        return `The texts are too long for TER: it is for texts of up to ${MAX_TER_WORDS} words.`;
      const edits = Math.min(...divided.map((reference) => translationEdits(words, reference)));
      const length = divided.reduce((sum, reference) => sum + reference.length, 0) / divided.length;
      return { edits, length };
    };
    return {
      signature: signature('ter', {
        path: given.path,
        expected: given.expected,
        tok: tokenize,
        case: lowercase ? 'lc' : 'mixed',
      }),
      role: given.max === undefined ? 'measures' : 'decides',
      score: scoreErrors(read, given.max, (pair) => {
        const counted = measure(pair);
        if (typeof counted === 'string') return counted;
        const value = rate(counted);
        const said = `${count(counted.edits, 'edit')} on ${digits(counted.length)} expected words`;
        return { value, reason: `TER ${digits(value)}: ${said}` };
      }),
      corpus: corpusOfPairs(read, measure, add, rate),
    };
  },
});

type Count = { readonly edits: number; readonly length: number };

function add(sum: Count, one: Count): Count {
  return { edits: sum.edits + one.edits, length: sum.length + one.length };
}

function rate({ edits, length }: Count): number {
  return edits / length;
}
