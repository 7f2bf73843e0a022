import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  costTitle,
  countOf,
  deltaTitle,
  formatAgo,
  formatCost,
  formatCount,
  formatCounts,
  formatDelta,
  formatDuration,
  formatInterval,
  formatMean,
  formatMetric,
  formatScore,
  formatShare,
  formatSummary,
  formatTime,
  NONE,
  shortCommit,
  shortVersion,
  sumCounts,
} from '../../../webview/format.ts';

describe('formatScore', () => {
  it.each([
    [null, NONE],
    [0, '0.00'],
    [-0, '0.00'],
    [1, '1.00'],
    [0.86, '0.86'],
    [0.855, '0.85'], // the double nearest to .855 is below it
    [0.8552, '0.86'],
    [0.995, '0.99'], // likewise
    [0.996, '0.996'],
    [0.9996, '0.9996'],
    [0.99999, '>0.9999'],
    [0.004, '0.004'],
    [0.0004, '0.0004'],
    [0.00001, '<0.0001'],
  ])('%s is %s', (value, text) => expect(formatScore(value)).toBe(text));

  it('never shows a score that is not 1 or 0 as one that is', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true, minExcluded: true, maxExcluded: true }), (value) => {
        expect(formatScore(value)).not.toMatch(/^(1\.0+|0\.0+)$/);
      }),
    );
  });
});

it('formats intervals', () => expect(formatInterval(0.826, 1)).toBe('0.83–1.00'));

describe('formatDelta', () => {
  it.each([
    [0.04, '▲0.04', '0.04 higher than HEAD'],
    [-0.02, '▼0.02', '0.02 lower than HEAD'],
    [0.003, '▲0.003', '0.003 higher than HEAD'],
    [0, '±0.00', 'the same as HEAD'],
    [0.1 + 0.2 - 0.3, '±0.00', 'the same as HEAD'],
  ])('%s is %s', (delta, text, title) => {
    expect(formatDelta(delta)).toBe(text);
    expect(deltaTitle(delta, 'HEAD')).toBe(title);
  });
});

describe('formatMetric', () => {
  it.each([
    [null, 'equals', NONE],
    [1, 'equals', '1.00'],
    [0.305, 'rouge-l', '0.30'],
    [-0.25, 'x', '−0.25'],
    [34.5678, 'bleu', '34.6'],
    [7, 'levenshtein', '7'],
    [1234.4, 'tokens', '1,234'],
    [1234, 'latency', '1.23 s'],
    [0.00071, 'cost', '$0.00071'],
  ])('%s of %s is %s', (value, kind, text) => expect(formatMetric(value, kind)).toBe(text));
});

describe('formatDuration', () => {
  it.each([
    [null, NONE],
    [0, '0 ms'],
    [0.4, '<1 ms'],
    [340.4, '340 ms'],
    [999.4, '999 ms'],
    [999.6, '1.00 s'],
    [1234, '1.23 s'],
    [9994, '9.99 s'],
    [9996, '10.0 s'],
    [59_940, '59.9 s'],
    [59_960, '1 min 0 s'],
    [75_400, '1 min 15 s'],
    [3_599_600, '1 h 0 min'],
    [7_500_000, '2 h 5 min'],
  ])('%s ms is %s', (milliseconds, text) => expect(formatDuration(milliseconds)).toBe(text));
});

describe('formatCost', () => {
  it.each([
    [null, NONE, 'price unknown'],
    [0, '$0', '0 US dollars'],
    [0.000001, '<$0.00001', '0.000001 US dollars'],
    [0.000012, '$0.000012', '0.000012 US dollars'],
    [0.0001, '$0.0001', '0.0001 US dollars'],
    [0.00071, '$0.00071', '0.00071 US dollars'],
    [0.00999, '$0.01', '0.00999 US dollars'],
    [0.0284, '$0.028', '0.0284 US dollars'],
    [1.5, '$1.50', '1.5 US dollars'],
    [12345.678, '$12,345.68', '12345.678 US dollars'],
  ])('%s is %s', (usd, text, title) => {
    expect(formatCost(usd)).toBe(text);
    expect(costTitle(usd)).toBe(title);
  });

  it('shows nothing that costs something as free', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 1e6, noNaN: true }), (usd) => {
        expect(formatCost(usd)).toMatch(/[1-9]/);
      }),
    );
  });
});

describe('counts', () => {
  const counts = { pass: 21, fail: 2, error: 1, unscored: 0 };
  it('leaves out what did not happen, but for passes', () => {
    expect(formatCounts(counts)).toBe('21 pass 2 fail 1 error');
    expect(formatCounts({ pass: 0, fail: 0, error: 0, unscored: 3 })).toBe('0 pass 3 unscored');
  });
  it('stand beside the composite', () => {
    expect(formatSummary(0.86, counts)).toBe('0.86 · 21 pass 2 fail 1 error');
    expect(formatSummary(null, { pass: 0, fail: 0, error: 2, unscored: 0 })).toBe('– · 0 pass 2 error');
  });
  it('add up', () => {
    expect(sumCounts([counts, { pass: 1, fail: 1, error: 1, unscored: 1 }])).toEqual({
      pass: 22,
      fail: 3,
      error: 2,
      unscored: 1,
    });
    expect(sumCounts([])).toEqual({ pass: 0, fail: 0, error: 0, unscored: 0 });
  });
  it('have a noun', () => {
    expect(countOf(1, 'case')).toBe('1 case');
    expect(countOf(12_345, 'case')).toBe('12,345 cases');
    expect(formatCount(null)).toBe(NONE);
  });
});

describe('time', () => {
  const now = Date.parse('2026-03-10T12:00:00Z');
  it.each([
    ['2026-03-10T12:00:30Z', 'just now'],
    ['2026-03-10T11:59:20Z', 'just now'],
    ['2026-03-10T11:59:10Z', '1 min ago'],
    ['2026-03-10T11:57:00Z', '3 min ago'],
    ['2026-03-10T11:00:00Z', '1 h ago'],
    ['2026-03-10T07:00:00Z', '5 h ago'],
    ['2026-03-08T12:00:00Z', '2 d ago'],
    ['not a time', 'not a time'],
  ])('%s is %s', (iso, text) => expect(formatAgo(iso, now)).toBe(text));

  it('is the date when it is long ago', () => expect(formatAgo('2025-12-24T12:00:00Z', now)).toBe('2025-12-24'));
  it('is written in the zone of the reader', () => {
    expect(formatTime('2026-03-10T12:05:00Z', 'Asia/Shanghai')).toBe('2026-03-10 20:05');
    expect(formatTime('nonsense')).toBe('nonsense');
  });
});

it('shortens versions and commits', () => {
  expect(shortVersion('a1b2c3d4e5f6')).toBe('a1b2c3d4');
  expect(shortCommit({ commit: 'c0ffee1234567', dirty: true })).toBe('c0ffee1');
});

it.each([
  [0.837, 2000, '0.837'],
  [0.837, 99, '0.84'],
  [1, 2000, '1.00'],
  [0.99996, 2000, '>0.9999'],
  [0, 2000, '0.00'],
  [null, 2000, '–'],
])('the mean %s of %s cases', (mean, n, text) => {
  expect(formatMean(mean, n)).toBe(text);
});

it.each([
  [0, '0 %'],
  [0.004, '<1 %'],
  [0.5, '50 %'],
  [38 / 48, '79 %'],
  [0.996, '>99 %'],
  [1, '100 %'],
])('a share of %d reads %s', (share, text) => {
  expect(formatShare(share)).toBe(text);
});
