import { describe, expect, it } from 'vitest';
import { pairwiseAgreement, passAtK, passHatK } from '../../../../src/engine/stats/repeats.ts';

/** Every set of k among n answers, the first c of which pass: by definition, without a formula. */
function drawn(n: number, c: number, k: number): { some: number; all: number } {
  let [sets, some, all] = [0, 0, 0];
  for (let mask = 0; mask < 2 ** n; mask += 1) {
    const chosen = Array.from({ length: n }, (_, at) => at).filter((at) => mask & (1 << at));
    if (chosen.length !== k) continue;
    sets += 1;
    if (chosen.some((at) => at < c)) some += 1;
    if (chosen.every((at) => at < c)) all += 1;
  }
  return { some: some / sets, all: all / sets };
}

describe('pass@k and pass^k', () => {
  it('are the shares of all sets of k answers, by counting them', () => {
    for (let n = 1; n <= 8; n += 1)
      for (let c = 0; c <= n; c += 1)
        for (let k = 1; k <= n; k += 1) {
          const { some, all } = drawn(n, c, k);
          expect(passAtK(n, c, k)).toBeCloseTo(some, 12);
          expect(passHatK(n, c, k)).toBeCloseTo(all, 12);
        }
  });

  it('are unknown where there are fewer answers than k', () => {
    expect(passAtK(2, 2, 3)).toBeNull();
    expect(passHatK(0, 0, 1)).toBeNull();
  });

  it('hold for many answers', () => {
    // 1 - C(800, 10) / C(1000, 10), by exact fractions in Python
    expect(passAtK(1000, 200, 10)).toBeCloseTo(0.893835586770041, 12);
    // C(990, 5) / C(1000, 5)
    expect(passHatK(1000, 990, 5)).toBeCloseTo(0.9508937045716805, 12);
  });
});

it('the agreement of pairs is that of all pairs, by counting them', () => {
  for (let n = 2; n <= 8; n += 1)
    for (let c = 0; c <= n; c += 1) {
      let [alike, pairs] = [0, 0];
      for (let a = 0; a < n; a += 1)
        for (let b = a + 1; b < n; b += 1) {
          pairs += 1;
          if (a < c === b < c) alike += 1;
        }
      expect(pairwiseAgreement(n, c)).toBeCloseTo(alike / pairs, 12);
    }
  expect(pairwiseAgreement(1, 1)).toBeNull();
});
