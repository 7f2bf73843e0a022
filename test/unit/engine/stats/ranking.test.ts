import { describe, expect, it } from 'vitest';
import { bradleyTerry, type Match, winProbability } from '../../../../src/engine/stats/ranking/bradleyTerry.ts';
import { rankItems } from '../../../../src/engine/stats/ranking/rankItems.ts';
import { solve } from '../../../../src/engine/stats/ranking/solve.ts';

const times = (count: number, first: number, second: number, winner: Match['winner'] = 'first'): Match[] =>
  Array.from({ length: count }, () => ({ first, second, winner }));

const MATCHES = [
  ...[times(7, 0, 1), times(3, 1, 0), times(9, 0, 2), times(2, 2, 0), times(6, 1, 2), times(5, 1, 2, 'second')],
  ...[times(8, 0, 3), times(1, 3, 0), times(3, 1, 3), times(4, 3, 1), times(1, 1, 3, 'tie')],
  ...[times(6, 2, 3), times(2, 3, 2), times(1, 3, 2, 'tie')],
].flat();

describe('bradleyTerry', () => {
  // Expected: statsmodels 0.15.0, GLM of the wins with the binomial family, a tie as half a win for both.
  it('is the largest likelihood', () => {
    const expected = [1.0606004331818988, -0.2132775821039663, -0.19508138062079183, -0.6522414704571409];
    for (const [item, strength] of (bradleyTerry(4, MATCHES) ?? []).entries()) {
      expect(strength).toBeCloseTo(expected[item] ?? 0, 10);
    }
  });

  it('of two is the logarithm of their odds', () => {
    const [first = 0, second = 0] = bradleyTerry(2, [...times(9, 0, 1), ...times(3, 1, 0)]) ?? [];
    expect(first - second).toBeCloseTo(Math.log(3), 12);
    expect(winProbability(first, second)).toBeCloseTo(0.75, 12);
    expect(bradleyTerry(2, times(1, 0, 1, 'tie'))).toEqual([0, 0]);
    expect(bradleyTerry(1, [])).toEqual([0]);
  });

  it('does not run away when strengths are far apart', () => {
    const far = bradleyTerry(2, [...times(100_000, 0, 1), ...times(1, 1, 0)]) ?? [];
    expect((far[0] ?? 0) - (far[1] ?? 0)).toBeCloseTo(Math.log(100_000), 8);
  });

  it('is none where one never lost, or two groups never met', () => {
    expect(bradleyTerry(2, times(3, 0, 1))).toBeNull();
    expect(bradleyTerry(3, [...times(1, 0, 1), ...times(1, 1, 0)])).toBeNull();
    expect(bradleyTerry(0, [])).toBeNull();
    expect(() => bradleyTerry(2, times(1, 0, 2))).toThrow(RangeError);
  });
});

describe('rankItems', () => {
  it('puts the strongest first, with an interval that holds its strength', () => {
    const ranked = rankItems(4, MATCHES, { resamples: 300 }) ?? [];
    expect(ranked.map(({ item }) => item)).toEqual([0, 2, 1, 3]);
    for (const { strength, interval } of ranked) {
      expect(interval?.low).toBeLessThan(strength);
      expect(interval?.high).toBeGreaterThan(strength);
    }
    expect(rankItems(4, MATCHES, { resamples: 300 })).toEqual(ranked);
  });

  it('gives no interval that would be too narrow, and no rank that nothing tells', () => {
    const nearlyAll = [...times(20, 0, 1), ...times(1, 1, 0)];
    expect(rankItems(2, nearlyAll)?.[0]?.interval).toBeNull();
    expect(rankItems(2, times(2, 0, 1))).toBeNull();
  });
});

describe('solve', () => {
  it('needs no pivot in place', () => {
    const matrix = [
      [0, 2, 1],
      [1, 1, 0],
      [3, 0, 1],
    ];
    // x = (1, 2, 3).
    const solution = solve(matrix, [7, 3, 6]);
    for (const [index, value] of solution.entries()) expect(value).toBeCloseTo(index + 1, 12);
  });
});
