import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalQuantile, tQuantile } from '../../../../src/engine/stats/distribution.ts';
import { scoreInterval, tInterval, wilsonInterval } from '../../../../src/engine/stats/interval.ts';
import { mean, sampleStandardDeviation } from '../../../../src/engine/stats/mean.ts';
import { quantile } from '../../../../src/engine/stats/quantile.ts';

// Expected values: scipy 1.17.1 (t.ppf, t.interval with sem), statsmodels 0.15.0 (proportion_confint, wilson), numpy 2.4 (quantile).

const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 });

describe('tQuantile', () => {
  it.each([
    [0.975, 1, 12.706204736174694],
    [0.975, 2, 4.302652729749462],
    [0.995, 3, 5.840909309733355],
    [0.95, 7, 1.8945786050900062],
    [0.6, 23, 0.25629705991468515],
    [0.025, 30, -2.042272456301238],
    [0.9995, 99, 3.391528833363685],
    [0.975, 1999, 1.9611514201705613],
    [0.975, 100_000, 1.9599877075346095],
    [0.5, 4, 0],
  ])('%d with %d degrees of freedom', (probability, degrees, value) => {
    expect(tQuantile(probability, degrees)).toBeCloseTo(value, 10);
  });

  it.each([
    [0, 5],
    [1, 5],
    [Number.NaN, 5],
    [0.5, 0],
    [0.5, 1.5],
  ])('refuses %d, %d', (probability, degrees) => {
    expect(() => tQuantile(probability, degrees)).toThrow(RangeError);
  });
});

describe('normalQuantile', () => {
  it('has the values of the tables', () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 12);
    expect(normalQuantile(0.95)).toBeCloseTo(1.6448536269514722, 12);
    expect(() => normalQuantile(1)).toThrow(RangeError);
  });
});

