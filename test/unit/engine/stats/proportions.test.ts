import { describe, expect, it } from 'vitest';
import { betaQuantile, binomialUpperTail, incompleteBeta, logGamma } from '../../../../src/engine/stats/beta.ts';
import { mcnemarMidP } from '../../../../src/engine/stats/mcnemar.ts';
import { normalTail, normalTwoSided } from '../../../../src/engine/stats/normal.ts';
import { rateInterval } from '../../../../src/engine/stats/proportionInterval.ts';

// Expected values: scipy 1.17.0 (norm.sf, betainc, gammaln, binom), statsmodels 0.15.0 (proportion_confint).

describe('normalTail', () => {
  it.each([
    [0, 0.5],
    [0.5, 0.3085375387259869],
    [1.96, 0.024997895148220435],
    [2.999, 0.0013543365337271057],
    [3, 0.0013498980316300933],
    [5.5, 1.898956246588768e-8],
    [10, 7.61985302416047e-24],
    [37, 5.7255712225239266e-300],
  ])('of %d', (z, tail) => {
    expect(normalTail(z) / tail).toBeCloseTo(1, 11);
    expect(normalTail(-z)).toBeCloseTo(1 - tail, 14);
    expect(normalTwoSided(-z) / Math.min(1, 2 * tail)).toBeCloseTo(1, 11);
  });

  it('of what is beyond all numbers', () => {
    expect(normalTail(Number.POSITIVE_INFINITY)).toBe(0);
    expect(normalTail(Number.NEGATIVE_INFINITY)).toBe(1);
    expect(normalTail(Number.NaN)).toBeNaN();
  });
});

describe('incompleteBeta', () => {
  it.each([
    [0.3, 2, 5, 0.579825],
    [0.5, 0.5, 0.5, 0.5],
    [0.02, 0.5, 40.5, 0.7977936237618718],
    [0.84, 1674.5, 326.5, 0.6450266074153066],
    [0.9, 1, 3, 0.999],
    [0.001, 3, 9000, 0.9937952525427289],
    [0, 2, 3, 0],
    [1, 2, 3, 1],
  ])('of %d with %d and %d', (x, a, b, share) => {
    expect(incompleteBeta(x, a, b)).toBeCloseTo(share, 11);
    if (x > 0 && x < 1) expect(betaQuantile(share, a, b)).toBeCloseTo(x, 11);
  });

  it.each([
    [0.5, 0.5723649429247],
    [1, 0],
    [3.7, 1.428072326665388],
    [12, 17.502307845873887],
    [100.25, 360.28455963776423],
    [20_000, 178065.71824964616],
  ])('takes the logarithm of gamma of %d', (x, logarithm) => {
    expect(logGamma(x)).toBeCloseTo(logarithm, 9);
  });

  it('adds up coins', () => {
    expect(binomialUpperTail(3, 4, 0.5)).toBeCloseTo(5 / 16, 14);
    expect(binomialUpperTail(0, 4, 0.5)).toBe(1);
    expect(binomialUpperTail(5, 4, 0.5)).toBe(0);
    expect(betaQuantile(0, 1, 1)).toBe(0);
    expect(betaQuantile(1, 1, 1)).toBe(1);
  });
});

describe('rateInterval', () => {
  it.each([
    ['wilson', 1674, 2000, 0.8201687132797912, 0.8525391968526441],
    ['clopper-pearson', 1674, 2000, 0.8200706810080349, 0.85293483951135],
    ['clopper-pearson', 0, 10, 0, 0.30849710781876083],
    ['clopper-pearson', 10, 10, 0.6915028921812392, 1],
    ['clopper-pearson', 21, 24, 0.6763886418111671, 0.973440685013751],
    ['clopper-pearson', 1, 1, 0.025, 1],
    ['jeffreys', 1674, 2000, 0.8203302941009751, 0.8526951888930928],
    ['jeffreys', 0, 10, 4.7890433157581876e-5, 0.2171962675092106],
    ['jeffreys', 10, 10, 0.7828037324907894, 0.9999521095668424],
    ['jeffreys', 21, 24, 0.7027052961422066, 0.9635026719134075],
  ] as const)('by %s of %d of %d', (method, hits, total, low, high) => {
    const interval = rateInterval(hits, total, 0.95, method);
    expect(interval?.rate).toBe(hits / total);
    expect(interval?.low).toBeCloseTo(low, 11);
    expect(interval?.high).toBeCloseTo(high, 11);
  });

  it('is by Wilson unless told otherwise, and none for no case', () => {
    expect(rateInterval(21, 24)).toEqual(rateInterval(21, 24, 0.95, 'wilson'));
    expect(rateInterval(0, 0)).toBeNull();
  });

  it.each(['wilson', 'clopper-pearson', 'jeffreys'] as const)('by %s refuses what is no rate', (method) => {
    expect(() => rateInterval(3, 2, 0.95, method)).toThrow(RangeError);
    expect(() => rateInterval(-1, 2, 0.95, method)).toThrow(RangeError);
    expect(() => rateInterval(1, 2.5, 0.95, method)).toThrow(RangeError);
    expect(() => rateInterval(1, 2, 1, method)).toThrow(RangeError);
  });
});

describe('mcnemarMidP', () => {
  it.each([
    [57, 99, 0.0007498832038131508],
    [0, 0, 1],
    [0, 5, 0.03125],
    [3, 1, 0.375],
    [10, 10, 1],
    [500, 400, 0.0008541955361977088],
  ])('%d lost, %d gained', (lost, gained, pValue) => {
    expect(mcnemarMidP(gained, lost) / pValue).toBeCloseTo(1, 9);
    expect(mcnemarMidP(lost, gained)).toBe(mcnemarMidP(gained, lost));
  });
});
