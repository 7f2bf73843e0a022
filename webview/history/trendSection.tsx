import { useEffect, useMemo } from 'preact/hooks';
import type { HistoryState, TrendMeasure } from '../../src/protocol/history.ts';
import { formatCost, formatDuration, formatMetric, formatScore } from '../format.ts';
import { COMPOSITE, type TrendStore } from '../state/trend.ts';
import { Section } from '../ui/section.tsx';
import { Dropdown } from '../ui/toolkit.tsx';
import { costPerSample, metricNames, shownRuns, trendOf } from './trend.ts';
import { TrendChart } from './trendChart.tsx';

const ALL = '';

/** How the runs went: one measure with its intervals, and beside it what they took. */
export function TrendSection({ history, store, describedBy, onSelect }: TrendSectionProps) {
  const runs = useMemo(() => shownRuns(history.runs), [history]);
  const metrics = useMemo(() => metricNames(runs), [runs]);
  const measure = store.measure.value;
  const measured = store.points.value;
  const isPlain = measure.metric === null && measure.tag === null;
  const show = (next: TrendMeasure) =>
    store.show(
      next,
      runs.map(({ id }) => id),
    );
  // Runs that come, go or belong to another file have other figures, and perhaps another metric.
  useEffect(() => {
    const isKnown =
      (measure.metric === null || metrics.includes(measure.metric)) &&
      (measure.tag === null || history.caseTags.includes(measure.tag));
    if (!isKnown) show(COMPOSITE);
    else if (!isPlain) show(measure);
  }, [runs]);
  const trend = useMemo(() => {
    if (isPlain) return trendOf(runs, ({ summary }) => summary.composite);
    if (measured === null) return null;
    return trendOf(runs, ({ run, summary }) => measured.points[run.id]?.[summary.variant.id] ?? null);
  }, [runs, measured, isPlain]);
  const took = useMemo(
    () => ({
      latency: trendOf(runs, ({ summary }) => alone(summary.latencyMs?.p50)),
      cost: trendOf(runs, ({ summary }) => alone(costPerSample(summary))),
    }),
    [runs],
  );
  if (runs.length < 2) return null;
  const kind = measured?.kind ?? '';
  const name = measure.metric ?? 'Composite';
  return (
    <Section
      title={name}
      note={measure.tag === null ? 'mean over the cases' : `mean over the cases with ${measure.tag}`}
    >
      {metrics.length === 0 && history.caseTags.length === 0 ? null : (
        <div class="trend-choice">
          <Dropdown
            label="What is drawn"
            value={measure.metric === null ? ALL : `m${measure.metric}`}
            options={[
              { value: ALL, label: 'Composite' },
              ...metrics.map((metric) => ({ value: `m${metric}`, label: metric })),
            ]}
            onChange={(value) => show({ ...measure, metric: value === ALL ? null : value.slice(1) })}
          />
          {history.caseTags.length === 0 ? null : (
            <Dropdown
              label="On which cases"
              value={measure.tag === null ? ALL : `t${measure.tag}`}
              options={[
                { value: ALL, label: 'All cases' },
                ...history.caseTags.map((tag) => ({ value: `t${tag}`, label: `Tag: ${tag}` })),
              ]}
              onChange={(value) => show({ ...measure, tag: value === ALL ? null : value.slice(1) })}
            />
          )}
        </div>
      )}
      {trend === null ? (
        <div class="trend-canvas" aria-busy="true" />
      ) : trend.series.length === 0 ? (
        <p class="trend-canvas note">No run has a value of this.</p>
      ) : (
        <TrendChart
          trend={trend}
          name={name}
          format={isPlain ? formatScore : (value) => formatMetric(value, kind)}
          describedBy={describedBy}
          onSelect={onSelect}
        />
      )}
      <div class="trend-beside">
        <SmallTrend
          trend={took.latency}
          name="Latency"
          note="median"
          format={formatDuration}
          {...{ onSelect, describedBy }}
        />
        <SmallTrend
          trend={took.cost}
          name="Cost"
          note="of a sample"
          format={formatCost}
          {...{ onSelect, describedBy }}
        />
      </div>
    </Section>
  );
}

type TrendSectionProps = {
  readonly history: HistoryState;
  readonly store: TrendStore;
  /** The id of the table that has every number. */
  readonly describedBy: string;
  readonly onSelect: (runId: string) => void;
};

function SmallTrend({ note, ...of }: SmallTrendProps) {
  if (of.trend.series.length === 0) return null;
  return (
    <figure class="trend-small">
      <figcaption>
        {of.name} <span class="note">{note}</span>
      </figcaption>
      <TrendChart {...of} isSmall />
    </figure>
  );
}

type SmallTrendProps = Omit<Parameters<typeof TrendChart>[0], 'isSmall'> & { readonly note: string };

/** A figure without an interval. */
function alone(value: number | null | undefined) {
  return value === null || value === undefined ? null : { mean: value, low: value, high: value };
}
