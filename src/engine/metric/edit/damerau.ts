import { count, digits } from '../words.ts';
import { alignmentDistance, points } from './alignmentDistance.ts';
import { similarityMetric } from './similarityMetric.ts';

export const damerau = similarityMetric({
  kind: 'damerau',
  summary: 'As levenshtein-similarity, with two neighbouring characters that changed places as one edit.',
  source:
    'Damerau (1964), restricted: optimal string alignment, which edits no part twice; on code points, 1 - distance / longer length.',
  parts: { unit: 'codepoint', norm: 'max', edits: 'osa' },
  compare: (output, reference) => {
    const [a, b] = [points(output), points(reference)];
    const distance = alignmentDistance(a, b);
    if (distance === null) return null;
    const longest = Math.max(a.length, b.length);
    const value = longest === 0 ? 1 : 1 - distance / longest;
    const edits = `${count(distance, 'edit')} on ${count(longest, 'character')}`;
    return { value, reason: `Similarity ${digits(value)}: ${edits}.` };
  },
});
