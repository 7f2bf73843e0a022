import type { MetricSummary } from '../engine/run/run.ts';

/** What stands for a figure that is unknown: never 0. */
export const UNKNOWN = '–';

export function formatScore(value: number | null): string {
  return value === null ? UNKNOWN : value.toFixed(3);
}

/** With its sign; a difference that rounds to nothing has none. */
export function formatDifference(value: number): string {
  const text = Math.abs(value).toFixed(3);
  if (Number(text) === 0) return '±0.000';
  return `${value > 0 ? '+' : '−'}${text}`;
}

export function formatMilliseconds(ms: number | null): string {
  if (ms === null) return UNKNOWN;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
  return `${(ms / 60_000).toFixed(1)} min`;
}

/** Cents and more with two decimals, less with two significant digits. */
export function formatUsd(usd: number | null): string {
  if (usd === null) return UNKNOWN;
  if (usd === 0) return '$0';
  return usd >= 0.1 ? `$${usd.toFixed(2)}` : `$${Number(usd.toPrecision(2)).toFixed(decimalsOf(usd))}`;
}

/** Thousands apart by commas. Not by toLocaleString, whose first call takes 4 ms, before the first request of a run. */
export function formatCount(count: number | null): string {
  return count === null ? UNKNOWN : String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A metric's value in the unit that its kind measures. */
export function formatMetric(kind: string, value: number | null): string {
  switch (kind) {
    case 'latency':
    case 'span-duration':
      return formatMilliseconds(value);
    case 'cost':
      return formatUsd(value);
    case 'tokens':
      return formatCount(value);
    case 'word-count':
    case 'char-count':
    case 'sentence-count':
    case 'token-count':
    case 'line-count':
    case 'step-count':
    case 'tool-call-count':
    case 'span-count':
    case 'error-spans':
      // Of one answer a whole number, of several a mean.
      return value === null || Number.isInteger(value) || value >= 1000 ? formatCount(value) : value.toFixed(1);
    default:
      return formatScore(value);
  }
}

/** The mean of a metric, with its interval where a metric over the whole run knows it. */
export function formatFigure(kind: string, figure: Pick<MetricSummary, 'mean' | 'interval'> | undefined): string {
  const { mean = null, interval } = figure ?? {};
  const text = formatMetric(kind, mean);
  return interval ? `${text} (${formatMetric(kind, interval.low)} to ${formatMetric(kind, interval.high)})` : text;
}

/** `1 case`, `2 cases`. */
export function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** How long ago, roughly; both in milliseconds since 1970. */
export function formatAgo(then: number, now: number): string {
  const minutes = Math.floor((now - then) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ago`;
  return `${Math.floor(minutes / 1440)} days ago`;
}

/** Decimals that leave two significant digits of a small number. */
function decimalsOf(usd: number): number {
  return Math.min(12, 1 - Math.floor(Math.log10(usd)));
}
