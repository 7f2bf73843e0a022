import { describe, expect, it } from 'vitest';
import { passRate } from '../../../../src/engine/stats/passRate.ts';

// statsmodels 0.15.0, proportion_confint(count, nobs, 0.05, 'wilson')
const TABLE = [
  { pass: 38, fail: 10, low: 0.657411, high: 0.882697 },
  { pass: 0, fail: 5, low: 0, high: 0.434482 },
  { pass: 5, fail: 0, low: 0.565518, high: 1 },
  { pass: 1, fail: 1, low: 0.094531, high: 0.905469 },
];

describe('the rate of passing samples', () => {
  it.each(TABLE)('$pass of $pass + $fail has its Wilson interval', ({ pass, fail, low, high }) => {
    const rate = passRate({ pass, fail }, 1);
    expect(rate?.rate).toBe(pass / (pass + fail));
    expect(rate?.low).toBeCloseTo(low, 6);
    expect(rate?.high).toBeCloseTo(high, 6);
  });

  it('is unknown where nothing was judged', () => {
    expect(passRate({ pass: 0, fail: 0 }, 1)).toBeNull();
  });

  it('is no surer for asking each case five times', () => {
    expect(passRate({ pass: 190, fail: 50 }, 5)).toEqual(passRate({ pass: 38, fail: 10 }, 1));
  });

  it('holds the rate, also where only a part of the repeats was judged', () => {
    const { rate, low, high } = passRate({ pass: 7, fail: 1 }, 5) ?? { rate: 0, low: 0, high: 0 };
    expect(rate).toBe(0.875);
    expect(low).toBeLessThanOrEqual(rate);
    expect(high).toBeGreaterThanOrEqual(rate);
  });
});
