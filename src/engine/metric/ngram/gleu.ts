import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import { MAX_OUTPUT_TOKENS, MAX_REFERENCE_TOKENS } from '../limits.ts';
import * as fields from '../optionFields.ts';
import { graded, unscored } from '../outcome.ts';
import { remember } from '../remember.ts';
import { signature } from '../signature.ts';
import { corpusOfPairs, scorePairs, type TextPair, textPair } from '../textMetric.ts';
import { digits } from '../words.ts';
import { preparedTokens, tokenFields, undividedHint } from './bleuTokenizer.ts';
import { NgramTable, ngramTotals } from './ngramTable.ts';

const ORDER = 4;

export const gleu = defineMetric({
  kind: 'gleu',
  family: 'overlap',
  summary: 'Google BLEU, 0..1, made for single sentences: the smaller of precision and recall of 1- to 4-grams.',
  direction: 'higher',
  level: 'corpus',
  range: [0, 1],
  source: 'Wu et al. (2016) as in NLTK 3.10: sentence_gleu for a row, corpus_gleu for a run; the best of several.',
  options: () => z.strictObject({ ...fields.textFields, ...tokenFields }),
  shorthand: 'expected',
  create: ({ tokenize = 'auto', lowercase = false, ...given }) => {
    const read = textPair(given);
    if ('error' in read) return read;
    const tokens = (text: string) => preparedTokens(text, tokenize, lowercase);
    const tablesOf = remember((references) =>
      references.map((reference) => new NgramTable([tokens(reference)], ORDER)).filter((one) => lengthOf(one) > 0),
    );
    const best = ({ output, references }: TextPair): Match | string => {
      const tables = tablesOf(references);
      if (tables.length === 0) return 'The expected text has no words.';
      const mine = tokens(output);
      const longest = tables.reduce((sum, table) => sum + lengthOf(table), 0);
      if (longest > MAX_REFERENCE_TOKENS || mine.length > MAX_OUTPUT_TOKENS) return 'The texts are too long for GLEU.';
      let chosen: Match = { shared: 0, all: 0 };
      for (const table of tables) {
        const all = Math.max(total(ngramTotals(mine.length, ORDER)), total(ngramTotals(lengthOf(table), ORDER)));
        const one = { shared: total(table.matches(mine)), all };
        if (chosen.all === 0 || rate(one) > rate(chosen)) chosen = one;
      }
      return chosen;
    };
    return {
      signature: signature('gleu', {
        path: given.path,
        expected: given.expected,
        tok: tokenize,
        case: lowercase ? 'lc' : 'mixed',
        n: `1-${ORDER}`,
      }),
      role: given.threshold === undefined ? 'grades' : 'decides',
      score: scorePairs(read, (pair) => {
        const match = best(pair);
        if (typeof match === 'string') return unscored(match);
        const value = rate(match);
        const hint = undividedHint(value, Math.max(...tablesOf(pair.references).map(lengthOf)), tokenize);
        const said = `${match.shared} of ${match.all} n-grams of the longer text shared`;
        return graded(value, given.threshold, `GLEU ${digits(value)}: ${said}${hint}.`);
      }),
      corpus: corpusOfPairs(read, best, add, rate),
    };
  },
});

/** N-grams of all orders: in both texts, and in the one that has more. */
type Match = { readonly shared: number; readonly all: number };

function add(sum: Match, one: Match): Match {
  return { shared: sum.shared + one.shared, all: sum.all + one.all };
}

function rate({ shared, all }: Match): number {
  return shared / all;
}

function lengthOf(table: NgramTable): number {
  return table.lengths[0] ?? 0;
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
