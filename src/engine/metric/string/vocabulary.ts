import * as z from 'zod';
import { bounded, boundsRole, brokenBounded } from '../bounds.ts';
import { defineMetric } from '../defineMetric.ts';
import { MAX_SEGMENTED } from '../limits.ts';
import * as fields from '../optionFields.ts';
import { graded, unscored } from '../outcome.ts';
import { pickOutput } from '../pickOutput.ts';
import { shareLimit } from '../shareLimit.ts';
import { signature } from '../signature.ts';
import { foldCase } from '../text/foldText.ts';
import { segmentWords } from '../text/segments.ts';
import { asText, sentence } from '../textMetric.ts';
import { count, digits, quote } from '../words.ts';

const TOO_LONG = `The output is too long: it has more than ${MAX_SEGMENTED} characters.`;

export const nonLetterShare = defineMetric({
  kind: 'non-letter-share',
  family: 'string',
  summary:
    'How much of the output is digits, marks and symbols rather than letters, 0..1; with a limit, whether that is little enough.',
  direction: 'lower',
  level: 'row',
  range: [0, 1],
  source:
    'As NonLetterCharacterPercentage of Evidently, by code points; letters of any script with their marks, and white space in neither number.',
  options: () => z.strictObject({ max: shareLimit(), path: fields.path }),
  shorthand: 'max',
  create: ({ max, path }) => ({
    signature: signature('non-letter-share', { path, max }),
    role: boundsRole({ max }),
    score: (input) => {
      const picked = pickOutput(input, path);
      if ('broken' in picked) return brokenBounded(sentence(picked.broken), { max });
      const text = asText(picked.value);
      if (text.length > MAX_SEGMENTED) return unscored(TOO_LONG);
      let [letters, all] = [0, 0];
      for (const character of text) {
        all += Number(/\S/u.test(character));
        letters += Number(/[\p{L}\p{M}]/u.test(character));
      }
      if (all === 0) return unscored('The output is empty.');
      const value = (all - letters) / all;
      return bounded(value, { max }, `${digits(value)}: ${all - letters} of ${count(all, 'character')} are no letters`);
    },
  }),
});

export const vocabularyCoverage = defineMetric({
  kind: 'vocabulary-coverage',
  family: 'string',
  summary:
    'The share of the words of the output that are in a list, such as the words of a simple language or of a glossary.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source:
    '1 - the share of words out of vocabulary (OOV); every word as often as it occurs, by Unicode UAX 29 (Intl.Segmenter), NFKC and case folding, without stems. Numbers do not count.',
  options: () =>
    z.strictObject({
      words: z.array(z.string().trim().min(1)).min(1).max(100_000).meta({ description: 'The words that are known.' }),
      path: fields.path,
      threshold: fields.threshold,
    }),
  shorthand: 'words',
  create: ({ words, path, threshold }) => {
    const known = new Set(words.map(foldCase));
    return {
      signature: signature('vocabulary-coverage', { path, words: [...known].sort(), norm: 'fold' }),
      role: threshold === undefined ? 'grades' : 'decides',
      score: (input) => {
        const picked = pickOutput(input, path);
        if ('broken' in picked) return graded(0, threshold, sentence(picked.broken));
        const text = asText(picked.value);
        if (text.length > MAX_SEGMENTED) return unscored(TOO_LONG);
        const said = segmentWords(foldCase(text)).filter((word) => /\p{L}/u.test(word));
        if (said.length === 0) return unscored('The output has no word.');
        const strangers = said.filter((word) => !known.has(word));
        const value = (said.length - strangers.length) / said.length;
        const shown = [...new Set(strangers)].slice(0, 5).map(quote).join(', ');
        const not = strangers.length === 0 ? '' : `; not ${shown}${new Set(strangers).size > 5 ? ' and others' : ''}`;
        const reason = `${digits(value)}: ${said.length - strangers.length} of ${count(said.length, 'word')} are in the list${not}.`;
        return graded(value, threshold, reason);
      },
    };
  },
});
