/**
 * Random numbers that are the same for the same seed, on every machine: resampling must be repeatable.
 *
 * Source: xoshiro128** 1.1 (Blackman and Vigna 2021), its state filled by splitmix32.
 */
export class SeededRandom {
  readonly #state: Uint32Array;

  /** @param seed its lower 32 bits count */
  constructor(seed: number) {
    let mixed = seed >>> 0;
    this.#state = Uint32Array.from({ length: 4 }, () => {
      mixed = (mixed + 0x9e3779b9) >>> 0;
      let word = mixed;
      word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
      word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
      return (word ^ (word >>> 16)) >>> 0;
    });
  }

  /** 32 random bits, as an integer in 0..2^32 - 1. */
  bits(): number {
    const state = this.#state;
    const [a = 0, b = 0, c = 0, d = 0] = state;
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const third = c ^ a;
    const fourth = d ^ b;
    state[0] = a ^ fourth;
    state[1] = b ^ third;
    state[2] = third ^ (b << 9);
    state[3] = rotate(fourth, 11);
    return result;
  }

  /** The next bits, one after the other: what so many calls of `bits` give, in a fraction of their time. */
  fill(words: Uint32Array): void {
    let [a = 0, b = 0, c = 0, d = 0] = this.#state;
    for (let index = 0; index < words.length; index += 1) {
      words[index] = Math.imul(rotate(Math.imul(b, 5), 7), 9);
      const shifted = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= shifted;
      d = rotate(d, 11);
    }
    this.#state.set([a, b, c, d]);
  }
}

/** The same as numbers 0 <= x < 1; for resampling, not for secrets. */
export function seededRandom(seed: number): () => number {
  const random = new SeededRandom(seed);
  return () => random.bits() / 2 ** 32;
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}
