import type { RunVariant } from '../../src/engine/run/run.ts';
import type { ResultsState, RunListItem, RunningState } from '../../src/protocol/views.ts';
import {
  costTitle,
  formatCost,
  formatCount,
  formatDuration,
  formatInterval,
  formatMetric,
  formatScore,
  NONE,
} from '../format.ts';
import { Counts } from '../ui/counts.tsx';
import { Delta } from './runHeader.tsx';

/** What each variant came to. A click shows only its samples. */
export function VariantTable({ results, run, running, labels, selected, onSelect }: VariantTableProps) {
  if (run.variants.length === 0) return null;
  const canSelect = run.variants.length > 1;
  const hasBaseline = run.variants.some((summary) => results.baseline[summary.variant.id] !== undefined);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
    <section class="table-scroller" tabIndex={0} aria-label="Variants">
      <table class="figures">
        <thead>
          <tr>
            <th scope="col">Variant</th>
            <th scope="col" class="number" title="Mean over the cases, with its 95 % confidence interval">
              Composite
            </th>
            {hasBaseline ? (
              <th scope="col" class="number" title="Difference from the committed baseline">
                vs baseline
              </th>
            ) : null}
            <th scope="col">Samples</th>
            {results.metrics.map((metric) => (
              <th
                key={metric.name}
                scope="col"
                class="number"
                title={`${metric.name}: mean. ${signaturesText(results, metric.name)}`}
              >
                {metric.name}
              </th>
            ))}
            <th
              scope="col"
              class="number"
              title="Latency: half of the samples, and 95 % of them, were at most this slow"
            >
              p50 / p95
            </th>
            <th scope="col" class="number" title="Tokens in and out, all samples">
              Tokens
            </th>
            <th scope="col" class="number" title="All samples">
              Total cost
            </th>
          </tr>
        </thead>
        <tbody>
          {run.variants.map((summary) => {
            const { id } = summary.variant;
            const label = labels.get(id) ?? summary.variant.model;
            const live = running?.variants[id];
            const baseline = live ? undefined : results.baseline[id];
            return (
              <tr key={id} class={selected === id ? 'is-selected' : undefined}>
                <th scope="row" title={variantTitle(summary.variant)}>
                  {canSelect ? (
                    <button
                      type="button"
                      class="link-button"
                      aria-pressed={selected === id}
                      title={selected === id ? 'Show all variants' : `Show only the samples of ${label}`}
                      onClick={() => onSelect(selected === id ? null : id)}
                    >
                      {label}
                    </button>
                  ) : (
                    label
                  )}
                </th>
                <td class="number">
                  {live ? (
                    <strong>{formatScore(live.composite)}</strong>
                  ) : summary.composite === null ? (
                    NONE
                  ) : (
                    <>
                      <strong>{formatScore(summary.composite.mean)}</strong>{' '}
                      <span class="note">{formatInterval(summary.composite.low, summary.composite.high)}</span>
                    </>
                  )}
                </td>
                {hasBaseline ? <td class="number">{baseline ? <Delta {...baseline} /> : NONE}</td> : null}
                <td>
                  <Counts counts={live?.counts ?? summary.samples} />
                </td>
                {results.metrics.map((metric) => (
                  <td key={metric.name} class="number">
                    {formatMetric(summary.metrics[metric.name]?.mean ?? null, metric.kind)}
                  </td>
                ))}
                <td class="number">
                  {summary.latencyMs === null
                    ? NONE
                    : `${formatDuration(summary.latencyMs.p50)} / ${formatDuration(summary.latencyMs.p95)}`}
                </td>
                <td class="number">
                  {summary.tokens === null
                    ? NONE
                    : `${formatCount(summary.tokens.input)} / ${formatCount(summary.tokens.output)}`}
                </td>
                <td class="number" title={costTitle(summary.costUsd)}>
                  {formatCost(summary.costUsd)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

/** Every way in which the variants measure it; one, unless the metric looks at the prompt's own schema. */
function signaturesText({ variants }: ResultsState, metric: string): string {
  return [...new Set(variants.flatMap(({ signatures }) => signatures[metric] ?? []))].join(' · ');
}

function variantTitle({ prompt, model, params }: RunVariant): string {
  const given = Object.entries(params).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  return [prompt, model, ...given].join(' · ');
}

type VariantTableProps = {
  readonly results: ResultsState;
  readonly run: RunListItem;
  /** When it is this run that is going on. */
  readonly running: RunningState | null;
  readonly labels: ReadonlyMap<string, string>;
  readonly selected: string | null;
  readonly onSelect: (variantId: string | null) => void;
};
