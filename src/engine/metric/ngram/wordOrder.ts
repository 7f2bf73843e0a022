type Tokens = readonly string[];

/**
 * Where the words of an output stand in a reference, in the order of the output; words that cannot be told apart, even by the words around
 * them, are left out. Positions count from 0.
 *
 * Source: Isozaki et al. (2010), EMNLP, section 4, with the context windows of the official script as NLTK 3.10 has them.
 */
export function wordOrder(reference: Tokens, output: Tokens): number[] {
  const inReference = new Occurrences(reference);
  const inOutput = new Occurrences(output);
  const order: number[] = [];
  for (const [at, word] of output.entries()) {
    const places = inReference.of(word);
    const [only] = places;
    if (only === undefined) continue;
    const place = places.length === 1 && inOutput.of(word).length === 1 ? only : placeByContext(at);
    if (place !== null) order.push(place);
  }
  return order;

  /** By the shortest context, first to the right, that occurs once in each text. */
  function placeByContext(at: number): number | null {
    const widest = Math.min(Math.max(at, output.length - at + 1), reference.length);
    for (let width = 1; width < widest; width += 1) {
      if (at + width < output.length) {
        const place = inReference.once(output.slice(at, at + width + 1));
        if (place !== null && inOutput.once(output.slice(at, at + width + 1)) !== null) return place;
      }
      if (width <= at) {
        const place = inReference.once(output.slice(at - width, at + 1));
        if (place !== null && inOutput.once(output.slice(at - width, at + 1)) !== null) return place + width;
      }
    }
    return null;
  }
}

/** How alike two orders are: the share of the pairs of positions that rise, 0..1; 0 for fewer than two. */
export function risingPairs(order: readonly number[]): number {
  if (order.length < 2) return 0;
  let rising = 0;
  order.forEach((earlier, index) => {
    for (let later = index + 1; later < order.length; later += 1) if (earlier < (order[later] ?? 0)) rising += 1;
  });
  return rising / ((order.length * (order.length - 1)) / 2);
}

class Occurrences {
  readonly #tokens: Tokens;
  readonly #places = new Map<string, number[]>();

  constructor(tokens: Tokens) {
    this.#tokens = tokens;
    for (const [index, token] of tokens.entries()) {
      const known = this.#places.get(token);
      if (known) known.push(index);
      else this.#places.set(token, [index]);
    }
  }

  of(word: string): readonly number[] {
    return this.#places.get(word) ?? [];
  }

  /** Where a sequence begins that is there exactly once; null for any other. */
  once(words: Tokens): number | null {
    let found: number | null = null;
    for (const start of this.of(words[0] ?? '')) {
      if (!words.every((word, offset) => this.#tokens[start + offset] === word)) continue;
      if (found !== null) return null;
      found = start;
    }
    return found;
  }
}
