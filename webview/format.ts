import type { GitState } from '../src/engine/run/run.ts';
import { SAMPLE_STATUSES, type StatusCounts } from '../src/engine/run/sample.ts';

/** Stands for a number that is not known. Never 0: that would be a claim. */
export const NONE = '–';

/**
 * A score in 0..1 with two decimals, or with as many more (up to four) as keep what is not quite 1 or 0 from looking so.
 */
export function formatScore(value: number | null): string {
  if (value === null) return NONE;
  for (const decimals of [2, 3, 4]) {
    const text: string = value.toFixed(decimals);
    const rounded = Number(text);
    const looksExact = rounded === 1 || rounded === 0;
    if (!looksExact || rounded === value) return plainZero(text);
  }
  if (value > 0.5) return value < 1 ? '>0.9999' : value.toFixed(4);
  return value > 0 ? '<0.0001' : '0.00';
}

/** `0.83–0.89` */
export function formatInterval(low: number, high: number): string {
  return `${formatScore(low)}–${formatScore(high)}`;
}

/** `79 %`; what is not quite none or all does not look so. */
export function formatShare(rate: number): string {
  const percent = rate * 100;
  const rounded = Math.round(percent);
  const looksExact = rounded === 0 || rounded === 100;
  if (!looksExact || rounded === percent) return `${rounded} %`;
  return rounded === 0 ? '<1 %' : '>99 %';
}

/** A mean over `n` cases: with a hundred of them the third decimal still says something, for one case moves it by 1/n. */
export function formatMean(value: number | null, n: number): string {
  return value === null || n < 100 || value < 0.001 || value > 0.999 ? formatScore(value) : value.toFixed(3);
}

/** `▲0.04`, `▼0.02` or `±0.00`; the words for it are in `deltaTitle`. */
export function formatDelta(delta: number): string {
  if (isNothing(delta)) return '±0.00';
  return `${delta > 0 ? '▲' : '▼'}${formatScore(Math.abs(delta))}`;
}

/** `−0.01 to +0.07`: the ends of an interval of a difference; of two cases alone it would reach beyond what is possible. */
export function formatDifference(low: number, high: number): string {
  return `${signedScore(Math.max(-1, low))} to ${signedScore(Math.min(1, high))}`;
}

export function deltaTitle(delta: number, against: string): string {
  if (isNothing(delta)) return `the same as ${against}`;
  return `${formatScore(Math.abs(delta))} ${delta > 0 ? 'higher' : 'lower'} than ${against}`;
}

/** A metric's own value, or its mean over `n`, in its own unit: milliseconds, US dollars, else a plain number. */
export function formatMetric(value: number | null, kind: string, n = 1): string {
  if (value === null) return NONE;
  if (kind === 'latency' || kind === 'span-duration') return formatDuration(value);
  if (kind === 'cost') return formatCost(value);
  if (Math.abs(value) >= 100) return formatCount(Math.round(value));
  if (Math.abs(value) <= 1) return value < 0 ? `−${formatMean(-value, n)}` : formatMean(value, n);
  return Number.isInteger(value) ? String(value) : value.toFixed(1);
}

/** `340 ms`, `1.23 s`, `12.3 s`, `1 min 15 s`, `2 h 5 min` */
export function formatDuration(milliseconds: number | null): string {
  if (milliseconds === null) return NONE;
  if (milliseconds > 0 && milliseconds < 1) return '<1 ms';
  if (Math.round(milliseconds) < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 9.995) return `${seconds.toFixed(2)} s`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Two significant digits below a cent, then three decimals, then cents. */
export function formatCost(usd: number | null): string {
  if (usd === null) return NONE;
  if (usd === 0) return '$0';
  if (usd < 0.00001) return '<$0.00001';
  if (usd < 0.01) return `$${withoutZeros(usd.toFixed(Math.min(6, 1 - Math.floor(Math.log10(usd)))))}`;
  if (usd < 1) return `$${usd.toFixed(3)}`;
  return `$${usd.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

/** What a pointer or a screen reader says of a cost. */
export function costTitle(usd: number | null): string {
  return usd === null ? 'price unknown' : `${withoutZeros(usd.toFixed(8))} US dollars`;
}

/** `12,345` */
export function formatCount(count: number | null): string {
  return count === null ? NONE : count.toLocaleString('en-US');
}

/** `24 cases`, `1 case` */
export function countOf(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `21 pass 2 fail 1 error`; passes always, the others when there are any. */
export function formatCounts(counts: StatusCounts): string {
  return SAMPLE_STATUSES.filter((status) => status === 'pass' || counts[status] > 0)
    .map((status) => `${formatCount(counts[status])} ${status}`)
    .join(' ');
}

/** `0.86 · 21 pass 2 fail 1 error` */
export function formatSummary(composite: number | null, counts: StatusCounts): string {
  return `${formatScore(composite)} · ${formatCounts(counts)}`;
}

export function sumCounts(all: readonly StatusCounts[]): StatusCounts {
  const sum = { pass: 0, fail: 0, error: 0, unscored: 0 };
  for (const counts of all) for (const status of SAMPLE_STATUSES) sum[status] += counts[status];
  return sum;
}

export function shortVersion(version: string): string {
  return version.slice(0, 8);
}

export function shortCommit(git: GitState): string {
  return git.commit.slice(0, 7);
}

/** `just now`, `3 min ago`, `5 h ago`, `2 d ago`; the date from 30 days on. */
export function formatAgo(iso: string, nowMs: number): string {
  const seconds = (nowMs - Date.parse(iso)) / 1000;
  if (Number.isNaN(seconds)) return iso;
  if (seconds < 45) return 'just now';
  if (seconds < 3570) return `${Math.max(1, Math.round(seconds / 60))} min ago`;
  if (seconds < 84_600) return `${Math.round(seconds / 3600)} h ago`;
  if (seconds < 30 * 86_400) return `${Math.round(seconds / 86_400)} d ago`;
  return formatTime(iso).slice(0, 10);
}

/** `2026-03-01 14:05` in the reader's own time zone, or in the one given. */
export function formatTime(iso: string, timeZone?: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  // Swedish writes ISO dates.
  return at.toLocaleString('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
}

function signedScore(value: number): string {
  if (isNothing(value)) return '0.00';
  return `${value < 0 ? '−' : '+'}${formatScore(Math.abs(value))}`;
}

function isNothing(delta: number): boolean {
  return Math.abs(delta) < 0.00005;
}

function plainZero(text: string): string {
  return /^-0\.0*$/.test(text) ? text.slice(1) : text;
}

function withoutZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
