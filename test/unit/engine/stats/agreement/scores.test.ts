import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  brierScore,
  calibrationBins,
  calibrationError,
  meanAbsoluteError,
} from '../../../../../src/engine/stats/agreement/calibration.ts';
import { positionBias, selfConsistency } from '../../../../../src/engine/stats/agreement/consistency.ts';
import { kendallTauB, spearman } from '../../../../../src/engine/stats/agreement/rankCorrelation.ts';

// Expected values: scipy 1.12.0 (spearmanr, kendalltau), scikit-learn 1.9.1 (brier_score_loss), numpy for the rest.
const U = [0.1, 0.4, 0.4, 0.8, 0.9, 0.3, 0.3, 1, 0, 0.5];
const V = [0.2, 0.5, 0.3, 0.7, 0.9, 0.3, 0.4, 0.9, 0.1, 0.5];
const X = [1, 2, 3, 4, 5, 5, 4, 3, 2, 1, 3, 3];
const Y = [1, 2, 4, 4, 5, 3, 4, 2, 2, 1, 3, 5];

describe('rank correlation', () => {
  it.each([
    ['spearman', spearman(U, V), 0.9507737314839376],
    ['tau-b', kendallTauB(U, V), 0.8941795301365223],
    ['spearman with many ties', spearman(X, Y), 0.7678360453334871],
    ['tau-b with many ties', kendallTauB(X, Y), 0.6725927091345493],
  ])('%s', (_, value, wanted) => {
    expect(value).toBeCloseTo(wanted, 12);
  });

  it('is undefined where one side does not vary', () => {
    const found = [spearman([1, 1], [1, 2]), kendallTauB([1, 2], [3, 3]), spearman([], []), kendallTauB([1], [1])];
    expect(found).toEqual([null, null, null, null]);
  });

  const values = fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 })), { maxLength: 60 });

  it('knows only the order, and turns its sign with it', () => {
    fc.assert(
      fc.property(values, (rows) => {
        const [a, b] = [rows.map(([first]) => first), rows.map(([, second]) => second)];
        for (const measure of [spearman, kendallTauB]) {
          const value = measure(a, b);
          const grown = measure(
            a.map((one) => Math.exp(one)),
            b,
          );
          const turned = measure(
            a.map((one) => -one),
            b,
          );
          if (value === null) expect([grown, turned]).toEqual([null, null]);
          else {
            expect(grown).toBeCloseTo(value, 12);
            expect(turned).toBeCloseTo(-value, 12);
          }
        }
      }),
    );
  });

  it('tau-b counts pairs as its definition does', () => {
    fc.assert(
      fc.property(values, (rows) => {
        let [sum, inA, inB] = [0, 0, 0];
        rows.forEach(([a, b], at) => {
          for (const [c, d] of rows.slice(at + 1)) {
            sum += Math.sign(a - c) * Math.sign(b - d);
            inA += Number(a !== c);
            inB += Number(b !== d);
          }
        });
        const found = kendallTauB(
          rows.map(([a]) => a),
          rows.map(([, b]) => b),
        );
        if (inA * inB === 0) expect(found).toBeNull();
        else expect(found).toBeCloseTo(sum / Math.sqrt(inA * inB), 12);
      }),
    );
  });
});

describe('calibration', () => {
  const scores = [0.05, 0.1, 0.1, 0.3, 0.35, 0.5, 0.65, 0.7, 0.9, 1, 0, 0.95];
  const passes = [0, 0, 1, 0, 1, 0, 1, 1, 1, 1, 0, 0].map((one) => one === 1);

  it('has the values of the references', () => {
    expect(meanAbsoluteError(U, V)).toBeCloseTo(0.07, 12);
    expect(brierScore(scores, passes)).toBeCloseTo(0.22583333333333333, 12);
    expect(calibrationError(calibrationBins(scores, passes, 5))).toBeCloseTo(0.2583333333333333, 12);
    expect(calibrationError(calibrationBins(scores, passes))).toBeCloseTo(0.325, 12);
  });

  it('puts an edge into the bin below it, also where arithmetic is not exact, and 0 into the first', () => {
    for (let edge = 1; edge <= 10; edge += 1) {
      expect(calibrationBins([edge / 10], [true]).map(({ high }) => high)).toEqual([edge / 10]);
      if (edge < 10) expect(calibrationBins([edge / 10 + 1e-9], [true]).map(({ low }) => low)).toEqual([edge / 10]);
    }
    expect(calibrationBins([0], [false])).toEqual([{ low: 0, high: 0.1, count: 1, meanScore: 0, passRate: 0 }]);
  });

  it('is undefined for nothing, and refuses what is no score', () => {
    expect([meanAbsoluteError([], []), brierScore([], []), calibrationError([])]).toEqual([null, null, null]);
    expect(() => calibrationBins([Number.NaN], [true])).toThrow(RangeError);
    expect(() => calibrationBins([1.1], [true])).toThrow(RangeError);
  });
});

describe('consistency', () => {
  it('tells a place that is preferred from an answer that is', () => {
    const bias = positionBias([
      { given: 'first', swapped: 'first' },
      { given: 'first', swapped: 'first' },
      { given: 'second', swapped: 'second' },
      { given: 'first', swapped: 'second' },
      { given: 'second', swapped: 'first' },
      { given: 'tie', swapped: 'tie' },
      { given: 'tie', swapped: 'first' },
      { given: 'second', swapped: 'tie' },
    ]);
    expect(bias).toEqual({ comparisons: 8, rate: 3 / 8, first: 2, second: 1, consistent: 3 / 8 });
    expect(positionBias([])).toBeNull();
  });

  it('weighs an input that was judged more often no more', () => {
    expect(selfConsistency([[true, true, true, true], [true, false], [true]])).toBe(0.5);
    expect(selfConsistency([['a', 'a', 'b']])).toBeCloseTo(1 / 3, 12);
    expect(selfConsistency([['a'], []])).toBeNull();
  });
});
