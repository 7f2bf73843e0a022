import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import type { MetricDefinition } from '../metric.ts';
import * as fields from '../optionFields.ts';
import { scoreErrors } from '../scoreErrors.ts';
import { signature } from '../signature.ts';
import { spacedTokens } from '../text/wordTokens.ts';
import { corpusOfPairs, type TextPair, textPair } from '../textMetric.ts';
import { count, digits } from '../words.ts';
import { tokenDistance } from './levenshtein.ts';

const options = () =>
  z.strictObject({ ...fields.errorFields, lowercase: z.boolean().optional().meta({ description: 'Ignores case.' }) });

type Unit = { readonly noun: string; readonly tokens: string; readonly divide: (text: string) => string[] };

export const wer = define('wer', 'Word error rate: words to insert, delete or replace, per expected word.', {
  noun: 'word',
  tokens: 'mixed',
  divide: spacedTokens,
});

export const cer = define('cer', 'Character error rate: characters to insert, delete or replace, per expected one.', {
  noun: 'character',
  tokens: 'codepoint',
  divide: (text) => Array.from(text),
});

function define(kind: string, summary: string, { noun, tokens, divide }: Unit): MetricDefinition {
  return defineMetric({
    kind,
    family: 'edit-distance',
    summary: `${summary} May exceed 1; a run's value is all errors by all expected ${noun}s.`,
    direction: 'lower',
    level: 'corpus',
    range: [0, null],
    source:
      kind === 'wer'
        ? 'Edit distance by reference length, as in jiwer 4.0; Chinese, Japanese and Thai by the character.'
        : 'Edit distance by reference length, as in jiwer 4.0; code points, white space included.',
    options,
    shorthand: 'expected',
    create: ({ lowercase = false, ...given }) => {
      const read = textPair(given);
      if ('error' in read) return read;
      const tokensOf = (text: string) => divide(lowercase ? text.toLowerCase() : text);
      const nearest = ({ output, references }: TextPair): Count | string => {
        const mine = tokensOf(output);
        let best: Count | null = null;
        for (const reference of references) {
          const theirs = tokensOf(reference);
          if (theirs.length === 0) continue;
          const edit = tokenDistance(theirs, mine);
          if (edit === null) return `The texts are too long and too different for ${kind}.`;
          const one = { errors: edit.distance, length: theirs.length };
          if (best === null || rate(one) < rate(best)) best = one;
        }
        return best ?? `The expected text has no ${noun}s.`;
      };
      return {
        signature: signature(kind, {
          path: given.path,
          expected: given.expected,
          tok: tokens,
          case: lowercase ? 'lc' : 'mixed',
        }),
        role: given.max === undefined ? 'measures' : 'decides',
        score: scoreErrors(read, given.max, (pair) => {
          const errors = nearest(pair);
          if (typeof errors === 'string') return errors;
          const value = rate(errors);
          const said = `${count(errors.errors, 'error')} on ${count(errors.length, `expected ${noun}`)}`;
          return { value, reason: `${kind.toUpperCase()} ${digits(value)}: ${said}` };
        }),
        corpus: corpusOfPairs(read, nearest, add, rate),
      };
    },
  });
}

type Count = { readonly errors: number; readonly length: number };

function add(sum: Count, one: Count): Count {
  return { errors: sum.errors + one.errors, length: sum.length + one.length };
}

function rate({ errors, length }: Count): number {
  return errors / length;
}
