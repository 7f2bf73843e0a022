import { describe, expect, it } from 'vitest';
import { bootstrapMean } from '../../../../src/engine/stats/bootstrap.ts';
import { bootstrapTest } from '../../../../src/engine/stats/bootstrapTest.ts';
import { SeededRandom } from '../../../../src/engine/stats/random.ts';
import { pairedT } from '../../../../src/engine/stats/tTest.ts';
import { MANY, SKEWED } from './differences.ts';

// Expected values: scipy 1.17.0 (bootstrap, 9,999 resamples), the mean of 20 seeds. The last number is what one seed's end may be
// off: five standard deviations of scipy's own ends.
describe('bootstrapMean', () => {
  const byFour = SKEWED.map((_, index) => index >> 2);
  it.each([
    ['bca', MANY, undefined, -0.04276, 0.24156, 0.013],
    ['percentile', MANY, undefined, -0.0427, 0.2415, 0.011],
    ['bca', SKEWED, undefined, 1.94275, 3.73237, 0.09],
    ['percentile', SKEWED, undefined, 1.90703, 3.6885, 0.07],
    ['bca', SKEWED, byFour, 1.39632, 4.40246, 0.17],
    ['percentile', SKEWED, byFour, 1.32426, 4.30931, 0.11],
  ] as const)('by %s', (method, values, clusters, low, high, off) => {
    const interval = bootstrapMean(values, { method, seed: 3, ...(clusters && { clusters }) });
    expect(Math.abs(interval.low - low)).toBeLessThan(off);
    expect(Math.abs(interval.high - high)).toBeLessThan(off);
    expect(interval).toMatchObject({ method, seed: 3, resamples: 9_999, confidence: 0.95 });
  });

  it('is the same for the same seed, and mends skew', () => {
    const at = (seed: number) => bootstrapMean(SKEWED, { seed, resamples: 2_000 });
    expect(at(1)).toEqual(at(1));
    expect(at(1).low).not.toBe(at(2).low);
    expect(at(1).low).toBeGreaterThan(bootstrapMean(SKEWED, { seed: 1, resamples: 2_000, method: 'percentile' }).low);
  });

  it('of values that do not differ has no width', () => {
    expect(bootstrapMean([0.5, 0.5, 0.5])).toMatchObject({ low: 0.5, high: 0.5 });
  });

  it('refuses one value, one cluster and numbers that are none', () => {
    expect(() => bootstrapMean([1])).toThrow(RangeError);
    expect(() => bootstrapMean([1, 2], { clusters: ['a', 'a'] })).toThrow(RangeError);
    expect(() => bootstrapMean([1, 2], { clusters: ['a'] })).toThrow(RangeError);
    expect(() => bootstrapMean([1, 2], { resamples: 0 })).toThrow(RangeError);
    expect(() => bootstrapMean([1, 2], { confidence: 95 })).toThrow(RangeError);
  });
});

describe('bootstrapTest', () => {
  it('is near to t where there are many', () => {
    for (const shift of [0, 0.05, -0.2]) {
      const values = MANY.map((one) => one + shift);
      expect(Math.abs(bootstrapTest(values, 1) - pairedT(values).pValue)).toBeLessThan(0.015);
    }
  });

  it('belongs to the interval, but for the widening', () => {
    const end = bootstrapMean(SKEWED, { seed: 1 }).low;
    const moved = SKEWED.map((one) => one - end);
    // 1.96 times the root of 39 / 40, by t with 39 degrees of freedom.
    expect(Math.abs(bootstrapTest(moved, 1) - 0.0601)).toBeLessThan(0.004);
  });

  it('is never 0 but where nothing varies, and 1 where nothing differs', () => {
    const far = SKEWED.map((one) => one + 10);
    expect(bootstrapTest(far, 1)).toBeGreaterThan(0);
    expect(bootstrapTest(far, 1)).toBeLessThan(0.001);
    expect(bootstrapTest([0, 0, 0], 1)).toBe(1);
    expect(bootstrapTest([-0.5, -0.5], 1)).toBe(0);
  });
});

describe('SeededRandom.fill', () => {
  it('gives what single calls give', () => {
    const [one, other] = [new SeededRandom(9), new SeededRandom(9)];
    const words = new Uint32Array(100);
    one.fill(words);
    expect([...words]).toEqual(Array.from({ length: 100 }, () => other.bits()));
    expect(one.bits()).toBe(other.bits());
  });
});
