import { isSpaceless, spacedTokens } from '../text/wordTokens.ts';
import { count, digits } from '../words.ts';
import { indelSimilarity } from './indelRatio.ts';
import { type Similarity, similarityMetric } from './similarityMetric.ts';

const SOURCE = 'RapidFuzz, divided by 100; words divide at white space, Chinese, Japanese and Thai by the character.';

export const tokenSortRatio = similarityMetric({
  kind: 'token-sort-ratio',
  summary: 'As indel-ratio on the words in alphabetical order, so that their order does not count.',
  source: SOURCE,
  parts: { unit: 'codepoint', tok: 'mixed', norm: 'sum' },
  compare: (output, reference) => joinedSimilarity(sorted(spacedTokens(output)), sorted(spacedTokens(reference))),
});

export const tokenSetRatio = similarityMetric({
  kind: 'token-set-ratio',
  summary: 'As token-sort-ratio on the sets of words; 1 when all words of one text are in the other.',
  source: SOURCE,
  parts: { unit: 'codepoint', tok: 'mixed', norm: 'sum' },
  compare: (output, reference) => {
    const [a, b] = [new Set(spacedTokens(output)), new Set(spacedTokens(reference))];
    if (a.size === 0 && b.size === 0) return { value: 1, reason: 'Ratio 1: neither text has words.' };
    if (a.size === 0 || b.size === 0) return { value: 0, reason: 'Ratio 0: one of the texts has no words.' };
    const shared = sorted([...a].filter((word) => b.has(word)));
    const onlyA = sorted([...a].filter((word) => !b.has(word)));
    const onlyB = sorted([...b].filter((word) => !a.has(word)));
    const said = `${count(shared.length, 'word')} shared, ${onlyA.length} only in the output, ${onlyB.length} only expected`;
    if (shared.length > 0 && (onlyA.length === 0 || onlyB.length === 0))
      return { value: 1, reason: `Ratio 1: ${said}.` };
    const value = setSimilarity(shared, onlyA, onlyB);
    return value === null ? null : { value, reason: `Ratio ${digits(value)}: ${said}.` };
  },
});

/** The best of: all words of both texts, and the shared words against all words of either. */
function setSimilarity(shared: readonly string[], onlyA: readonly string[], onlyB: readonly string[]): number | null {
  const all = joinedSimilarity([...shared, ...onlyA], [...shared, ...onlyB]);
  if (all === null || shared.length === 0) return all?.value ?? null;
  const common = lengthOf(shared);
  const ratios = [onlyA, onlyB].map((others) => {
    const whole = lengthOf([...shared, ...others]);
    return 1 - (whole - common) / (common + whole);
  });
  return Math.max(all.value, ...ratios);
}

function joinedSimilarity(a: readonly string[], b: readonly string[]): Similarity | null {
  return indelSimilarity(joined(a), joined(b));
}

function lengthOf(words: readonly string[]): number {
  return joined(words).length;
}

/** With a space between words, but not between characters that are written without: those would be alike by their spaces. */
function joined(words: readonly string[]): string[] {
  return words.flatMap((word, index) => {
    const before = words[index - 1];
    const isDivided = before !== undefined && !(isSpaceless(before) && isSpaceless(word));
    return isDivided ? [' ', ...word] : [...word];
  });
}

/** By code points, as Python sorts. */
function sorted(words: readonly string[]): string[] {
  return [...words].sort(byCodePoints);
}

function byCodePoints(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  // At the low half of a pair both share the high one, so the halves are in the order of the points.
  return (a.codePointAt(at) ?? -1) - (b.codePointAt(at) ?? -1);
}
