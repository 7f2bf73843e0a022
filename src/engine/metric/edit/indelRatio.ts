import { longestCommonSubsequence } from '../text/longestCommonSubsequence.ts';
import { count, digits } from '../words.ts';
import { type Similarity, similarityMetric } from './similarityMetric.ts';

export const indelRatio = similarityMetric({
  kind: 'indel-ratio',
  summary: 'As levenshtein-similarity without replacements: 1 - insertions and deletions / length of both texts.',
  source: 'The ratio of Levenshtein and RapidFuzz, on code points; two empty texts are equal. Best of several.',
  parts: { unit: 'codepoint', norm: 'sum' },
  compare: (output, reference) => indelSimilarity(Array.from(output), Array.from(reference)),
});

/** @returns null when it would take more than MAX_STEPS. */
export function indelSimilarity(a: readonly string[], b: readonly string[]): Similarity | null {
  const common = longestCommonSubsequence(a, b);
  if (common === null) return null;
  const both = a.length + b.length;
  const value = both === 0 ? 1 : 1 - (both - 2 * common) / both;
  const edits = `${count(both - 2 * common, 'insertion or deletion', 'insertions and deletions')}`;
  return { value, reason: `Ratio ${digits(value)}: ${edits} on ${both} characters of both texts.` };
}
