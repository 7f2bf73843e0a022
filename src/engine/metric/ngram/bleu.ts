import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import { MAX_OUTPUT_TOKENS, MAX_REFERENCE_TOKENS } from '../limits.ts';
import * as fields from '../optionFields.ts';
import { graded, unscored } from '../outcome.ts';
import { remember } from '../remember.ts';
import { signature } from '../signature.ts';
import { corpusOfPairs, scorePairs, textPair } from '../textMetric.ts';
import { digits } from '../words.ts';
import { bleuOf, type NgramCounts, SMOOTH_VALUES } from './bleuScore.ts';
import { preparedTokens, type Tokenizer, tokenFields, undividedHint } from './bleuTokenizer.ts';
import { NgramTable, ngramTotals } from './ngramTable.ts';

const ORDER = 4;

const options = () =>
  z.strictObject({
    ...fields.textFields,
    ...tokenFields,
    smooth: z.enum(['exp', 'floor', 'add-k', 'none', 'nltk']).optional().meta({
      description:
        'Smoothing; by default exp. nltk: as sentence_bleu of NLTK with method1, all four orders always count.',
    }),
    smoothValue: z.number().gt(0).optional().meta({ description: 'For floor and nltk (0.1) and add-k (1).' }),
  });

export const bleu = defineMetric({
  kind: 'bleu',
  family: 'overlap',
  summary: "BLEU, 0..1: n-grams shared with the references. A row's value has effective order; a run's is corpus BLEU.",
  direction: 'higher',
  level: 'corpus',
  range: [0, 1],
  source:
    'Papineni et al. (2002) as in sacreBLEU 2.6.0: sentence_bleu for a row, corpus_bleu for a run, divided by 100; smooth nltk: NLTK 3.10.',
  options,
  shorthand: 'expected',
  create: ({ tokenize = 'auto', smooth = 'exp', smoothValue, lowercase = false, ...given }) => {
    const read = textPair(given);
    if ('error' in read) return read;
    const isNltk = smooth === 'nltk';
    const value = smoothValue ?? SMOOTH_VALUES[smooth];
    const tokens = (text: string) => preparedTokens(text, tokenize, lowercase);
    const tableOf = remember((references) => new NgramTable(references.map(tokens), ORDER));
    const statistics = (output: string, references: readonly string[]) => {
      const table = tableOf(references);
      if (table.lengths.every((length) => length === 0)) return 'The expected text has no words.';
      const outputTokens = tokens(output);
      const tooLong = total(table.lengths) > MAX_REFERENCE_TOKENS || outputTokens.length > MAX_OUTPUT_TOKENS;
      return tooLong ? 'The texts are too long for BLEU.' : countMatches(outputTokens, table, isNltk);
    };
    const spelled = smooth !== 'exp' && smooth !== 'none' ? `${smooth}[${value}]` : smooth;
    return {
      signature: signature('bleu', {
        path: given.path,
        expected: given.expected,
        tok: tokenize,
        smooth: spelled,
        case: lowercase ? 'lc' : 'mixed',
        eff: !isNltk,
      }),
      role: given.threshold === undefined ? 'grades' : 'decides',
      score: scorePairs(read, ({ output, references }) => {
        const counted = statistics(output, references);
        if (typeof counted === 'string') return unscored(counted);
        const { score, brevity } = bleuOf(counted, smooth, value, !isNltk);
        return graded(score, given.threshold, describe(counted, score, brevity, tokenize));
      }),
      corpus: corpusOfPairs(
        read,
        ({ output, references }) => statistics(output, references),
        add,
        (sum) => bleuOf(sum, smooth, value, false).score,
      ),
    };
  },
});

function countMatches(tokens: readonly string[], table: NgramTable, isNltk: boolean): NgramCounts {
  const totals = ngramTotals(tokens.length, ORDER);
  return {
    matches: table.matches(tokens),
    // NLTK divides by 1 where there is nothing, in each row.
    totals: isNltk ? totals.map((number) => Math.max(1, number)) : totals,
    outputLength: tokens.length,
    referenceLength: closest(table.lengths, tokens.length),
  };
}

function add(sum: NgramCounts, one: NgramCounts): NgramCounts {
  return {
    matches: sum.matches.map((matches, n) => matches + (one.matches[n] ?? 0)),
    totals: sum.totals.map((totals, n) => totals + (one.totals[n] ?? 0)),
    outputLength: sum.outputLength + one.outputLength,
    referenceLength: sum.referenceLength + one.referenceLength,
  };
}

/** Of two references equally near, the shorter. */
function closest(lengths: readonly number[], length: number): number {
  return lengths.reduce((best, next) => {
    const [a, b] = [Math.abs(best - length), Math.abs(next - length)];
    return b < a || (b === a && next < best) ? next : best;
  });
}

function describe(counts: NgramCounts, score: number, brevity: number, tokenizer: Tokenizer): string {
  const shares = counts.matches.map((matches, n) => `${matches}/${counts.totals[n]}`).join(' ');
  const lengths = `${counts.outputLength} tokens against ${counts.referenceLength}`;
  const hint = undividedHint(score, counts.referenceLength, tokenizer);
  return `BLEU ${digits(score)}: shared 1- to 4-grams ${shares}, brevity penalty ${digits(brevity)}, ${lengths}${hint}.`;
}

function total(lengths: readonly number[]): number {
  return lengths.reduce((sum, length) => sum + length, 0);
}
