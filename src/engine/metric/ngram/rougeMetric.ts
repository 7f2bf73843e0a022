import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import { MAX_OUTPUT_TOKENS, MAX_REFERENCE_TOKENS } from '../limits.ts';
import type { MetricDefinition } from '../metric.ts';
import * as fields from '../optionFields.ts';
import { graded, unscored } from '../outcome.ts';
import { remember } from '../remember.ts';
import { signature } from '../signature.ts';
import { porterStem } from '../text/porterStem.ts';
import { hasOtherScripts, wordTokens } from '../text/wordTokens.ts';
import { scorePairs, textPair } from '../textMetric.ts';
import { count, digits } from '../words.ts';

/** Options of every kind of ROUGE. */
export const rougeFields = {
  ...fields.textFields,
  stem: z.boolean().optional().meta({ description: 'Compares the stems of English words (Porter).' }),
  unicode: z.boolean().optional().meta({
    description:
      'Counts words of every script, Chinese, Japanese and Thai by the character. false: only a-z and 0-9 count, as in rouge_score. By default so in texts of the Latin script, and in no other.',
  }),
  measure: z.enum(['f1', 'precision', 'recall']).optional().meta({ description: 'By default f1.' }),
};

/** What an output shares with one reference, and of how many units each. */
type Overlap = { readonly shared: number; readonly inOutput: number; readonly inReference: number };

/** Sentences of words; a kind that knows no sentences is given the whole text as one. */
export type Sentences = readonly (readonly string[])[];

/** null when it would take too long. */
export type Compare = (output: Sentences) => Overlap | null;

type RougeOptions = z.infer<ReturnType<typeof rougeSchema>>;
const rougeSchema = () => z.strictObject(rougeFields);

type Description<Options> = {
  readonly kind: string;
  readonly summary: string;
  readonly options: () => z.ZodType<Options>;
  /** What is counted, as in "3 shared, 4 pairs in the output". */
  readonly unit: (options: Options) => string;
  /** A line is a sentence. */
  readonly bySentence?: boolean;
  readonly parts?: (options: Options) => { readonly [name: string]: unknown };
  readonly prepare: (reference: Sentences, options: Options) => Compare;
};

export function rougeMetric<Options extends RougeOptions>(description: Description<Options>): MetricDefinition {
  const { kind, summary, options, unit, bySentence = false, parts, prepare } = description;
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
    create: (given) => {
      const { stem = false, unicode = 'auto', measure = 'f1', threshold } = given;
      const read = textPair(given);
      if ('error' in read) return read;
      const sentencesOf = (text: string) =>
        (bySentence ? text.split('\n') : [text]).map((line) => rougeTokens(line, unicode, stem));
      const prepared = remember((references) =>
        references
          .map(sentencesOf)
          .map((sentences) => ({ words: wordsIn(sentences), compare: prepare(sentences, given) })),
      );
      return {
        signature: signature(kind, {
          path: given.path,
          expected: given.expected,
          ...parts?.(given),
          tok: unicode === 'auto' ? 'auto' : unicode ? 'unicode' : 'ascii',
          stem: stem ? 'porter' : 'no',
          measure,
        }),
        role: threshold === undefined ? 'grades' : 'decides',
        score: scorePairs(read, ({ output, references }) => {
          const usable = prepared(references).filter(({ words }) => words > 0);
          if (usable.length === 0) return unscored(noWords(unicode));
          const mine = sentencesOf(output);
          const tooLong = wordsIn(mine) > MAX_OUTPUT_TOKENS || usable.some((one) => one.words > MAX_REFERENCE_TOKENS);
          let best: Overlap | null = null;
          for (const { compare } of usable) {
            const overlap = tooLong ? null : compare(mine);
            if (overlap === null) return unscored(`The texts are too long for ${kind}.`);
            if (best === null || measured(overlap, 'f1') > measured(best, 'f1')) best = overlap;
          }
          const overlap = best ?? { shared: 0, inOutput: 0, inReference: 0 };
          const value = measured(overlap, measure);
          const { shared, inOutput, inReference } = overlap;
          const sizes = `${shared} shared, ${count(inOutput, unit(given))} in the output, ${inReference} expected`;
          return graded(value, threshold, `${kind} ${measure} ${digits(value)}: ${sizes}.`);
        }),
      };
    },
  });
}

function measured({ shared, inOutput, inReference }: Overlap, measure: 'f1' | 'precision' | 'recall'): number {
  const precision = shared / Math.max(inOutput, 1);
  const recall = shared / Math.max(inReference, 1);
  if (measure !== 'f1') return measure === 'precision' ? precision : recall;
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}

/** rouge_score: lower case, everything but a-z and 0-9 divides, stems of words longer than three letters. */
function rougeTokens(text: string, unicode: boolean | 'auto', stem: boolean): string[] {
  const lower = text.toLowerCase();
  const isOther = unicode === 'auto' ? hasOtherScripts(lower) : unicode;
  const words: string[] = isOther ? wordTokens(lower) : (lower.match(/[a-z0-9]+/g) ?? []);
  return stem ? words.map((word) => (word.length > 3 && /^[a-z0-9]+$/.test(word) ? porterStem(word) : word)) : words;
}

function wordsIn(sentences: Sentences): number {
  return sentences.reduce((sum, { length }) => sum + length, 0);
}

function noWords(unicode: boolean | 'auto'): string {
  return unicode !== false
    ? 'The expected text has no words.'
    : 'The expected text has no words of a-z and 0-9; set `unicode: true` for other scripts.';
}
