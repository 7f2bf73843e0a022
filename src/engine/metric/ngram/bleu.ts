import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import { MAX_OUTPUT_TOKENS, MAX_REFERENCE_TOKENS } from '../limits.ts';
import * as fields from '../optionFields.ts';
import { graded, unscored } from '../outcome.ts';
import { remember } from '../remember.ts';
import { signature } from '../signature.ts';
import { corpusOfPairs, scorePairs, textPair } from '../textMetric.ts';
import { digits } from '../words.ts';
import { preparedTokens, type Tokenizer, tokenFields, undividedHint } from './bleuTokenizer.ts';
import { NgramTable, ngramTotals } from './ngramTable.ts';

const ORDER = 4;

/** Of Chen and Cherry (2014): what `floor` and `nltk` add to a zero count, and `add-k` to every count beyond unigrams. */
const SMOOTH_VALUES = { none: 0, exp: 0, floor: 0.1, 'add-k': 1, nltk: 0.1 } as const;
type Smoothing = keyof typeof SMOOTH_VALUES;

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

type Counts = {
  readonly matches: readonly number[];
  readonly totals: readonly number[];
  readonly outputLength: number;
  readonly referenceLength: number;
};

function countMatches(tokens: readonly string[], table: NgramTable, isNltk: boolean): Counts {
  const totals = ngramTotals(tokens.length, ORDER);
  return {
    matches: table.matches(tokens),
    // NLTK divides by 1 where there is nothing, in each row.
    totals: isNltk ? totals.map((number) => Math.max(1, number)) : totals,
    outputLength: tokens.length,
    referenceLength: closest(table.lengths, tokens.length),
  };
}

function add(sum: Counts, one: Counts): Counts {
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

/** @param effective leaves orders out that the output is too short for */
function bleuOf(
  counts: Counts,
  smooth: Smoothing,
  smoothValue: number,
  effective: boolean,
): { score: number; brevity: number } {
  const { outputLength, referenceLength } = counts;
  const brevity =
    outputLength >= referenceLength ? 1 : outputLength === 0 ? 0 : Math.exp(1 - referenceLength / outputLength);
  if ((counts.matches[0] ?? 0) === 0) return { score: 0, brevity };
  let order = ORDER;
  let halvings = 1;
  let logs = 0;
  let reached = 0;
  for (let n = 0; n < ORDER; n += 1) {
    const added = smooth === 'add-k' && n > 0 ? smoothValue : 0;
    const matches = (counts.matches[n] ?? 0) + added;
    const totals = (counts.totals[n] ?? 0) + added;
    if (totals === 0) break;
    reached = n + 1;
    if (effective) order = n + 1;
    let precision = matches / totals;
    if (matches === 0) {
      if (smooth === 'exp') halvings *= 2;
      precision = smooth === 'exp' ? 1 / (halvings * totals) : (smooth === 'none' ? 0 : smoothValue) / totals;
    }
    logs += Math.log(precision);
  }
  // An order that was not reached has precision 0, and so has the whole.
  const score = reached < order ? 0 : brevity * Math.exp(logs / order);
  return { score, brevity };
}

function describe(counts: Counts, score: number, brevity: number, tokenizer: Tokenizer): string {
  const shares = counts.matches.map((matches, n) => `${matches}/${counts.totals[n]}`).join(' ');
  const lengths = `${counts.outputLength} tokens against ${counts.referenceLength}`;
  const hint = undividedHint(score, counts.referenceLength, tokenizer);
  return `BLEU ${digits(score)}: shared 1- to 4-grams ${shares}, brevity penalty ${digits(brevity)}, ${lengths}${hint}.`;
}

function total(lengths: readonly number[]): number {
  return lengths.reduce((sum, length) => sum + length, 0);
}
