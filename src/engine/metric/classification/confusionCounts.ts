/** More classes than these are free text, not classes. */
const MAX_CLASSES = 5000;

/**
 * How often each class was answered where each was expected. An answer that names no class counts for the class that was
 * expected, and against none. Memory grows with the pairs of classes that occur, not with the samples.
 */
export class ConfusionCounts {
  readonly #classes = new Map<string, { expected: number; answered: number; right: number }>();
  #total = 0;
  #right = 0;
  #nameless = 0;

  /** @param answer null when it names no class */
  add(truth: string, answer: string | null): void {
    this.#total += 1;
    this.#of(truth).expected += 1;
    if (answer === null) this.#nameless += 1;
    else this.#of(answer).answered += 1;
    if (answer !== truth) return;
    this.#right += 1;
    this.#of(truth).right += 1;
  }

  /** @returns null when there is nothing, or nothing that could be called classes */
  get(): ConfusionSums | null {
    if (this.#total === 0 || this.#classes.size > MAX_CLASSES) return null;
    return { total: this.#total, right: this.#right, nameless: this.#nameless, classes: this.#classes };
  }

  #of(label: string) {
    const known = this.#classes.get(label);
    if (known) return known;
    const fresh = { expected: 0, answered: 0, right: 0 };
    // One more than may be is enough to know that there are too many.
    if (this.#classes.size <= MAX_CLASSES) this.#classes.set(label, fresh);
    return fresh;
  }
}

export type ClassCounts = { readonly expected: number; readonly answered: number; readonly right: number };
export type ConfusionSums = {
  readonly total: number;
  readonly right: number;
  readonly nameless: number;
  readonly classes: ReadonlyMap<string, ClassCounts>;
};
