import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confusionOf, trueFailRate, truePassRate } from '../../../../../src/engine/stats/agreement/confusion.ts';
import { correctedPassRate } from '../../../../../src/engine/stats/agreement/correctedPassRate.ts';
import { seededRandom } from '../../../../../src/engine/stats/random.ts';

const RATED = { truePasses: 88, falseFails: 12, trueFails: 80, falsePasses: 20 };

describe('the judge against people', () => {
  it('counts the four outcomes', () => {
    const judged = [true, true, true, false, false, true];
    const truth = [true, true, false, false, true, true];
    const counts = confusionOf(judged, truth);
    expect(counts).toEqual({ truePasses: 3, falsePasses: 1, trueFails: 1, falseFails: 1 });
  });

  // statsmodels 0.15.0: proportion_confint(88, 100, method='wilson'), and (80, 100).
  it('has Wilson intervals, and none where there is nothing to be told', () => {
    expect(truePassRate(RATED)).toEqual(near({ rate: 0.88, low: 0.801879, high: 0.9300059, n: 100 }));
    expect(trueFailRate(RATED)).toEqual(near({ rate: 0.8, low: 0.7111708, high: 0.8666331, n: 100 }));
    expect(truePassRate(confusionOf([true], [false]))).toBeNull();
    expect(trueFailRate(confusionOf([true], [true]))).toBeNull();
  });
});

describe('correctedPassRate', () => {
  // numpy 1.26: the quantiles of 400,000 resamples of both samples are 0.53188 and 0.70653.
  it('corrects, and has the interval of a bootstrap over both samples', () => {
    const found = correctedPassRate({ passed: 620, total: 1000 }, RATED, { resamples: 20_000, seed: 7 });
    expect(found?.corrected).toBeCloseTo(0.6176470588235292, 12);
    expect(found?.interval?.low).toBeCloseTo(0.532, 2);
    expect(found?.interval?.high).toBeCloseTo(0.7065, 2);
  });

  it('is the same for the same seed', () => {
    const once = correctedPassRate({ passed: 62, total: 100 }, RATED, { seed: 3 });
    expect(correctedPassRate({ passed: 62, total: 100 }, RATED, { seed: 3 })).toEqual(once);
    expect(correctedPassRate({ passed: 62, total: 100 }, RATED, { seed: 4 })?.interval).not.toEqual(once?.interval);
  });

  it('is undefined without samples, and for a judge that tells no more than chance', () => {
    expect(correctedPassRate({ passed: 0, total: 0 }, RATED)).toBeNull();
    expect(correctedPassRate({ passed: 5, total: 9 }, { ...RATED, trueFails: 0, falsePasses: 0 })).toBeNull();
    const guessing = { truePasses: 5, falseFails: 5, trueFails: 5, falsePasses: 5 };
    expect(correctedPassRate({ passed: 5, total: 9 }, guessing)).toBeNull();
  });

  it('has no interval where too few ratings stand behind it', () => {
    const few = { truePasses: 2, falseFails: 1, trueFails: 1, falsePasses: 0 };
    expect(correctedPassRate({ passed: 50, total: 100 }, few)).toMatchObject({
      corrected: expect.closeTo(0.75, 12),
      interval: null,
    });
  });

  it('takes a run of a million samples, all or none of which pass', () => {
    for (const passed of [0, 1_000_000]) {
      const found = correctedPassRate({ passed, total: 1_000_000 }, RATED, { resamples: 500 });
      expect(found?.corrected).toBe(passed === 0 ? 0 : 1);
    }
  });

  it('leaves the rate of a judge that never errs as it is, and stays in 0..1', () => {
    const count = fc.integer({ min: 1, max: 50 });
    fc.assert(
      fc.property(count, count, count, count, fc.integer({ min: 0, max: 100 }), (tp, fn, tn, fp, passed) => {
        const rated = { truePasses: tp, falseFails: fn, trueFails: tn, falsePasses: fp };
        const found = correctedPassRate({ passed, total: 100 }, rated, { resamples: 50 });
        for (const value of [found?.corrected, found?.interval?.low, found?.interval?.high]) {
          if (value === undefined) continue;
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
        }
        const perfect = correctedPassRate({ passed, total: 100 }, { ...rated, falseFails: 0, falsePasses: 0 });
        expect(perfect?.corrected).toBeCloseTo(passed / 100, 12);
      }),
      { numRuns: 30 },
    );
  });
});

describe('seededRandom', () => {
  it('repeats itself for a seed, and fills 0..1 evenly', () => {
    const [random, again] = [seededRandom(42), seededRandom(42)];
    const values = Array.from({ length: 20_000 }, random);
    expect(Array.from({ length: 20_000 }, again)).toEqual(values);
    const counts = new Array<number>(20).fill(0);
    for (const value of values) counts[Math.floor(value * 20)] = (counts[Math.floor(value * 20)] ?? 0) + 1;
    // Chi-squared with 19 degrees of freedom: beyond 43.8 once in a thousand, and the seed is fixed.
    expect(counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)).toBeLessThan(43.8);
  });
});

function near(rate: { rate: number; low: number; high: number; n: number }) {
  return { ...rate, low: expect.closeTo(rate.low, 6), high: expect.closeTo(rate.high, 6) };
}
