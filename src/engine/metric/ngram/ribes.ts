import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import * as fields from '../optionFields.ts';
import { graded, unscored } from '../outcome.ts';
import { signature } from '../signature.ts';
import { scorePairs, textPair } from '../textMetric.ts';
import { digits } from '../words.ts';
import { preparedTokens, tokenFields } from './bleuTokenizer.ts';
import { risingPairs, wordOrder } from './wordOrder.ts';

/** The search for contexts takes the cube of it at worst, for a text of one word over and over. */
const MAX_TOKENS = 500;

export const ribes = defineMetric({
  kind: 'ribes',
  family: 'overlap',
  summary:
    'RIBES, 0..1: how far the words stand in the order of the expected text, made for languages of another order.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source: `Isozaki et al. (2010) as in NLTK 3.10: the share of rising pairs of positions, times precision of words to the power alpha, times the penalty for short outputs to the power beta; the best of several expected texts. Texts of more than ${MAX_TOKENS} tokens are unscored.`,
  options: () =>
    z.strictObject({
      ...fields.textFields,
      ...tokenFields,
      alpha: z.number().min(0).optional().meta({ description: 'Weight of precision; by default 0.25.' }),
      beta: z.number().min(0).optional().meta({ description: 'Weight of the length; by default 0.1.' }),
    }),
  shorthand: 'expected',
  create: ({ tokenize = 'auto', lowercase = false, alpha = 0.25, beta = 0.1, ...given }) => {
    const read = textPair(given);
    if ('error' in read) return read;
    const tokens = (text: string) => preparedTokens(text, tokenize, lowercase);
    return {
      signature: signature('ribes', {
        ...{ path: given.path, expected: given.expected, tok: tokenize, case: lowercase ? 'lc' : 'mixed' },
        ...{ alpha, beta },
      }),
      role: given.threshold === undefined ? 'grades' : 'decides',
      score: scorePairs(read, ({ output, references }) => {
        const expected = references.map(tokens).filter(({ length }) => length > 0);
        if (expected.length === 0) return unscored('The expected text has no words.');
        const mine = tokens(output);
        if (mine.length === 0) return graded(0, given.threshold, 'RIBES 0: the output has no words.');
        if (Math.max(mine.length, ...expected.map(({ length }) => length)) > MAX_TOKENS)
          return unscored('The texts are too long for RIBES.');
        const [best = { value: 0, found: 0 }] = expected
          .map((reference) => {
            const order = wordOrder(reference, mine);
            const precision = order.length / mine.length;
            const penalty = Math.min(1, Math.exp(1 - reference.length / mine.length));
            return { value: risingPairs(order) * precision ** alpha * penalty ** beta, found: order.length };
          })
          .sort((a, b) => b.value - a.value);
        const said = `${best.found} of ${mine.length} words have a place in the expected text`;
        return graded(best.value, given.threshold, `RIBES ${digits(best.value)}: ${said}.`);
      }),
    };
  },
});
