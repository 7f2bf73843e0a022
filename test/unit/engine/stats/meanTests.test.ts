import { describe, expect, it } from 'vitest';
import { cliffDelta, cohenH, riskDifference, standardisedDifference } from '../../../../src/engine/stats/effectSize.ts';
import { equivalenceTest, nonInferiority } from '../../../../src/engine/stats/equivalence.ts';
import { clusteredT, meanTestInterval, pairedT } from '../../../../src/engine/stats/tTest.ts';
import { wilcoxonTest } from '../../../../src/engine/stats/wilcoxon.ts';
import { FEW, MANY, SOME, TIED } from './differences.ts';

// Expected values: scipy 1.17.0 (wilcoxon, ttest_1samp), statsmodels 0.15.0 (OLS with clustered covariance, ttost_paired).

describe('wilcoxonTest', () => {
  it.each([
    ['few, exact', FEW, {}, 0.15625],
    ['few, normal', FEW, { method: 'normal' }, 0.12819017434510785],
    ['ties and zeros, exact', SOME, {}, 0.177734375],
    ['ties and zeros ranked, exact', SOME, { zeros: 'pratt' }, 0.1796875],
    ['ties and zeros, normal', SOME, { method: 'normal' }, 0.13320998376632007],
    ['ties and zeros ranked, normal', SOME, { method: 'normal', zeros: 'pratt' }, 0.14540569855639032],
    ['forty, exact', MANY.slice(0, 40), {}, 0.03560432962331106],
    ['sixty', MANY, {}, 0.1186040324703133],
    ['eighty, ties and zeros', TIED, {}, 0.0071784683448864505],
    ['eighty, ties and zeros ranked', TIED, { zeros: 'pratt' }, 0.011452589029431293],
  ] as const)('on %s', (_, differences, options, pValue) => {
    expect(wilcoxonTest(differences, options).pValue).toBeCloseTo(pValue, 12);
    const swapped = differences.map((one) => -one);
    expect(wilcoxonTest(swapped, options).pValue).toBeCloseTo(pValue, 12);
  });

  it('says how it counted, and by how much gains outweigh losses', () => {
    expect(wilcoxonTest(FEW)).toMatchObject({ method: 'exact', gained: 23, lost: 5, effect: 18 / 28 });
    expect(wilcoxonTest(MANY).method).toBe('normal');
    expect(wilcoxonTest([0, 0])).toEqual({ pValue: 1, method: 'exact', gained: 0, lost: 0, effect: null });
    expect(wilcoxonTest([]).pValue).toBe(1);
  });
});

describe('pairedT', () => {
  it.each([
    [FEW, 1.7896762770039134, 0.12370831519606869],
    [SOME, 1.6402996554414246, 0.12687437676797786],
    [MANY, 1.356440029462487, 0.18012729100501898],
    [TIED, 2.5898796668076716, 0.011427828120232901],
  ])('of %j', (differences, t, pValue) => {
    const test = pairedT(differences);
    expect(test.t).toBeCloseTo(t, 11);
    expect(test.pValue).toBeCloseTo(pValue, 11);
    expect(test.degreesOfFreedom).toBe(differences.length - 1);
  });

  it('knows what has no spread', () => {
    expect(pairedT([0.25, 0.25])).toMatchObject({ t: Number.POSITIVE_INFINITY, pValue: 0.5 });
    expect(pairedT([-0.25, -0.25])).toMatchObject({ t: Number.NEGATIVE_INFINITY, pValue: 0.5 });
    expect(pairedT([0, 0, 0])).toMatchObject({ t: 0, pValue: 1 });
    expect(() => pairedT([1])).toThrow(RangeError);
  });
});

