import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import * as fields from '../optionFields.ts';
import { graded, unscored } from '../outcome.ts';
import { pickOutput } from '../pickOutput.ts';
import { signature } from '../signature.ts';
import { MAX_VARIETY_WORDS, ngramVariety } from '../text/ngramVariety.ts';
import { asText, sentence } from '../textMetric.ts';
import { count, digits } from '../words.ts';

export const distinctN = defineMetric({
  kind: 'distinct-n',
  family: 'overlap',
  summary: 'How varied one output is: different sequences of n words by all of them, 0..1.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source: 'Li et al. (2016) within each output; words in lower case, Chinese, Japanese and Thai by the character.',
  options: () =>
    z.strictObject({
      n: z.int().min(1).max(9).optional().meta({ description: 'Words of a sequence; by default 2.' }),
      path: fields.path,
      threshold: fields.textFields.threshold,
    }),
  shorthand: 'n',
  create: ({ n = 2, path, threshold }) => ({
    signature: signature('distinct-n', { path, n, tok: 'unicode', case: 'lc' }),
    role: threshold === undefined ? 'grades' : 'decides',
    score: (input) => {
      const picked = pickOutput(input, path);
      if ('broken' in picked) return graded(0, threshold, sentence(picked.broken));
      const variety = ngramVariety(asText(picked.value), n);
      if (variety === null) return unscored(`The output is too long: it has more than ${MAX_VARIETY_WORDS} words.`);
      const { distinct, total } = variety;
      if (total === 0) return unscored(`The output has fewer than ${count(n, 'word')}.`);
      const value = distinct / total;
      return graded(value, threshold, `Distinct-${n} ${digits(value)}: ${distinct} different of ${total} ${n}-grams.`);
    },
  }),
});
