import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import * as fields from '../optionFields.ts';
import { graded, unscored } from '../outcome.ts';
import { signature } from '../signature.ts';
import { scorePairs, textPair } from '../textMetric.ts';
import { count, digits } from '../words.ts';
import { editDistance } from './levenshtein.ts';

export const levenshteinSimilarity = defineMetric({
  kind: 'levenshtein-similarity',
  family: 'edit-distance',
  summary: 'How little must be edited to make the output the expected text: 1 - distance / length of the longer.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source:
    'Levenshtein (1966) on code points, divided by the longer length; two empty texts are equal. Best of several.',
  options: () => z.strictObject(fields.textFields),
  shorthand: 'expected',
  create: (options) => {
    const read = textPair(options);
    if ('error' in read) return read;
    return {
      signature: signature('levenshtein-similarity', {
        path: options.path,
        expected: options.expected,
        unit: 'codepoint',
        norm: 'max',
      }),
      role: options.threshold === undefined ? 'grades' : 'decides',
      score: scorePairs(read, ({ output, references }) => {
        let best = { similarity: -1, distance: 0, longest: 0 };
        for (const reference of references) {
          const edit = editDistance(reference, output);
          if (edit === null) return unscored('The texts are too long and too different for an edit distance.');
          const longest = Math.max(...edit.lengths);
          const similarity = longest === 0 ? 1 : 1 - edit.distance / longest;
          if (similarity > best.similarity) best = { similarity, distance: edit.distance, longest };
        }
        const edits = `${count(best.distance, 'edit')} on ${count(best.longest, 'character')}`;
        return graded(best.similarity, options.threshold, `Similarity ${digits(best.similarity)}: ${edits}.`);
      }),
    };
  },
});