describe('clusteredT', () => {
  const byFour = (values: readonly number[]) => values.map((_, index) => index >> 2);
  it.each([
    [FEW, 0.14081632653061224, 0.34282449450996677],
    [SOME, 0.05807665429718131, 0.04534892314957074],
    [MANY, 0.13354198338570278, 0.4691888647201142],
    [TIED, 0.07201787858251806, 0.009033301322943499],
  ])('of %j by four', (values, standardError, pValue) => {
    const test = clusteredT(values, byFour(values));
    expect(test.standardError).toBeCloseTo(standardError, 12);
    expect(test.pValue).toBeCloseTo(pValue, 11);
  });

  it('gives the interval of statsmodels', () => {
    const { low, high } = meanTestInterval(clusteredT(TIED, byFour(TIED)), 0.95);
    expect(low).toBeCloseTo(0.05863985, 8);
    expect(high).toBeCloseTo(0.36011015, 8);
  });

  it('is the usual one when each value is a cluster of its own', () => {
    const own = clusteredT(
      MANY,
      MANY.map((_, index) => index),
    );
    expect(own.pValue).toBeCloseTo(pairedT(MANY).pValue, 12);
    expect(own.standardError).toBeCloseTo(pairedT(MANY).standardError, 14);
  });

  // How many of 500 news items of each class a real model labelled rightly: the published standard error is 0.105250.
  it('of real predictions by class', () => {
    const right = { Sports: 493, World: 441, 'Sci/Tech': 264, Business: 476 };
    const rows = Object.entries(right).flatMap(([label, count]) =>
      Array.from({ length: 500 }, (_, index) => ({ label, value: index < count ? 1 : 0 })),
    );
    const values = rows.map(({ value }) => value);
    const test = clusteredT(
      values,
      rows.map(({ label }) => label),
    );
    expect(test.mean).toBeCloseTo(0.837, 14);
    expect(test.standardError).toBeCloseTo(0.10525049, 8);
    expect(test.degreesOfFreedom).toBe(3);
    expect(pairedT(values).standardError).toBeCloseTo(0.008261, 5);
  });

  it('refuses one cluster, and values without one', () => {
    expect(() => clusteredT([1, 2], ['a', 'a'])).toThrow(RangeError);
    expect(() => clusteredT([1, 2], ['a'])).toThrow(RangeError);
  });
});

describe('equivalenceTest', () => {
  it.each([
    [FEW, 0.008120656470904253, 0.6023233295446402],
    [SOME, 0.0029104031769364267, 0.47438358156775895],
    [MANY, 6.694155444752088e-5, 0.08730460556352404],
    [TIED, 1.3145172641382294e-6, 0.5460126268957519],
  ])('of %j within 0.2', (differences, aboveLow, belowHigh) => {
    const test = equivalenceTest(differences, { low: -0.2, high: 0.2 });
    expect(test.aboveLow).toBeCloseTo(aboveLow, 11);
    expect(test.belowHigh).toBeCloseTo(belowHigh, 11);
    expect(test.pValue).toBe(Math.max(test.aboveLow, test.belowHigh));
  });

  it('goes by the signs where nothing varies', () => {
    expect(nonInferiority([0, 0], 0.1)).toBe(0.25);
    expect(nonInferiority([-0.1, -0.1], 0.1)).toBe(1);
    expect(() => equivalenceTest([0, 1], { low: 0.1, high: 0.1 })).toThrow(RangeError);
  });
});

describe('effect sizes', () => {
  it('are those of their definitions', () => {
    // Mean 0.1, squares of deviations 0.01 + 0 + 0.01, s = 0.1.
    expect(standardisedDifference([0, 0.1, 0.2])).toBeCloseTo(1, 12);
    expect(standardisedDifference([0.5])).toBeNull();
    expect(standardisedDifference([0.5, 0.5])).toBeNull();
    expect(standardisedDifference([0, 0])).toBe(0);
    expect(riskDifference(99, 57, 2000)).toBeCloseTo(0.021, 14);
    expect(riskDifference(0, 0, 0)).toBeNull();
  });

  it('of two rates are those of statsmodels', () => {
    expect(cohenH(0.837, 0.858)).toBeCloseTo(0.058445322492906904, 13);
    expect(cohenH(0.2, 0.05)).toBeCloseTo(-0.47626840620534977, 13);
    expect(cohenH(0, 1)).toBeCloseTo(Math.PI, 14);
  });

  it('of two lists count each with each', () => {
    const [before, after] = [SOME.slice(0, 6), TIED.slice(0, 30)];
    const each = after.flatMap((value) => before.map((other) => Math.sign(value - other)));
    const expected = each.reduce((sum, one) => sum + one, 0) / each.length;
    expect(cliffDelta(before, after)).toBeCloseTo(expected, 14);
    expect(cliffDelta([1, 2], [3, 4, 5])).toBe(1);
    expect(cliffDelta([1], [1])).toBe(0);
    expect(cliffDelta([], [1])).toBeNull();
  });
});
