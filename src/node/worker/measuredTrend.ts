import type { RunSummary } from '../../engine/run/run.ts';
import { scoreInterval, tInterval } from '../../engine/stats/interval.ts';
import type { TrendMeasure, TrendPoint, TrendState } from '../../protocol/history.ts';
import type { HistoryReader } from '../store/history.ts';

const CONFIDENCE = 0.95;

/** A metric, or the composite, over runs, on all cases or on those with a tag. Runs that are no more are left out. */
export function measuredTrend(
  history: HistoryReader,
  { measure, runIds }: { readonly measure: TrendMeasure; readonly runIds: readonly string[] },
): TrendState {
  const runs = runIds.flatMap((id) => history.run(id) ?? []);
  const kind = runs.flatMap(({ header }) => header.metrics.find(({ name }) => name === measure.metric)?.kind ?? [])[0];
  const points = runs.map((run) => [run.header.id, pointsOf(history, run, measure)] as const);
  return { measure, runIds, kind: kind ?? null, points: Object.fromEntries(points) };
}

function pointsOf(history: HistoryReader, run: RunSummary, measure: TrendMeasure): TrendState['points'][string] {
  const means = history.caseMeans(run.header.id, measure);
  const found = run.variants.flatMap(({ variant, metrics }): [string, TrendPoint][] => {
    const values = means.get(variant.id) ?? [];
    if (values.length > 0) return [[variant.id, point(values, measure)]];
    // A metric over the whole run has no rows: one number, and few know how sure it is.
    const whole = measure.metric === null || measure.tag !== null ? undefined : metrics[measure.metric];
    if (!whole || whole.mean === null) return [];
    return [[variant.id, { mean: whole.mean, low: whole.mean, high: whole.mean, ...whole.interval, n: whole.n }]];
  });
  return Object.fromEntries(found);
}

/** Scores end at 0 and 1; a value in another unit does not. */
function point(values: readonly number[], { metric }: TrendMeasure): TrendPoint {
  const areScores = metric === null || values.every((value) => value >= 0 && value <= 1);
  const interval = (areScores ? scoreInterval(values, CONFIDENCE) : null) ?? tInterval(values, CONFIDENCE);
  return { ...interval, n: values.length };
}
