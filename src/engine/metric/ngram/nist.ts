import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import { MAX_OUTPUT_TOKENS, MAX_REFERENCE_TOKENS } from '../limits.ts';
import * as fields from '../optionFields.ts';
import { atLeast, unscored } from '../outcome.ts';
import { signature } from '../signature.ts';
import { corpusOfPairs, scorePairs, type TextPair, textPair } from '../textMetric.ts';
import { digits } from '../words.ts';
import { preparedTokens, tokenFields } from './bleuTokenizer.ts';
import { MAX_NIST_TOKENS, NistTotals } from './nistTotals.ts';

export const nist = defineMetric({
  kind: 'nist',
  family: 'overlap',
  summary: 'NIST: shared n-grams weighed by how much they tell, in bits; 0 or more.',
  direction: 'higher',
  level: 'corpus',
  range: [0, null],
  source: `Doddington (2002) as in NLTK 3.10: sentence_nist for a row, corpus_nist for a run. An order of n-grams that no output is long enough for adds 0. No value for a run whose expected texts have more than ${MAX_NIST_TOKENS} tokens.`,
  options: () =>
    z.strictObject({
      path: fields.path,
      expected: fields.expected,
      ...tokenFields,
      n: z.int().min(1).max(9).optional().meta({ description: 'The longest n-grams; by default 5.' }),
      min: z.number().min(0).optional().meta({
        description: 'Passes at or above it. Without it the metric only measures.',
      }),
    }),
  shorthand: 'expected',
  create: ({ tokenize = 'auto', lowercase = false, n = 5, min, path, expected }) => {
    const read = textPair({ path, expected });
    if ('error' in read) return read;
    const tokens = (text: string) => preparedTokens(text, tokenize, lowercase);
    const totalsOf = ({ output, references }: TextPair): NistTotals | string => {
      const [mine, theirs] = [tokens(output), references.map(tokens).filter(({ length }) => length > 0)];
      if (theirs.length === 0) return 'The expected text has no words.';
      const longest = theirs.reduce((sum, { length }) => sum + length, 0);
      if (longest > MAX_REFERENCE_TOKENS || mine.length > MAX_OUTPUT_TOKENS) return 'The texts are too long for NIST.';
      const totals = new NistTotals(n);
      totals.add(mine, theirs);
      return totals;
    };
    return {
      signature: signature('nist', {
        ...{ path, expected, tok: tokenize, case: lowercase ? 'lc' : 'mixed' },
        n: `1-${n}`,
      }),
      role: min === undefined ? 'measures' : 'decides',
      score: scorePairs(read, (pair) => {
        const totals = totalsOf(pair);
        if (typeof totals === 'string') return unscored(totals);
        return atLeast(totals.value() ?? 0, min, (value) => `NIST ${digits(value)}`);
      }),
      corpus: corpusOfPairs(
        read,
        totalsOf,
        (sum, one) => sum.merge(one),
        (sum) => sum.value(),
      ),
    };
  },
});
