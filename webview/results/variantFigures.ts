import type { RunMetric, VariantSummary } from '../../src/engine/run/run.ts';
import type { StatusCounts } from '../../src/engine/run/sample.ts';
import type { RunListItem } from '../../src/protocol/history.ts';
import { formatCount, formatDuration, formatMetric, formatScore, NONE } from '../format.ts';

export function metricText({ metrics }: VariantSummary, { name, kind }: RunMetric): string {
  const { mean = null, n = 0, interval } = metrics[name] ?? {};
  const text = formatMetric(mean, kind, n);
  // Its own interval has a metric over the whole run only.
  return interval ? `${text} (${formatMetric(interval.low, kind)} to ${formatMetric(interval.high, kind)})` : text;
}

export function latencyText({ latencyMs }: VariantSummary): string {
  return latencyMs === null ? NONE : `${formatDuration(latencyMs.p50)} / ${formatDuration(latencyMs.p95)}`;
}

export function tokensText({ tokens }: VariantSummary): string {
  return tokens === null ? NONE : `${formatCount(tokens.input)} / ${formatCount(tokens.output)}`;
}

/** `0.83 / 0.61`: the chances that one of all repeats passes, and that all do. */
export function repeatsText({ repeats }: VariantSummary): string {
  if (!repeats) return NONE;
  const [some, all] = [repeats.passAt.at(-1) ?? null, repeats.passHat.at(-1) ?? null];
  return some === null || all === null ? NONE : `${formatScore(some)} / ${formatScore(all)}`;
}

/** How often each case was asked. */
export function repeatsOf(summary: VariantSummary | undefined): number {
  return Math.max(1, summary?.repeats?.passAt.length ?? 1);
}

/** `3 of 24`; by the judge alone is told apart. */
export function flakyText({ repeats }: VariantSummary): string {
  return repeats ? `${formatCount(repeats.flaky.cases)} of ${formatCount(repeats.flaky.of)}` : NONE;
}

export function flakyTitle({ repeats }: VariantSummary): string {
  if (!repeats || repeats.flaky.cases === 0) return 'No case passes once and fails another time';
  const { byJudge } = repeats.flaky;
  const judge =
    byJudge === 0
      ? 'the answers differ'
      : `in ${byJudge} of them the same answer did both, so it is the measure that wavers`;
  return `Cases that pass once and fail another time: ${judge}`;
}

/** Of all variants; null where each case was asked once. */
export function flakyCasesOf({ variants }: Pick<RunListItem, 'variants'>): number | null {
  const known = variants.flatMap(({ repeats }) => (repeats ? [repeats.flaky.cases] : []));
  return known.length === 0 ? null : known.reduce((sum, cases) => sum + cases, 0);
}

/** Samples that have a score; errors and unscored ones are in no mean. */
export function scored({ pass, fail }: StatusCounts): number {
  return pass + fail;
}
