/** Where, among states in a row, a value went from what it was in the first to what it is in the last. */
export type BisectFound = {
  /** The first state that is like the last, as far as is known. */
  readonly first: number;
  /** The last state that is like the first: between them are only states that could not be measured. */
  readonly before: number;
};

/**
 * Halves a row of states until the change lies between two neighbours. A state counts as the end whose value is nearer; one that cannot
 * be measured is stepped over.
 *
 * @param last    index of the last state; 0 is the first; at least 1
 * @param ends    the values of the first and the last state, which differ
 * @param measure the value of a state between them; null where it has none
 * @returns after at most ⌈log2(last)⌉ measured states, when all can be measured
 */
export async function bisectSearch(
  last: number,
  ends: { readonly first: number; readonly last: number },
  measure: (index: number) => Promise<number | null>,
): Promise<BisectFound> {
  let before = 0;
  let first = last;
  const skipped = new Set<number>();
  for (;;) {
    const index = nearestTo((before + first) / 2, before, first, skipped);
    if (index === null) return { first, before };
    const value = await measure(index);
    if (value === null) skipped.add(index);
    else if (Math.abs(value - ends.first) <= Math.abs(value - ends.last)) before = index;
    else first = index;
  }
}

/** null when nothing lies between that can be measured. */
function nearestTo(middle: number, before: number, first: number, skipped: ReadonlySet<number>): number | null {
  let best: number | null = null;
  for (let index = before + 1; index < first; index += 1) {
    if (skipped.has(index)) continue;
    if (best === null || Math.abs(index - middle) < Math.abs(best - middle)) best = index;
  }
  return best;
}