describe('mean and sampleStandardDeviation', () => {
  it('are what they are by hand', () => {
    expect(mean([1, 2, 4])).toBe(7 / 3);
    expect(sampleStandardDeviation([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(Math.sqrt(32 / 7), 14);
    expect(sampleStandardDeviation([3, 3, 3])).toBe(0);
  });

  it('lose nothing of small values beside large ones', () => {
    expect(mean([1e16, 1, -1e16, 1])).toBe(0.5);
  });

  it('refuse too few values', () => {
    expect(() => mean([])).toThrow(RangeError);
    expect(() => sampleStandardDeviation([1])).toThrow(RangeError);
  });
});

describe('scoreInterval', () => {
  it('is the t interval within 0..1, and the whole range for a single value', () => {
    // Mean 0.51, s = 0.0141421, standard error 0.01, t(1; 0.975) = 12.7062047.
    const inside = scoreInterval([0.5, 0.52], 0.95);
    expect(inside?.low).toBeCloseTo(0.51 - 0.127062047, 6);
    expect(inside?.high).toBeCloseTo(0.51 + 0.127062047, 6);
    expect(scoreInterval([0, 1], 0.95)).toEqual({ mean: 0.5, low: 0, high: 1 });
    expect(scoreInterval([0.3], 0.95)).toEqual({ mean: 0.3, low: 0, high: 1 });
    expect(scoreInterval([], 0.95)).toBeNull();
  });
});

describe('tInterval', () => {
  it.each([
    [[0.2, 0.9], 0.95, -3.8971716576611426, 4.997171657661142],
    [[1, 1, 0], 0.95, -0.7675509099164876, 2.100884243249821],
    [[1, 1, 0], 0.9, -0.30666186011790897, 1.6399951934512416],
    [[0.5, 0.25, 0.75, 1, 0, 0.6], 0.95, 0.14316978507866746, 0.8901635482546659],
    [Array.from({ length: 38 }, (_, i) => i / 37), 0.9, 0.4177986141626694, 0.5822013858373306],
    [Array.from({ length: 500 }, (_, i) => ((i * i) % 97) / 97), 0.95, 0.46135524718240273, 0.51650042292069],
  ])('%j at %d', (values, confidence, low, high) => {
    const interval = tInterval(values, confidence);
    expect(interval.low).toBeCloseTo(low, 10);
    expect(interval.high).toBeCloseTo(high, 10);
    expect(interval.mean).toBeCloseTo(mean(values), 14);
  });

  it('is the value itself when there is one, and has no width without spread', () => {
    expect(tInterval([0.7], 0.95)).toEqual({ mean: 0.7, low: 0.7, high: 0.7 });
    expect(tInterval([1, 1, 1], 0.95)).toEqual({ mean: 1, low: 1, high: 1 });
  });

  it('holds its mean and widens with the confidence', () => {
    fc.assert(
      fc.property(fc.array(finite, { minLength: 2, maxLength: 40 }), (values) => {
        const [narrow, wide] = [tInterval(values, 0.8), tInterval(values, 0.99)];
        expect(narrow.low).toBeLessThanOrEqual(narrow.mean);
        expect(narrow.high).toBeGreaterThanOrEqual(narrow.mean);
        expect(wide.low).toBeLessThanOrEqual(narrow.low);
        expect(wide.high).toBeGreaterThanOrEqual(narrow.high);
      }),
    );
  });

  it('refuses no values and a confidence that is none', () => {
    expect(() => tInterval([], 0.95)).toThrow(RangeError);
    expect(() => tInterval([1, 2], 95)).toThrow(RangeError);
  });
});

describe('wilsonInterval', () => {
  it.each([
    [1674, 2000, 0.8201687132797912, 0.8525391968526441],
    [0, 10, 0, 0.27753279986288926],
    [10, 10, 0.7224672001371106, 1],
    [1, 1, 0.2065493143772374, 1],
    [21, 24, 0.6899611872949992, 0.9565566591987656],
    [3, 7, 0.15821985525146964, 0.7495416354723428],
  ])('%d of %d', (passed, scored, low, high) => {
    const interval = wilsonInterval(passed, scored, normalQuantile(0.975));
    expect(interval[0]).toBeCloseTo(low, 12);
    expect(interval[1]).toBeCloseTo(high, 12);
  });

  it('holds the rate, stays in 0..1 and mirrors failures', () => {
    const counts = fc
      .integer({ min: 1, max: 5000 })
      .chain((scored) => fc.tuple(fc.integer({ min: 0, max: scored }), fc.constant(scored)));
    fc.assert(
      fc.property(counts, fc.double({ min: 0.1, max: 5, noNaN: true }), ([passed, scored], z) => {
        const [low, high] = wilsonInterval(passed, scored, z);
        const [mirroredLow, mirroredHigh] = wilsonInterval(scored - passed, scored, z);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(passed / scored);
        expect(high).toBeGreaterThanOrEqual(passed / scored);
        expect(mirroredLow).toBeCloseTo(1 - high, 12);
        expect(mirroredHigh).toBeCloseTo(1 - low, 12);
      }),
    );
  });

  it.each([
    [0, 0, 1.96],
    [-1, 5, 1.96],
    [6, 5, 1.96],
    [1, 5, 0],
    [0.5, 5, 1.96],
  ])('refuses %d of %d at %d', (passed, scored, z) => {
    expect(() => wilsonInterval(passed, scored, z)).toThrow(RangeError);
  });
});

describe('quantile', () => {
  it.each([
    [0, 3],
    [0.1, 3],
    [0.25, 5.125],
    [0.5, 12.5],
    [0.9, 66.6],
    [0.95, 82.8],
    [1, 99],
  ])('%d is %d', (probability, value) => {
    expect(quantile([12.5, 3, 3, 99, 45, 7.25, 18], probability)).toBeCloseTo(value, 12);
  });

  it('leaves the values as they are', () => {
    const values = [3, 1, 2];
    expect(quantile(values, 0.5)).toBe(2);
    expect(values).toEqual([3, 1, 2]);
    expect(quantile([1, 2], 0.5)).toBe(1.5);
  });

  it('stays between the extremes and grows with the probability', () => {
    const probability = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(finite, { minLength: 1 }), probability, probability, (values, p, q) => {
        const [lower, higher] = [quantile(values, Math.min(p, q)), quantile(values, Math.max(p, q))];
        expect(lower).toBeLessThanOrEqual(higher + Math.abs(higher) * 1e-12);
        expect(lower).toBeGreaterThanOrEqual(Math.min(...values));
        expect(higher).toBeLessThanOrEqual(Math.max(...values));
      }),
    );
  });

  it('refuses no values and a probability that is none', () => {
    expect(() => quantile([], 0.5)).toThrow(RangeError);
    expect(() => quantile([1], 1.1)).toThrow(RangeError);
    expect(() => quantile([1], Number.NaN)).toThrow(RangeError);
  });
});
