import { describe, expect, it } from 'vitest';
import { noWorsePValue } from '../../../../src/engine/compare/judgeDifference.ts';
import { verdictsOf } from '../../../../src/engine/compare/verdicts.ts';
import { boundedLoss, casesWithoutLoss } from '../../../../src/engine/stats/boundedLoss.ts';
import { nonInferiority } from '../../../../src/engine/stats/equivalence.ts';
import { seededRandom } from '../../../../src/engine/stats/random.ts';
import { pairedT } from '../../../../src/engine/stats/tTest.ts';

const TRIES = 4_000;

/** How often "no worse" is said at 95 % where the true loss is just the margin, as losses of 1 that are as rare as that. */
function falseNoWorse(cases: number, margin: number, seed: number): number {
  const random = seededRandom(seed);
  let wrong = 0;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const differences = Array.from({ length: cases }, () => (random() < margin ? -1 : 0));
    if (noWorsePValue(differences, margin) <= 0.05) wrong += 1;
  }
  return wrong / TRIES;
}

describe('a loss that is to be ruled out', () => {
  // One-sided 2.5 %, and three standard errors of the simulation.
  it.each([
    [20, 0.02],
    [48, 0.02],
    [100, 0.02],
    [200, 0.02],
    [400, 0.02],
    [30, 0.05],
    [200, 0.05],
  ])('is not, of %d cases with rare losses of a margin of %d, more often than the level allows', (cases, margin) => {
    expect(falseNoWorse(cases, margin, cases)).toBeLessThan(0.025 + 3 * Math.sqrt((0.025 * 0.975) / TRIES));
  });

  it('is, by as many cases without a loss as are said to do', () => {
    for (const margin of [0.01, 0.02, 0.05, 0.2]) {
      const needed = casesWithoutLoss(margin, 0.025);
      expect(boundedLoss(new Array<number>(needed).fill(0), margin)).toBeLessThanOrEqual(0.025);
      // No test that holds for any distribution can do with fewer than this: P(no loss is seen) = (1 - margin)^n.
      expect(needed).toBeGreaterThanOrEqual(Math.log(0.025) / Math.log(1 - margin));
    }
  });

  it('is by t where many cases moved a little', () => {
    const differences = Array.from({ length: 60 }, (_, index) => (index % 2 === 0 ? 0.03 : -0.03));
    expect(noWorsePValue(differences, 0.02)).toBe(2 * nonInferiority(differences, 0.02));
  });

  it('takes values of -1..1 alone', () => {
    expect(() => boundedLoss([1.5], 0.1)).toThrow(RangeError);
  });
});

describe('differences that are all the same', () => {
  it.each([
    [[0.5, 0.5], 0.5],
    [[-0.5, -0.5, -0.5], 0.25],
    [new Array<number>(10).fill(0.1), 2 / 2 ** 10],
    [[0, 0], 1],
  ])('%j have the p-value of their signs', (differences, pValue) => {
    expect(pairedT(differences).pValue).toBeCloseTo(pValue, 12);
  });

  it.each([
    [[0.5, 0.5], 't', 0, 'inconclusive'],
    [[0.5, 0.5], 'auto', 0.02, 'inconclusive'],
    [[-0.01, -0.01], 'auto', 0.02, 'inconclusive'],
    [[0.5, 0.5, 0.5, 0.5, 0.5, 0.5], 't', 0, 'better'],
    [[0, 0, 0], 'auto', 0, 'no-worse'],
  ] as const)('%j by %s, margin %d: %s', (differences, test, margin, word) => {
    const policy = { margin, confidence: 0.95, correction: 'none', test } as const;
    const [verdict] = verdictsOf([{ differences: [...differences], isBinary: false }], policy);
    expect(verdict?.word).toBe(word);
    if (word === 'no-worse') expect(verdict?.assumes).toMatch(/No case moved/);
  });
});
