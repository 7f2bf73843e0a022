import type { RunMetric, VariantSummary } from '../../src/engine/run/run.ts';
import type { StatusCounts } from '../../src/engine/run/sample.ts';
import { formatCount, formatDuration, formatMetric, NONE } from '../format.ts';

export function metricText({ metrics }: VariantSummary, { name, kind }: RunMetric): string {
  const { mean = null, n = 0 } = metrics[name] ?? {};
  return formatMetric(mean, kind, n);
}

export function latencyText({ latencyMs }: VariantSummary): string {
  return latencyMs === null ? NONE : `${formatDuration(latencyMs.p50)} / ${formatDuration(latencyMs.p95)}`;
}

export function tokensText({ tokens }: VariantSummary): string {
  return tokens === null ? NONE : `${formatCount(tokens.input)} / ${formatCount(tokens.output)}`;
}

/** Samples that have a score; errors and unscored ones are in no mean. */
export function scored({ pass, fail }: StatusCounts): number {
  return pass + fail;
}
