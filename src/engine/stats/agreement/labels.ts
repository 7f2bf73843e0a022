/** A category as a rater names it: a class, a verdict, a point of a scale. */
export type Label = string | number | boolean;

/** What each rater said of one item; null where they said nothing. */
export type Item<T extends Label = Label> = readonly (T | null)[];

/** How often each label occurs. */
export function countLabels<T extends Label>(labels: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}

export function givenLabels<T extends Label>(item: Item<T>): T[] {
  return item.filter((label): label is T => label !== null);
}

/** @throws RangeError when two raters have not rated the same items */
export function checkPaired(a: readonly unknown[], b: readonly unknown[]): void {
  if (a.length !== b.length) throw new RangeError(`${a.length} labels cannot be paired with ${b.length}.`);
}
