import { describe, expect, it } from 'vitest';
import {
  formatAgo,
  formatCount,
  formatDifference,
  formatFigure,
  formatMetric,
  formatMilliseconds,
  formatScore,
  formatUsd,
  plural,
} from '../../../src/cli/format.ts';

describe('figures', () => {
  it.each([
    [null, '–'],
    [0, '$0'],
    [0.0000971, '$0.000097'],
    [0.0061, '$0.0061'],
    [0.05, '$0.050'],
    [0.099, '$0.099'],
    [0.1, '$0.10'],
    [1.239, '$1.24'],
    [12, '$12.00'],
  ])('%d dollars', (usd, text) => {
    expect(formatUsd(usd)).toBe(text);
  });

  it.each([
    [null, '–'],
    [0, '0 ms'],
    [999.4, '999 ms'],
    [1000, '1.00 s'],
    [12_340, '12.3 s'],
    [90_000, '1.5 min'],
  ])('%d milliseconds', (ms, text) => {
    expect(formatMilliseconds(ms)).toBe(text);
  });

  it.each([
    ['counterfactual-gap', { mean: 0.5, interval: { low: -0.25, high: 1.25 } }, '0.500 (-0.250 to 1.250)'],
    ['counterfactual-gap', { mean: 0.5 }, '0.500'],
    ['span-duration', { mean: 1500 }, '1.50 s'],
    ['error-spans', { mean: 2.5 }, '2.5'],
    ['bleu', undefined, '–'],
  ])('%s of %j', (kind, figure, text) => {
    expect(formatFigure(kind, figure)).toBe(text);
  });

  it.each([
    [0.0412, '+0.041'],
    [-0.2, '−0.200'],
    [0, '±0.000'],
    [-0.0001, '±0.000'],
  ])('a difference of %d', (value, text) => {
    expect(formatDifference(value)).toBe(text);
  });

  it('shows the unknown as a dash, never as 0', () => {
    expect([formatScore(null), formatCount(null), formatMetric('equals', null)]).toEqual(['–', '–', '–']);
  });

  it('shows a metric in its own unit', () => {
    expect(formatMetric('latency', 1500)).toBe('1.50 s');
    expect(formatMetric('cost', 0.002)).toBe('$0.0020');
    expect(formatMetric('tokens', 1234)).toBe('1,234');
    expect(formatMetric('equals', 0.8375)).toBe('0.838');
  });

  it('counts', () => {
    expect([plural(1, 'case'), plural(2000, 'case'), plural(0, 'case')]).toEqual(['1 case', '2,000 cases', '0 cases']);
  });

  it.each([
    [30_000, 'just now'],
    [59 * 60_000, '59 min ago'],
    [3 * 3_600_000, '3 h ago'],
    [49 * 3_600_000, '2 days ago'],
  ])('%d ms ago', (ms, text) => {
    expect(formatAgo(0, ms)).toBe(text);
  });
});
