import { describe, expect, it } from 'vitest';
import { cusum } from '../../../../src/engine/stats/history/cusum.ts';
import { mannKendall } from '../../../../src/engine/stats/history/mannKendall.ts';

// Expected values: scipy 1.17.0 (kendalltau over the time, theilslopes).
describe('mannKendall', () => {
  const rising = [0.81, 0.8, 0.83, 0.82, 0.86, 0.85, 0.88, 0.84, 0.89, 0.9];
  const tied = [0.81, 0.8, 0.81, 0.82, 0.86, 0.86, 0.84, 0.84, 0.89, 0.81, 0.83];
  const long = Array.from({ length: 40 }, (_, index) => Number((Math.sin(index * 12.9898) + index * 0.01).toFixed(5)));
  it.each([
    ['exact', rising, 0.7333333333333333, 0.002212852733686067, 0.01],
    ['normal', tied, 0.3432465321284132, 0.15386866559275958, 0.004285714285714274],
    ['normal', long, 0.0717948717948718, 0.5141058004345272, 0.007314666666666667],
  ] as const)('%s, of %j', (method, values, tau, pValue, slope) => {
    const trend = mannKendall(values);
    expect(trend.method).toBe(method);
    expect(trend.tau).toBeCloseTo(tau, 12);
    expect(trend.pValue).toBeCloseTo(pValue, 12);
    expect(trend.slope).toBeCloseTo(slope, 12);
    const falling = mannKendall(values.toReversed());
    expect(falling.tau).toBeCloseTo(-tau, 12);
    expect(falling.pValue).toBeCloseTo(pValue, 12);
  });

  it('is none where nothing differs', () => {
    expect(mannKendall([0.5, 0.5, 0.5])).toEqual({ tau: null, pValue: 1, method: 'exact', slope: 0 });
    expect(mannKendall([0, 1])).toMatchObject({ tau: 1, pValue: 1 });
    expect(() => mannKendall([1])).toThrow(RangeError);
  });
});

describe('cusum', () => {
  // By hand: 0.5 is taken off each, sums begin anew at 0.
  it('adds up what lasts', () => {
    const { above, below, alarm } = cusum([10, 12, 12, 9, 13, 13, 13], { target: 10, deviation: 1, limit: 5 });
    expect(above).toEqual([0, 1.5, 3, 1.5, 4, 6.5, 9]);
    expect(below).toEqual([0, 0, 0, 0.5, 0, 0, 0]);
    expect(alarm).toEqual({ at: 5, since: 1, direction: 'above' });
  });

  it('sees a fall, in deviations', () => {
    const values = [0.9, 0.91, 0.89, 0.87, 0.86, 0.87, 0.85];
    const { alarm } = cusum(values, { target: 0.9, deviation: 0.01 });
    expect(alarm).toEqual({ at: 4, since: 2, direction: 'below' });
  });

  it('is quiet where nothing drifts', () => {
    expect(cusum([1, -1, 1, -1, 1], { target: 0, deviation: 1 }).alarm).toBeNull();
    expect(cusum([], { target: 0, deviation: 1 }).alarm).toBeNull();
    expect(() => cusum([1], { target: 0, deviation: 0 })).toThrow(RangeError);
  });
});
