import { countLabels, givenLabels, type Item, type Label } from './labels.ts';

/**
 * Fleiss' kappa: agreement of several raters beyond that of chance. The raters of one item need not be those of another.
 *
 * @param items each rated equally often, at least twice
 * @returns null when all labels are the same, and for no items
 * @throws RangeError when items are rated a different number of times: Krippendorff's alpha is for those
 * Source: Fleiss (1971), Psychol. Bull. 76(5), 378-382.
 */
export function fleissKappa<T extends Label>(items: readonly Item<T>[]): number | null {
  const rated = items.map(givenLabels);
  const [first] = rated;
  if (first === undefined) return null;
  const raters = first.length;
  if (raters < 2 || rated.some(({ length }) => length !== raters)) {
    throw new RangeError("Fleiss' kappa needs the same number of ratings for every item, at least two.");
  }
  const all = rated.length * raters;
  let squares = 0;
  for (const count of countLabels(rated.flat()).values()) squares += count * count;
  if (squares === all * all) return null;
  const expected = squares / (all * all);
  let agreed = 0;
  for (const labels of rated) agreed += agreeingPairs(labels) / (raters * (raters - 1));
  return (agreed / rated.length - expected) / (1 - expected);
}

/**
 * Gwet's AC1: agreement beyond that of chance, where chance is taken to act only on the items that are hard to tell. Steady
 * where nearly all items are of one category, in which kappa is not. Labels may be missing.
 *
 * @param categories all that could have been said; by default what was said
 * @returns null when there is but one category, or no item with two labels
 * Source: Gwet (2008), Br. J. Math. Stat. Psychol. 61(1), 29-48.
 */
export function gwetAc1<T extends Label>(items: readonly Item<T>[], categories?: readonly T[]): number | null {
  const rated = items.map(givenLabels).filter(({ length }) => length > 0);
  const several = rated.filter(({ length }) => length > 1);
  const named = new Set([...(categories ?? []), ...rated.flat()]);
  if (several.length === 0 || named.size < 2) return null;
  const shares = new Map<T, number>();
  for (const labels of rated) {
    for (const label of labels) shares.set(label, (shares.get(label) ?? 0) + 1 / labels.length);
  }
  let spread = 0;
  for (const share of shares.values()) spread += (share / rated.length) * (1 - share / rated.length);
  const expected = spread / (named.size - 1);
  let agreed = 0;
  for (const labels of several) agreed += agreeingPairs(labels) / (labels.length * (labels.length - 1));
  return (agreed / several.length - expected) / (1 - expected);
}

/** Ordered pairs of two raters who say the same of one item. */
function agreeingPairs<T extends Label>(labels: readonly T[]): number {
  let pairs = 0;
  for (const count of countLabels(labels).values()) pairs += count * (count - 1);
  return pairs;
}
