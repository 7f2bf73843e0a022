import { canonicalJson } from '../../src/engine/json.ts';
import type { RunVariant, VariantSummary } from '../../src/engine/run/run.ts';
import type { RunListItem } from '../../src/protocol/history.ts';
import { variantLabels } from '../variantLabel.ts';

/** More would be thinner than a pointer can meet. */
export const MAX_RUNS = 60;

/** A measure over the runs, oldest first: a series for each model with its params, whose points run through the versions. */
export type Trend = { readonly runs: readonly TrendRun[]; readonly series: readonly TrendSeries[] };

type TrendRun = {
  readonly id: string;
  readonly startedAt: string;
  /** null for several prompts, each of which has its own. */
  readonly version: string | null;
  /** A prompt is another than in the run before; true for the first. */
  readonly isNewVersion: boolean;
  /** The dataset held something else in the run before; false for the first. */
  readonly isNewDataset: boolean;
  /** It took only some of the cases. */
  readonly isPart: boolean;
};

type TrendSeries = {
  readonly label: string;
  /** One for each run; null where the run has none of this series. */
  readonly points: readonly (TrendPoint | null)[];
};

type ScoreRange = { readonly min: number; readonly max: number; readonly stepSize: number };

type TrendPoint = { readonly mean: number; readonly low: number; readonly high: number };

type PointOf = (of: { readonly run: RunListItem; readonly summary: VariantSummary }) => TrendPoint | null;

/** Those that can be drawn, newest first: they have ended, and are of the files as they were. */
export function shownRuns(runs: readonly RunListItem[]): readonly RunListItem[] {
  return runs.filter((run) => run.status !== 'running' && run.revision === null).slice(0, MAX_RUNS);
}

/** Of any of the runs, in the order of the newest. */
export function metricNames(runs: readonly RunListItem[]): readonly string[] {
  return [...new Set(runs.flatMap(({ variants }) => variants.flatMap(({ metrics }) => Object.keys(metrics))))];
}

/** Dollars for an answer on average; null when one price is unknown. */
export function costPerSample({ costUsd, samples }: VariantSummary): number | null {
  const answered = samples.pass + samples.fail + samples.unscored;
  return costUsd === null || answered === 0 ? null : costUsd / answered;
}

/**
 * @param runs    newest first, as the host sends them; those without a point are left out
 * @param pointOf of a variant in a run
 */
export function trendOf(runs: readonly RunListItem[], pointOf: PointOf): Trend {
  const shown = shownRuns(runs)
    .filter((run) => run.variants.some((summary) => pointOf({ run, summary }) !== null))
    .reverse();
  const series = new Map<string, { points: (TrendPoint | null)[] }>();
  for (const [index, run] of shown.entries())
    for (const summary of run.variants) {
      const point = pointOf({ run, summary });
      if (point === null) continue;
      const key = seriesOf(summary.variant);
      const entry = series.get(key) ?? { points: shown.map(() => null) };
      series.set(key, entry);
      // Two versions of a prompt in one run: the later in the suite is the newer.
      entry.points[index] = point;
    }
  const labels = seriesLabels(runs);
  return {
    runs: shown.map((run, index) => ({
      id: run.id,
      startedAt: run.startedAt,
      version: versionOf(run),
      isNewVersion: index === 0 || canonicalJson(versionsOf(run)) !== canonicalJson(versionsOf(shown[index - 1])),
      isNewDataset: index > 0 && run.dataset !== shown[index - 1]?.dataset,
      isPart: run.selection.cases < run.cases,
    })),
    series: [...series].map(([key, { points }]) => ({ label: labels.get(key) ?? key, points })),
  };
}

/** What runs of one line have in common: all but the version, which is the way along the line. */
export function seriesOf({ prompt, model, params }: RunVariant): string {
  return `${prompt} ${model} ${canonicalJson(params)}`;
}

/** What a line is called, in the picture and in the table, by `seriesOf`. */
export function seriesLabels(runs: readonly RunListItem[]): ReadonlyMap<string, string> {
  const series = new Map<string, RunVariant>();
  for (const { variant } of runs.flatMap(({ variants }) => variants)) series.set(seriesOf(variant), variant);
  return variantLabels([...series].map(([id, variant]) => ({ ...variant, id, promptVersion: '' })));
}

/**
 * As much of 0..1 as the intervals need, in even steps, so that small differences can be seen; null for values beyond it, which are
 * in another unit.
 */
export function scoreRange(trend: Trend): ScoreRange | null {
  const points = trend.series.flatMap((series) => series.points).filter((point) => point !== null);
  if (points.some(({ mean }) => mean < 0 || mean > 1)) return null;
  const low = Math.max(0, Math.min(1, ...points.map((point) => point.low)));
  const high = Math.min(1, Math.max(0, ...points.map((point) => point.high)));
  // Counted in hundredths: 0.07 / 0.01 is not 7.
  const step = [1, 2, 5, 10].find((size) => Math.ceil(high * (100 / size)) - Math.floor(low * (100 / size)) <= 5) ?? 20;
  return {
    min: (Math.floor((low * 100) / step) * step) / 100,
    max: (Math.ceil((high * 100) / step) * step) / 100,
    stepSize: step / 100,
  };
}

function versionOf(run: RunListItem): string | null {
  const versions = Object.values(versionsOf(run));
  return versions.length === 1 ? (versions[0] ?? null) : null;
}

/** By prompt; of two versions of one in a run, the later in the suite. */
function versionsOf(run: RunListItem | undefined): { readonly [prompt: string]: string } {
  return Object.fromEntries((run?.variants ?? []).map(({ variant }) => [variant.prompt, variant.promptVersion]));
}
