import * as z from 'zod';
import { bounded, boundsRole, brokenBounded } from '../bounds.ts';
import { defineMetric } from '../defineMetric.ts';
import * as fields from '../optionFields.ts';
import { unscored } from '../outcome.ts';
import { pickOutput } from '../pickOutput.ts';
import { shareLimit } from '../shareLimit.ts';
import { signature } from '../signature.ts';
import { MAX_VARIETY_WORDS, ngramVariety } from '../text/ngramVariety.ts';
import { asText, sentence } from '../textMetric.ts';
import { count, digits } from '../words.ts';

export const repetitionRate = defineMetric({
  kind: 'repetition-rate',
  family: 'style',
  summary: 'How much the output repeats itself: the share of its sequences of n words that stood there before, 0..1.',
  direction: 'lower',
  level: 'row',
  range: [0, 1],
  source:
    'seq-rep-n of Welleck et al. (2020): 1 - different n-grams / all; words in lower case, Chinese, Japanese and Thai by the character.',
  options: () =>
    z.strictObject({
      n: z.int().min(1).max(9).optional().meta({ description: 'Words of a sequence; by default 4.' }),
      max: shareLimit(),
      path: fields.path,
    }),
  shorthand: 'max',
  create: ({ n = 4, max, path }) => ({
    signature: signature('repetition-rate', { path, n, max, tok: 'unicode', case: 'lc' }),
    role: boundsRole({ max }),
    score: (input) => {
      const picked = pickOutput(input, path);
      if ('broken' in picked) return brokenBounded(sentence(picked.broken), { max });
      const variety = ngramVariety(asText(picked.value), n);
      if (variety === null) return unscored(`The output is too long: it has more than ${MAX_VARIETY_WORDS} words.`);
      const { distinct, total } = variety;
      if (total === 0) return unscored(`The output has fewer than ${count(n, 'word')}.`);
      const repeated = total - distinct;
      const value = repeated / total;
      return bounded(value, { max }, `${digits(value)}: ${repeated} of ${total} ${n}-grams stood there before`);
    },
  }),
});
