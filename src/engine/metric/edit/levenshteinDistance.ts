import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import * as fields from '../optionFields.ts';
import { scoreErrors } from '../scoreErrors.ts';
import { signature } from '../signature.ts';
import { textPair } from '../textMetric.ts';
import { count } from '../words.ts';
import { editDistance } from './levenshtein.ts';

export const levenshtein = defineMetric({
  kind: 'levenshtein',
  family: 'edit-distance',
  summary: 'How many characters must be inserted, deleted or replaced to make the output the expected text.',
  direction: 'lower',
  level: 'row',
  range: [0, null],
  source: 'Levenshtein (1966) on code points; of several expected texts the nearest.',
  options: () => z.strictObject(fields.errorFields),
  shorthand: 'expected',
  create: (options) => {
    const read = textPair(options);
    if ('error' in read) return read;
    const { path, expected, max } = options;
    return {
      signature: signature('levenshtein', { path, expected, unit: 'codepoint' }),
      role: max === undefined ? 'measures' : 'decides',
      score: scoreErrors(read, max, ({ output, references }) => {
        let least = Number.POSITIVE_INFINITY;
        for (const reference of references) {
          const edit = editDistance(reference, output);
          if (edit === null) return 'The texts are too long and too different for an edit distance.';
          least = Math.min(least, edit.distance);
        }
        return { value: least, reason: count(least, 'edit') };
      }),
    };
  },
});
