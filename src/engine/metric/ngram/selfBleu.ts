import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import { MAX_OUTPUT_TOKENS } from '../limits.ts';
import * as fields from '../optionFields.ts';
import { limited, unscored } from '../outcome.ts';
import { pickOutput } from '../pickOutput.ts';
import { signature } from '../signature.ts';
import { asText, sentence } from '../textMetric.ts';
import { count } from '../words.ts';
import { preparedTokens, tokenFields } from './bleuTokenizer.ts';
import { MAX_SELF_TOKENS, SelfOverlap } from './selfOverlap.ts';

export const selfBleu = defineMetric({
  kind: 'self-bleu',
  family: 'overlap',
  summary:
    'How alike the outputs of a run are, 0..1: the mean BLEU of each against all the others. High where a model writes the same again and again.',
  direction: 'lower',
  level: 'corpus',
  range: [0, null],
  source: `Zhu et al. (2018), Texygen: BLEU with effective order and exponential smoothing, as the metric bleu, of every output against the others of the same variant, repeats included. It says nothing of one sample, whose own value is the number of its tokens. No value for fewer than two outputs, or for more than ${MAX_SELF_TOKENS} tokens in all.`,
  options: () =>
    z.strictObject({
      path: fields.path,
      ...tokenFields,
      n: z.int().min(1).max(9).optional().meta({ description: 'The longest n-grams; by default 4.' }),
    }),
  create: ({ tokenize = 'auto', lowercase = false, n = 4, path }) => {
    const tokens = (text: string) => preparedTokens(text, tokenize, lowercase);
    return {
      signature: signature('self-bleu', { path, tok: tokenize, case: lowercase ? 'lc' : 'mixed', n: `1-${n}` }),
      role: 'measures',
      score: (input) => {
        const picked = pickOutput(input, path);
        if ('broken' in picked) return unscored(sentence(picked.broken));
        const { length } = tokens(asText(picked.value));
        if (length === 0) return unscored('The output has no words.');
        if (length > MAX_OUTPUT_TOKENS) return unscored('The output is too long for self-BLEU.');
        return limited(length, undefined, (value) => `${count(value, 'token')}, compared with all other outputs`);
      },
      corpus: () => {
        const overlap = new SelfOverlap(n);
        return {
          add: (input) => {
            const picked = pickOutput(input, path);
            if ('value' in picked) overlap.add(tokens(asText(picked.value)));
          },
          value: () => overlap.value(),
        };
      },
    };
  },
});
