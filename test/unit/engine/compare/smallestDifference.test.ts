import { describe, expect, it } from 'vitest';
import { DEFAULT_COMPARE } from '../../../../src/engine/compare/comparePolicy.ts';
import {
  type Planned,
  smallestDifference,
  smallestDifferenceWords,
} from '../../../../src/engine/compare/smallestDifference.ts';
import { verdictsOf } from '../../../../src/engine/compare/verdicts.ts';
import { normalQuantile } from '../../../../src/engine/stats/distribution.ts';
import { seededRandom } from '../../../../src/engine/stats/random.ts';

const planned = (plan: Planned) => smallestDifference(plan, DEFAULT_COMPARE);

describe('smallestDifference', () => {
  it('takes the spread of earlier differences, or says which it assumes', () => {
    const differences = Array.from({ length: 50 }, (_, index) => (index % 2 === 0 ? 0.1 : -0.1));
    const known = planned({ cases: 50, differences });
    // statsmodels 0.15.0 (TTestPower): 0.404183 standard deviations, each of 0.1 times the root of 50 / 49.
    expect(known.difference).toBeCloseTo(0.0404183 * Math.sqrt(50 / 49), 4);
    expect(smallestDifferenceWords(known)).toBe(
      '50 cases would show a difference of 0.041 or more in 4 of 5 tries, if as last time, scores move by 0.10 (standard deviation).',
    );
    const assumed = planned({ cases: 50, differences: [0, 0, 0] });
    expect(assumed).toMatchObject({ isKnown: false, spread: 0.25 });
    expect(smallestDifferenceWords(assumed)).toContain('which is assumed');
  });

  it('of passing counts the cases that change', () => {
    const plan = planned({ cases: 200, differences: [1, -1, 0, 0, 0, 0, 0, 0, 0, 0], isBinary: true });
    expect(plan).toMatchObject({ isKnown: true, spread: 0.2 });
    expect(smallestDifferenceWords(plan)).toMatch(
      /^200 cases would show a difference of (9\.\d|10) % of cases or more in 4 of 5 tries, if as last time, 20 % of cases change\.$/,
    );
  });

  it('grows with the family, but where nothing is corrected', () => {
    const one = planned({ cases: 80 }).difference ?? 0;
    expect(planned({ cases: 80, comparisons: 10 }).difference).toBeGreaterThan(one * 1.2);
    const free = smallestDifference({ cases: 80, comparisons: 10 }, { confidence: 0.95, correction: 'none' });
    expect(free.difference).toBe(one);
  });

  it('says when there are too few', () => {
    expect(planned({ cases: 5 }).difference).toBeNull();
    expect(smallestDifferenceWords(planned({ cases: 1 }))).toBe(
      '1 case cannot show a difference, however large: more are needed.',
    );
    expect(planned({ cases: 10, isBinary: true }).difference).toBeNull();
  });
});

describe('verdicts on what was planned', () => {
  const random = seededRandom(31);
  const normal = () => normalQuantile(Math.max(1e-12, random()));
  const shares = (test: 'auto' | 't' | 'wilcoxon' | 'permutation' | 'bootstrap', shift: number, runs: number) => {
    let [better, worse] = [0, 0];
    for (let run = 0; run < runs; run += 1) {
      const differences = Array.from({ length: 40 }, () => shift + 0.25 * normal());
      const word = verdictsOf([{ differences, isBinary: false }], { ...DEFAULT_COMPARE, test })[0]?.word;
      if (word === 'better') better += 1;
      if (word === 'worse') worse += 1;
    }
    return { better: better / runs, worse: worse / runs };
  };
  const difference = planned({ cases: 40 }).difference ?? 0;

  // Four standard deviations of 400 runs are 0.044 at the level.
  it.each(['t', 'wilcoxon', 'permutation', 'bootstrap'] as const)(
    '%s keeps its level and shows what it promised',
    (test) => {
      const none = shares(test, 0, 400);
      expect(none.better + none.worse).toBeLessThan(0.094);
      const { better } = shares(test, difference, 200);
      // 0.8 of 200 runs: four standard deviations are 0.113.
      expect(better).toBeGreaterThan(0.67);
      expect(better).toBeLessThan(0.92);
    },
  );

  it('on a loss of the margin seldom says that it is none, in a family of five', () => {
    let alarms = 0;
    for (let run = 0; run < 300; run += 1) {
      const family = Array.from({ length: 5 }, () => ({
        differences: Array.from({ length: 30 }, () => -0.1 + 0.25 * normal()),
        isBinary: false,
      }));
      const verdicts = verdictsOf(family, { ...DEFAULT_COMPARE, margin: 0.1, test: 't' });
      if (verdicts.some((verdict) => verdict?.word === 'no-worse' || verdict?.word === 'better')) alarms += 1;
    }
    // 2.5 % of 300 are 7.5; four standard deviations above are 19. Uncorrected, it would be about 35.
    expect(alarms).toBeLessThan(19);
  });
});
