/** Pairs that are kept: a rank needs them all. */
const MAX_PAIRS = 500_000;

/** Pairs of numbers of a run, 16 bytes each; more than MAX_PAIRS are none. */
export class KeptPairs {
  readonly #first: number[] = [];
  readonly #second: number[] = [];
  #n = 0;

  add(first: number, second: number): void {
    this.#n += 1;
    if (this.#n > MAX_PAIRS) {
      this.#first.length = 0;
      this.#second.length = 0;
      return;
    }
    this.#first.push(first);
    this.#second.push(second);
  }

  /** null when there are none, or too many to be ranked. */
  get(): { readonly first: readonly number[]; readonly second: readonly number[] } | null {
    return this.#first.length === 0 ? null : { first: this.#first, second: this.#second };
  }
}
