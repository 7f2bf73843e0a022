import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import { MAX_OUTPUT_TOKENS, MAX_REFERENCE_TOKENS } from '../limits.ts';
import type { MetricDefinition } from '../metric.ts';
import * as fields from '../optionFields.ts';
import { graded, unscored } from '../outcome.ts';
import { remember } from '../remember.ts';
import { signature } from '../signature.ts';
import { longestCommonSubsequence } from '../text/longestCommonSubsequence.ts';
import { porterStem } from '../text/porterStem.ts';
import { wordTokens } from '../text/wordTokens.ts';
import { scorePairs, textPair } from '../textMetric.ts';
import { count, digits } from '../words.ts';
import { NgramTable } from './ngramTable.ts';

const options = () =>
  z.strictObject({
    ...fields.textFields,
    stem: z.boolean().optional().meta({ description: 'Compares the stems of English words (Porter).' }),
    unicode: z.boolean().optional().meta({
      description:
        'Counts words of every script, Chinese, Japanese and Thai by the character; by default only a-z and 0-9 count.',
    }),
    measure: z.enum(['f1', 'precision', 'recall']).optional().meta({ description: 'By default f1.' }),
  });

export const rouge1 = define('rouge-1', 'Words shared with the expected text.', (reference) =>
  ngramOverlap(reference, 1),
);
export const rouge2 = define('rouge-2', 'Pairs of words shared with the expected text.', (reference) =>
  ngramOverlap(reference, 2),
);
export const rougeL = define(
  'rouge-l',
  'The longest sequence of words shared with the expected text, gaps allowed.',
  lcsOverlap,
);

/** What an output shares with one reference, and of how many units each; null when it would take too long. */
type Overlap = { readonly shared: number; readonly inOutput: number; readonly inReference: number };
type Compare = (output: readonly string[]) => Overlap | null;

function define(kind: string, summary: string, prepare: (reference: readonly string[]) => Compare): MetricDefinition {
  return defineMetric({
    kind,
    family: 'overlap',
    summary,
    direction: 'higher',
    level: 'row',
    range: [0, 1],
    source: "Lin (2004) as in Google's rouge_score 0.1.2; of several references the one with the best F1.",
    options,
    shorthand: 'expected',
    create: ({ stem = false, unicode = false, measure = 'f1', ...given }) => {
      const read = textPair(given);
      if ('error' in read) return read;
      const tokens = (text: string) => rougeTokens(text, unicode, stem);
      const prepared = remember((references) =>
        references.map(tokens).map((words) => ({ words: words.length, compare: prepare(words) })),
      );
      return {
        signature: signature(kind, {
          path: given.path,
          expected: given.expected,
          tok: unicode ? 'unicode' : 'ascii',
          stem: stem ? 'porter' : 'no',
          measure,
        }),
        role: given.threshold === undefined ? 'grades' : 'decides',
        score: scorePairs(read, ({ output, references }) => {
          const usable = prepared(references).filter(({ words }) => words > 0);
          if (usable.length === 0) return unscored(noWords(unicode));
          const words = tokens(output);
          const tooLong = words.length > MAX_OUTPUT_TOKENS || usable.some((one) => one.words > MAX_REFERENCE_TOKENS);
          let best: Overlap | null = null;
          for (const { compare } of usable) {
            const overlap = tooLong ? null : compare(words);
            if (overlap === null) return unscored(`The texts are too long for ${kind}.`);
            if (best === null || measured(overlap, 'f1') > measured(best, 'f1')) best = overlap;
          }
          const overlap = best ?? { shared: 0, inOutput: 0, inReference: 0 };
          const value = measured(overlap, measure);
          const { shared, inOutput, inReference } = overlap;
          const sizes = `${shared} shared, ${count(inOutput, UNITS[kind] ?? 'word')} in the output, ${inReference} expected`;
          return graded(value, given.threshold, `${kind} ${measure} ${digits(value)}: ${sizes}.`);
        }),
      };
    },
  });
}

const UNITS: { readonly [kind: string]: string } = { 'rouge-2': 'pair' };

function ngramOverlap(reference: readonly string[], order: number): Compare {
  const table = new NgramTable([reference], order);
  const inReference = Math.max(0, reference.length - order + 1);
  return (output) => ({
    shared: table.matches(output)[order - 1] ?? 0,
    inOutput: Math.max(0, output.length - order + 1),
    inReference,
  });
}

function lcsOverlap(reference: readonly string[]): Compare {
  return (output) => {
    const shared = longestCommonSubsequence(reference, output);
    return shared === null ? null : { shared, inOutput: output.length, inReference: reference.length };
  };
}

function measured({ shared, inOutput, inReference }: Overlap, measure: 'f1' | 'precision' | 'recall'): number {
  const precision = shared / Math.max(inOutput, 1);
  const recall = shared / Math.max(inReference, 1);
  if (measure !== 'f1') return measure === 'precision' ? precision : recall;
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}

/** rouge_score: lower case, everything but a-z and 0-9 divides, stems of words longer than three letters. */
function rougeTokens(text: string, unicode: boolean, stem: boolean): string[] {
  const lower = text.toLowerCase();
  const words: string[] = unicode ? wordTokens(lower) : (lower.match(/[a-z0-9]+/g) ?? []);
  return stem ? words.map((word) => (word.length > 3 && /^[a-z0-9]+$/.test(word) ? porterStem(word) : word)) : words;
}

function noWords(unicode: boolean): string {
  return unicode
    ? 'The expected text has no words.'
    : 'The expected text has no words of a-z and 0-9; set `unicode: true` for other scripts.';
}
