/**
 * The n-grams of one or more references, ready to be matched with many outputs.
 *
 * A tree of tokens: a node is an n-gram, its parent the same without the last token. Matching goes down the tree and stops
 * at the first token that no reference continues with, so that a long output costs little more than what it shares.
 */
export class NgramTable {
  /** Tokens of each reference. */
  readonly lengths: readonly number[];
  readonly #order: number;
  readonly #ids = new Map<string, number>();
  readonly #children = new Map<number, number>();
  /** By node, how often one reference has the n-gram at most. Node 0 is the root. */
  readonly #most: number[] = [0];

  constructor(references: readonly (readonly string[])[], order: number) {
    this.#order = order;
    this.lengths = references.map((tokens) => tokens.length);
    for (const tokens of references) {
      for (const token of tokens) if (!this.#ids.has(token)) this.#ids.set(token, this.#ids.size);
    }
    for (const tokens of references) this.#add(tokens);
  }

  /** How many n-grams the output shares with the references, each counted as often as one reference has it. By order, from 1. */
  matches(tokens: readonly string[]): number[] {
    const ids = this.#idsOf(tokens);
    const used = new Int32Array(this.#most.length);
    const matches = new Array<number>(this.#order).fill(0);
    for (let start = 0; start < ids.length; start += 1) {
      let node = 0;
      for (let n = 0; n < this.#order && start + n < ids.length; n += 1) {
        const child = this.#child(node, ids[start + n] ?? -1);
        if (child === undefined) break;
        node = child;
        const count = used[node] ?? 0;
        if (count >= (this.#most[node] ?? 0)) continue;
        used[node] = count + 1;
        matches[n] = (matches[n] ?? 0) + 1;
      }
    }
    return matches;
  }

  #add(tokens: readonly string[]): void {
    const ids = this.#idsOf(tokens);
    const counts = new Map<number, number>();
    for (let start = 0; start < ids.length; start += 1) {
      let node = 0;
      for (let n = 0; n < this.#order && start + n < ids.length; n += 1) {
        const id = ids[start + n] ?? -1;
        let child = this.#child(node, id);
        if (child === undefined) {
          child = this.#most.push(0) - 1;
          this.#children.set(node * this.#ids.size + id, child);
        }
        node = child;
        counts.set(node, (counts.get(node) ?? 0) + 1);
      }
    }
    for (const [node, count] of counts) this.#most[node] = Math.max(this.#most[node] ?? 0, count);
  }

  #child(node: number, id: number): number | undefined {
    return id < 0 ? undefined : this.#children.get(node * this.#ids.size + id);
  }

  #idsOf(tokens: readonly string[]): Int32Array {
    return Int32Array.from(tokens, (token) => this.#ids.get(token) ?? -1);
  }
}

/** How many n-grams of each order, from 1, so many tokens have. */
export function ngramTotals(length: number, order: number): number[] {
  return Array.from({ length: order }, (_, n) => Math.max(0, length - n));
}
