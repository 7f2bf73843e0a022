import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import { MAX_OUTPUT_TOKENS, MAX_REFERENCE_TOKENS } from '../limits.ts';
import * as fields from '../optionFields.ts';
import { graded, unscored } from '../outcome.ts';
import { remember } from '../remember.ts';
import { signature } from '../signature.ts';
import { splitWords } from '../text/whiteSpace.ts';
import { corpusOfPairs, scorePairs, textPair } from '../textMetric.ts';
import { digits } from '../words.ts';
import { NgramTable, ngramTotals } from './ngramTable.ts';

const PUNCTUATION = new Set('!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~');

const options = () =>
  z.strictObject({
    ...fields.textFields,
    charOrder: z.int().min(1).max(10).optional().meta({ description: 'Longest character n-grams; by default 6.' }),
    wordOrder: z
      .int()
      .min(0)
      .max(4)
      .optional()
      .meta({ description: 'Longest word n-grams: 0 is chrF (default), 2 is chrF++.' }),
    beta: z
      .number()
      .gt(0)
      .max(10)
      .optional()
      .meta({ description: 'How much more recall counts than precision; by default 2.' }),
    lowercase: z.boolean().optional().meta({ description: 'Ignores case.' }),
  });

export const chrf = defineMetric({
  kind: 'chrf',
  family: 'overlap',
  summary: "chrF, 0..1: character n-grams shared with a reference; fit for every script. A run's value is corpus chrF.",
  direction: 'higher',
  level: 'corpus',
  range: [0, 1],
  source: 'Popović (2015, 2017) as in sacreBLEU 2.6.0: sentence_chrf for a row, corpus_chrf for a run, divided by 100.',
  options,
  shorthand: 'expected',
  create: ({ charOrder = 6, wordOrder = 0, beta = 2, lowercase = false, ...given }) => {
    const read = textPair(given);
    if ('error' in read) return read;
    const orders = { charOrder, wordOrder };
    const unitsOf = (text: string) => units(lowercase ? text.toLowerCase() : text, wordOrder > 0);
    const tablesOf = remember((references) => references.map((reference) => referenceOf(unitsOf(reference), orders)));
    const best = (output: string, references: readonly string[]): BestMatch | string => {
      const tables = tablesOf(references);
      const lengths = tables.map(({ characters }) => characters.lengths[0] ?? 0);
      if (lengths.every((length) => length === 0)) return 'The expected text has no characters.';
      const outputUnits = unitsOf(output);
      const tooLong =
        lengths.reduce((sum, length) => sum + length, 0) > MAX_REFERENCE_TOKENS ||
        outputUnits.characters.length > MAX_OUTPUT_TOKENS;
      if (tooLong) return 'The texts are too long for chrF.';
      let chosen: BestMatch = { counts: [], score: -1 };
      for (const table of tables) {
        const counts = countMatches(outputUnits, table, orders);
        const score = fScore(counts, beta);
        if (score > chosen.score) chosen = { counts, score };
      }
      return chosen;
    };
    return {
      signature: signature('chrf', {
        path: given.path,
        expected: given.expected,
        nc: charOrder,
        nw: wordOrder,
        beta,
        case: lowercase ? 'lc' : 'mixed',
        space: false,
        eff: true,
      }),
      role: given.threshold === undefined ? 'grades' : 'decides',
      score: scorePairs(read, ({ output, references }) => {
        const match = best(output, references);
        if (typeof match === 'string') return unscored(match);
        return graded(match.score, given.threshold, describe(match, charOrder));
      }),
      corpus: corpusOfPairs(
        read,
        ({ output, references }) => {
          const match = best(output, references);
          return typeof match === 'string' ? match : match.counts;
        },
        addCounts,
        (sum) => fScore(sum, beta),
      ),
    };
  },
});

/** N-grams of one order: of the output, of the reference, in both. */
type Count = { readonly output: number; readonly reference: number; readonly matched: number };
type BestMatch = { readonly counts: Count[]; readonly score: number };
type Orders = { readonly charOrder: number; readonly wordOrder: number };
type Units = { readonly characters: readonly string[]; readonly words: readonly string[] };
type Reference = { readonly characters: NgramTable; readonly words: NgramTable };

function referenceOf({ characters, words }: Units, { charOrder, wordOrder }: Orders): Reference {
  return { characters: new NgramTable([characters], charOrder), words: new NgramTable([words], wordOrder) };
}

/** Characters are code points without white space. */
function units(text: string, withWords: boolean): Units {
  const words = splitWords(text);
  return { characters: Array.from(words.join('')), words: withWords ? words.flatMap(splitPunctuation) : [] };
}

/** One mark off the end of a word, else one off its beginning, as chrF++ has it. */
function splitPunctuation(word: string): string[] {
  const points = Array.from(word);
  const [first = '', last = ''] = [points[0], points.at(-1)];
  if (points.length === 1) return [word];
  if (PUNCTUATION.has(last)) return [word.slice(0, -1), last];
  return PUNCTUATION.has(first) ? [first, word.slice(1)] : [word];
}

function countMatches(output: Units, reference: Reference, { charOrder, wordOrder }: Orders): Count[] {
  return [
    ...orderCounts(output.characters, reference.characters, charOrder),
    ...orderCounts(output.words, reference.words, wordOrder),
  ];
}

function orderCounts(tokens: readonly string[], table: NgramTable, order: number): Count[] {
  const matches = table.matches(tokens);
  const inOutput = ngramTotals(tokens.length, order);
  const inReference = ngramTotals(table.lengths[0] ?? 0, order);
  return matches.map((matched, n) => {
    const reference = inReference[n] ?? 0;
    // Where the reference is too short for an order, the output's n-grams of that order are no mistakes.
    return { output: reference > 0 ? (inOutput[n] ?? 0) : 0, reference, matched };
  });
}

function addCounts(a: readonly Count[], b: readonly Count[]): Count[] {
  return a.map((one, n) => ({
    output: one.output + (b[n]?.output ?? 0),
    reference: one.reference + (b[n]?.reference ?? 0),
    matched: one.matched + (b[n]?.matched ?? 0),
  }));
}

/** F-beta of the mean precision and the mean recall over the orders that both texts are long enough for. */
function fScore(counts: readonly Count[], beta: number): number {
  const possible = counts.filter(({ output, reference }) => output > 0 && reference > 0);
  if (possible.length === 0) return 0;
  let precision = 0;
  let recall = 0;
  for (const { output, reference, matched } of possible) {
    precision += matched / output;
    recall += matched / reference;
  }
  precision /= possible.length;
  recall /= possible.length;
  const factor = beta ** 2;
  return precision + recall === 0 ? 0 : ((1 + factor) * precision * recall) / (factor * precision + recall);
}

function describe({ counts, score }: BestMatch, charOrder: number): string {
  const shares = counts
    .slice(0, charOrder)
    .map(({ matched, output, reference }) => `${matched}/${output}/${reference}`);
  return `chrF ${digits(score)}: character n-grams shared/output/expected ${shares.join(' ')}.`;
}
