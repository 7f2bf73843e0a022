/**
 * Numbers 0 <= x < 1 that are the same for the same seed on every machine; for resampling, not for secrets.
 *
 * Source: Blackman and Vigna (2021), ACM Trans. Math. Softw. 47(4), xoshiro128**; its state is filled by a hash of the seed
 * with the finaliser of MurmurHash3 (Appleby, public domain).
 */
export function seededRandom(seed: number): () => number {
  let a = scrambled(seed, 1);
  let b = scrambled(seed, 2);
  let c = scrambled(seed, 3);
  let d = scrambled(seed, 4);
  return () => {
    const result = Math.imul(rotated(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotated(d, 11);
    return result / 2 ** 32;
  };
}

function rotated(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

function scrambled(seed: number, step: number): number {
  let hash = (seed + Math.imul(step, 0x9e3779b9)) | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
