import { fleissKappa } from './fleissKappa.ts';
import { checkPaired, countLabels, type Label } from './labels.ts';

/** Share of items on which two raters say the same; null for no items. */
export function rawAgreement<T extends Label>(a: readonly T[], b: readonly T[]): number | null {
  checkPaired(a, b);
  if (a.length === 0) return null;
  return a.filter((label, index) => label === b[index]).length / a.length;
}

export type KappaWeights = 'linear' | 'quadratic';

/**
 * Cohen's kappa: agreement of two raters beyond that of chance, -1..1, each rater with their own habit.
 *
 * @returns null when chance alone would agree always (both name one and the same category), and for no items
 * Source: Cohen (1960), Educ. Psychol. Meas. 20(1), 37-46.
 */
export function cohenKappa<T extends Label>(a: readonly T[], b: readonly T[]): number | null {
  const observed = rawAgreement(a, b);
  if (observed === null) return null;
  const [inA, inB] = [countLabels(a), countLabels(b)];
  let matches = 0;
  for (const [label, count] of inA) matches += count * (inB.get(label) ?? 0);
  if (matches === a.length ** 2) return null;
  const expected = matches / a.length ** 2;
  return (observed - expected) / (1 - expected);
}

/**
 * Cohen's kappa where being far off counts for more: by the distance of two categories on the scale, or its square.
 *
 * @param scale all categories in order; neighbours are one apart, whatever their values
 * @returns null when no disagreement is to be expected, and for no items
 * @throws RangeError for a label that is not on the scale
 * Source: Cohen (1968), Psychol. Bull. 70(4), 213-220.
 */
export function weightedKappa<T extends Label>(
  a: readonly T[],
  b: readonly T[],
  scale: readonly T[],
  weights: KappaWeights,
): number | null {
  checkPaired(a, b);
  if (a.length === 0) return null;
  const place = new Map(scale.map((label, index) => [label, index]));
  const [inA, inB] = [placesOf(a, place), placesOf(b, place)];
  const power = weights === 'linear' ? 1 : 2;
  const distance = (from: number, to: number) => Math.abs(from - to) ** power;
  const observed = inA.reduce((sum, from, index) => sum + distance(from, inB[index] ?? from), 0) / a.length;
  const [countsA, countsB] = [countLabels(inA), countLabels(inB)];
  let expected = 0;
  for (const [from, countFrom] of countsA) {
    for (const [to, countTo] of countsB) expected += distance(from, to) * countFrom * countTo;
  }
  return expected === 0 ? null : 1 - (observed * a.length ** 2) / expected;
}

/**
 * Scott's pi: as Cohen's kappa, with one habit for both raters.
 *
 * @returns null as `fleissKappa`
 * Source: Scott (1955), Public Opin. Q. 19(3), 321-325. For two raters it is Fleiss' kappa.
 */
export function scottPi<T extends Label>(a: readonly T[], b: readonly T[]): number | null {
  checkPaired(a, b);
  return fleissKappa(a.map((label, index) => [label, b[index] ?? null]));
}

function placesOf<T extends Label>(labels: readonly T[], place: ReadonlyMap<T, number>): number[] {
  return labels.map((label) => {
    const index = place.get(label);
    if (index === undefined) throw new RangeError(`${String(label)} is not on the scale.`);
    return index;
  });
}
