import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjustPValues, CORRECTIONS } from '../../../../src/engine/stats/correction.ts';
import { tTwoSided } from '../../../../src/engine/stats/distribution.ts';
import { mcnemarTest } from '../../../../src/engine/stats/mcnemar.ts';
import { pairedTest } from '../../../../src/engine/stats/pairedTest.ts';
import { detectableDifference, neededCases } from '../../../../src/engine/stats/power.ts';
import { SeededRandom } from '../../../../src/engine/stats/random.ts';

// Expected values: scipy 1.17.1 (t.sf), statsmodels 0.15.0 (mcnemar exact, multipletests, TTestPower), all sign patterns by hand.

describe('tTwoSided', () => {
  it.each([
    [0.5, 1, 0.7048327646991335],
    [2.2, 5, 0.07909389790318237],
    [3.4, 23, 0.0024585231873846002],
    [1.96, 1999, 0.050134530577596946],
    [0, 3, 1],
    [7.5, 40, 3.810141970621826e-9],
    [-12, 10, 2.921408824769984e-7],
  ])('t = %d with %d degrees of freedom', (t, degrees, pValue) => {
    expect(Math.abs(tTwoSided(t, degrees) - pValue)).toBeLessThan(1e-12);
    expect(tTwoSided(t, degrees) / pValue).toBeCloseTo(1, 8);
  });
});

describe('mcnemarTest', () => {
  it.each([
    [57, 99, 0.0009661330574741856],
    [82, 166, 1.0378669452696199e-7],
    [0, 0, 1],
    [0, 5, 0.0625],
    [3, 1, 0.625],
    [10, 10, 1],
    [500, 400, 0.0009564441369189373],
    [1, 0, 1],
    [0, 8, 0.0078125],
  ])('%d lost, %d gained', (lost, gained, pValue) => {
    expect(mcnemarTest(gained, lost) / pValue).toBeCloseTo(1, 10);
    expect(mcnemarTest(lost, gained)).toBe(mcnemarTest(gained, lost));
  });

  it('takes counts only', () => {
    expect(() => mcnemarTest(-1, 2)).toThrow(RangeError);
    expect(() => mcnemarTest(1, 0.5)).toThrow(RangeError);
  });
});

describe('pairedTest', () => {
  const FEW = [0.1, 0.25, -0.3, 0.4, 0.55, -0.05, 0.7];

  it('goes through all sign patterns of a few', () => {
    expect(pairedTest(FEW, 1)).toEqual({ pValue: 18 / 128, test: 'exact sign-flip' });
    expect(pairedTest([...FEW, 0, 0, 0], 1).pValue).toBe(18 / 128);
    expect(pairedTest([], 1).pValue).toBe(1);
    expect(pairedTest([0, 0], 1).pValue).toBe(1);
    expect(pairedTest([0.5], 1).pValue).toBe(1);
  });

  it('of more comes near to the exact one, the same for the same seed', () => {
    const many = Array.from({ length: 40 }, (_, index) => Math.sin(index * 12.9898) + 0.25);
    const { pValue, test } = pairedTest(many, 7);
    expect(test).toBe('sign-flip');
    expect(Math.abs(pValue - tTest(many))).toBeLessThan(0.01);
    expect(pairedTest(many, 7).pValue).toBe(pValue);
    expect(pairedTest(many, 8).pValue).not.toBe(pValue);
  });

  it('of very many is the t test', () => {
    const random = new SeededRandom(3);
    const many = Array.from({ length: 2000 }, () => random.bits() / 2 ** 32 - 0.48);
    const { pValue, test } = pairedTest(many, 1);
    expect(test).toBe('t');
    expect(pValue).toBeCloseTo(tTest(many), 12);
    expect(pairedTest(new Array<number>(600).fill(0.5), 1).pValue).toBeLessThan(1e-100);
  });

  it('keeps its level when there is no difference', () => {
    const random = new SeededRandom(11);
    const runs = 2000;
    let alarms = 0;
    for (let run = 0; run < runs; run += 1) {
      const differences = Array.from({ length: 12 }, () => random.bits() / 2 ** 31 - 1);
      if (pairedTest(differences, run).pValue <= 0.05) alarms += 1;
    }
    // 5 % of 2000 are 100; four standard deviations of such a count are 39.
    expect(alarms).toBeLessThan(139);
    expect(alarms).toBeGreaterThan(61);
  });
});

describe('adjustPValues', () => {
  const P = [0.01, 0.04, 0.03, 0.005, 0.2, 0.0009];
  it.each([
    ['holm', [0.04, 0.09, 0.09, 0.025, 0.2, 0.0054]],
    ['benjamini-hochberg', [0.02, 0.048, 0.045, 0.015, 0.2, 0.0054]],
    ['bonferroni', [0.06, 0.24, 0.18, 0.03, 1, 0.0054]],
    ['none', P],
  ] as const)('%s', (correction, expected) => {
    for (const [index, pValue] of adjustPValues(P, correction).entries()) {
      expect(pValue).toBeCloseTo(expected[index] ?? 0, 12);
    }
  });

  it('never lowers a p-value, keeps their order, and changes nothing for one', () => {
    const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(pValues, fc.constantFrom(...CORRECTIONS), (given, correction) => {
        const adjusted = adjustPValues(given, correction);
        given.forEach((pValue, i) => {
          expect(adjusted[i]).toBeGreaterThanOrEqual(pValue);
          expect(adjusted[i]).toBeLessThanOrEqual(1);
          given.forEach((other, j) => {
            if (pValue < other) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j] ?? 0);
          });
        });
        if (given.length === 1) expect(adjusted).toEqual(given);
      }),
    );
  });
});

describe('power', () => {
  it.each([
    [50, 1, 0.4041829997377859],
    [200, 0.3, 0.0597193978409218],
  ])('the smallest difference that %d cases show', (cases, deviation, difference) => {
    expect(detectableDifference(cases, deviation, 0.95) / difference).toBeCloseTo(1, 3);
  });

  it.each([
    [0.2, 199],
    [0.5, 34],
    [0.1, 787],
  ])('the cases that a difference of %d needs', (difference, cases) => {
    expect(Math.abs((neededCases(difference, 1, 0.95) ?? 0) - cases)).toBeLessThanOrEqual(1);
  });

  it('gives up where nobody could write so many', () => {
    expect(neededCases(0, 1, 0.95)).toBeNull();
    expect(neededCases(1e-5, 1, 0.95)).toBeNull();
    expect(neededCases(1, 0, 0.95)).toBe(2);
  });
});

describe('SeededRandom', () => {
  it('is even and repeatable', () => {
    const random = new SeededRandom(42);
    const counts = new Array<number>(16).fill(0);
    for (let draw = 0; draw < 16_000; draw += 1) {
      const bucket = random.bits() >>> 28;
      counts[bucket] = (counts[bucket] ?? 0) + 1;
    }
    // 1000 each, with a standard deviation of 31.
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(140);
    expect(new SeededRandom(42).bits()).toBe(new SeededRandom(42).bits());
  });
});

function tTest(differences: readonly number[]): number {
  const n = differences.length;
  const centre = differences.reduce((sum, one) => sum + one, 0) / n;
  const variance = differences.reduce((sum, one) => sum + (one - centre) ** 2, 0) / (n - 1);
  return tTwoSided(centre / Math.sqrt(variance / n), n - 1);
}
