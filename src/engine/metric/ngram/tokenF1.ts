import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import * as fields from '../optionFields.ts';
import { graded } from '../outcome.ts';
import { remember } from '../remember.ts';
import { signature } from '../signature.ts';
import { answerText, withoutArticles } from '../text/answerText.ts';
import { splitWords } from '../text/whiteSpace.ts';
import { spacedTokens } from '../text/wordTokens.ts';
import { scorePairs, textPair } from '../textMetric.ts';
import { count, digits } from '../words.ts';

const TOKENS = ['mixed', 'squad'] as const;

const options = () =>
  z.strictObject({
    ...fields.textFields,
    tokens: z.enum(TOKENS).optional().meta({
      description:
        'mixed (default) also drops Unicode punctuation and takes Chinese, Japanese, Thai… by the character; squad does neither.',
    }),
  });

export const tokenF1 = defineMetric({
  kind: 'token-f1',
  family: 'overlap',
  summary:
    'Words shared with the expected answer, as F1 of precision and recall; case, punctuation and articles do not count.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source:
    'SQuAD (Rajpurkar et al. 2016): bag of tokens, best of several answers. Two answers without words are equal, as in SQuAD 2.0.',
  options,
  shorthand: 'expected',
  create: ({ tokens = 'mixed', ...given }) => {
    const read = textPair(given);
    if ('error' in read) return read;
    const bagsOf = remember((references) => references.map((reference) => bag(answerTokens(reference, tokens))));
    return {
      signature: signature('token-f1', {
        path: given.path,
        expected: given.expected,
        tok: tokens,
        norm: 'squad',
        count: 'bag',
      }),
      role: given.threshold === undefined ? 'grades' : 'decides',
      score: scorePairs(read, ({ output, references }) => {
        const mine = bag(answerTokens(output, tokens));
        let best = { shared: 0, size: 0, f1: -1 };
        for (const theirs of bagsOf(references)) {
          const overlap = compare(mine, theirs);
          if (overlap.f1 > best.f1) best = overlap;
        }
        const shared = `${best.shared} shared, ${count(mine.size, 'token')} in the output, ${best.size} expected`;
        return graded(best.f1, given.threshold, `F1 ${digits(best.f1)}: ${shared}.`);
      }),
    };
  },
});

type Bag = { readonly counts: ReadonlyMap<string, number>; readonly size: number };

function bag(tokens: readonly string[]): Bag {
  const counts = new Map<string, number>();
  for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
  return { counts, size: tokens.length };
}

function compare(mine: Bag, theirs: Bag): { shared: number; size: number; f1: number } {
  let shared = 0;
  for (const [token, times] of theirs.counts) shared += Math.min(times, mine.counts.get(token) ?? 0);
  const { size } = theirs;
  if (mine.size === 0 || size === 0) return { shared, size, f1: mine.size === size ? 1 : 0 };
  if (shared === 0) return { shared, size, f1: 0 };
  const precision = shared / mine.size;
  const recall = shared / size;
  return { shared, size, f1: (2 * precision * recall) / (precision + recall) };
}

const ASCII_PUNCTUATION = /[!-/:-@[-`{-~]/g;

function answerTokens(text: string, tokens: (typeof TOKENS)[number]): string[] {
  if (tokens === 'squad') return splitWords(withoutArticles(text.toLowerCase().replace(ASCII_PUNCTUATION, '')));
  return spacedTokens(answerText(text));
}
