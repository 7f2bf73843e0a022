import { mean } from '../mean.ts';
import { countLabels, givenLabels, type Item, type Label } from './labels.ts';
import { midRanks } from './ranks.ts';

/** How two labels differ: at all, by their places in order, or by their values. */
export type AlphaLevel = 'ordinal' | 'interval';

/**
 * Krippendorff's alpha of categories: agreement of any number of raters beyond that of chance; labels may be missing.
 *
 * @returns 1 is perfect, 0 chance; null when no two labels differ or no item has two
 * Source: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, University of Pennsylvania.
 */
export function nominalAlpha<T extends Label>(items: readonly Item<T>[]): number | null {
  const rated = items.map(givenLabels).filter(({ length }) => length > 1);
  return alphaOf(rated, (labels) => {
    let same = 0;
    for (const count of countLabels(labels).values()) same += count * count;
    return labels.length ** 2 - same;
  });
}

/**
 * The same of numbers. The squared differences of all pairs are 2n times the squares about the mean, and the ordinal distance
 * of two labels is that of their mean ranks among all labels, so a long scale costs no more than a short one.
 *
 * @returns as `nominalAlpha`
 */
export function numericAlpha(items: readonly Item<number>[], level: AlphaLevel): number | null {
  const rated = items.map(givenLabels).filter(({ length }) => length > 1);
  const placed = level === 'interval' ? rated : rankedItems(rated);
  return alphaOf(placed, (values) => {
    const [first] = values;
    // Exact where nothing differs, so that rounding is not taken for disagreement.
    if (values.every((value) => value === first)) return 0;
    const centre = mean(values);
    return 2 * values.length * values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  });
}

/** @param differenceOf the differences of all ordered pairs, added up */
function alphaOf<T>(rated: readonly (readonly T[])[], differenceOf: (labels: readonly T[]) => number): number | null {
  const all = rated.flat();
  const expected = differenceOf(all);
  if (expected === 0 || all.length === 0) return null;
  let observed = 0;
  for (const labels of rated) observed += differenceOf(labels) / (labels.length - 1);
  return 1 - ((all.length - 1) * observed) / expected;
}

function rankedItems(rated: readonly (readonly number[])[]): number[][] {
  const ranks = midRanks(rated.flat());
  let at = 0;
  return rated.map(({ length }) => {
    const own = ranks.slice(at, at + length);
    at += length;
    return own;
  });
}
