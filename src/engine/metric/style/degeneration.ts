import * as z from 'zod';
import { bounded, boundsRole, brokenBounded } from '../bounds.ts';
import { defineMetric } from '../defineMetric.ts';
import * as fields from '../optionFields.ts';
import { unscored } from '../outcome.ts';
import { pickOutput } from '../pickOutput.ts';
import { shareLimit } from '../shareLimit.ts';
import { signature } from '../signature.ts';
import { MAX_VARIETY_WORDS } from '../text/ngramVariety.ts';
import { isSpaceless, wordTokens } from '../text/wordTokens.ts';
import { asText, sentence } from '../textMetric.ts';
import { digits, quote } from '../words.ts';
import { longestLoop, MAX_LOOP_SPAN } from './loops.ts';

export const degeneration = defineMetric({
  kind: 'degeneration',
  family: 'style',
  summary: 'How much of the output is one loop: the same words again and again, with nothing between them, 0..1.',
  direction: 'lower',
  level: 'row',
  range: [0, 1],
  source: `Words in the longest stretch in which a span of up to ${MAX_LOOP_SPAN} words follows upon itself, by all words; lower case, without punctuation, Chinese, Japanese and Thai by the character.`,
  options: () =>
    z.strictObject({
      max: shareLimit(),
      times: z.int().min(2).max(100).optional().meta({
        description: 'How often the span must come in a row to be a loop; by default 3.',
      }),
      path: fields.path,
    }),
  shorthand: 'max',
  create: ({ max, times = 3, path }) => ({
    signature: signature('degeneration', { path, times, max, tok: 'unicode', case: 'lc' }),
    role: boundsRole({ max }),
    score: (input) => {
      const picked = pickOutput(input, path);
      if ('broken' in picked) return brokenBounded(sentence(picked.broken), { max });
      const words = wordTokens(asText(picked.value).toLowerCase());
      if (words.length === 0) return unscored('The output has no word.');
      if (words.length > MAX_VARIETY_WORDS)
        return unscored(`The output is too long: it has more than ${MAX_VARIETY_WORDS} words.`);
      const loop = longestLoop(words, times);
      if (loop === null) return bounded(0, { max }, `Nothing comes ${times} times in a row`);
      const value = loop.words / words.length;
      const span = words.slice(loop.start, loop.start + loop.span);
      const said = quote(span.reduce((text, word) => text + (text === '' || isSpaceless(word) ? '' : ' ') + word, ''));
      const rounds = Math.floor(loop.words / loop.span);
      return bounded(
        value,
        { max },
        `${digits(value)}: ${loop.words} of ${words.length} words are ${said}, ${rounds} times in a row`,
      );
    },
  }),
});
