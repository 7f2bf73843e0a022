import { count, digits } from '../words.ts';
import { similarityMetric } from './similarityMetric.ts';

const PREFIX = 4;
const PREFIX_WEIGHT = 0.1;
/** Winkler's bonus for what both begin with is for texts that are alike at all. */
const BONUS_ABOVE = 0.7;

export const jaro = similarityMetric({
  kind: 'jaro',
  summary: 'How many characters two short texts, such as names, have in common at about the same place, and in order.',
  source: 'Jaro (1989) on code points, as in RapidFuzz. Best of several.',
  parts: { unit: 'codepoint' },
  compare: (output, reference) => {
    const { value, matched, outOfOrder } = jaroSimilarity(Array.from(output), Array.from(reference));
    const said = `${count(matched, 'character')} in common, ${outOfOrder} of them out of order`;
    return { value, reason: `Jaro ${digits(value)}: ${said}.` };
  },
});

export const jaroWinkler = similarityMetric({
  kind: 'jaro-winkler',
  summary: 'As jaro, with a bonus for up to four characters that both texts begin with.',
  source: 'Winkler (1990) on code points, as in RapidFuzz: weight 0.1, where Jaro is above 0.7. Best of several.',
  parts: { unit: 'codepoint', weight: PREFIX_WEIGHT, above: BONUS_ABOVE },
  compare: (output, reference) => {
    const [a, b] = [Array.from(output), Array.from(reference)];
    const { value: plain } = jaroSimilarity(a, b);
    let prefix = 0;
    while (prefix < PREFIX && a[prefix] !== undefined && a[prefix] === b[prefix]) prefix += 1;
    const value = plain > BONUS_ABOVE ? plain + prefix * PREFIX_WEIGHT * (1 - plain) : plain;
    const said = `Jaro ${digits(plain)}, ${count(prefix, 'character')} in common at the beginning`;
    return { value, reason: `Jaro-Winkler ${digits(value)}: ${said}.` };
  },
});

/** Linear in the texts: of each character the places in `b` are taken from the left, as the definition takes them. */
function jaroSimilarity(
  a: readonly string[],
  b: readonly string[],
): { value: number; matched: number; outOfOrder: number } {
  if (a.length === 0 && b.length === 0) return { value: 1, matched: 0, outOfOrder: 0 };
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const places = new Map<string, { readonly at: number[]; next: number }>();
  for (const [at, point] of b.entries()) {
    const known = places.get(point);
    if (known === undefined) places.set(point, { at: [at], next: 0 });
    else known.at.push(at);
  }
  const inA: string[] = [];
  const taken: number[] = [];
  for (const [index, point] of a.entries()) {
    const found = places.get(point);
    if (found === undefined) continue;
    while ((found.at[found.next] ?? Number.POSITIVE_INFINITY) < index - reach) found.next += 1;
    const at = found.at[found.next];
    if (at === undefined || at > index + reach) continue;
    found.next += 1;
    inA.push(point);
    taken.push(at);
  }
  const matched = inA.length;
  if (matched === 0) return { value: 0, matched, outOfOrder: 0 };
  const inB = Int32Array.from(taken).sort();
  const outOfOrder = inA.filter((point, rank) => point !== b[inB[rank] ?? 0]).length;
  const swaps = Math.floor(outOfOrder / 2);
  return { value: (matched / a.length + matched / b.length + (matched - swaps) / matched) / 3, matched, outOfOrder };
}
