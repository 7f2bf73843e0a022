import type { ComponentChildren } from 'preact';
import type { RunVariant, VariantSummary } from '../../src/engine/run/run.ts';
import type { RunListItem } from '../../src/protocol/history.ts';
import type { CompositeDifference, ResultsState, RunningState, VariantProgress } from '../../src/protocol/views.ts';
import { costTitle, formatCost, formatDifference, formatInterval, formatMean, formatScore, NONE } from '../format.ts';
import { Counts } from '../ui/counts.tsx';
import { PassRate } from '../ui/passRate.tsx';
import { TrustMark } from '../ui/trustMark.tsx';
import { Delta } from './runHeader.tsx';
import {
  flakyText,
  flakyTitle,
  latencyText,
  metricText,
  repeatsOf,
  repeatsText,
  scored,
  tokensText,
} from './variantFigures.ts';

/**
 * What each variant came to. A click shows only its samples. Of one alone, the composite stands in the header above and the
 * counts in the filters below.
 */
export function VariantTable({ results, run, running, labels, selected, onSelect }: VariantTableProps) {
  if (run.variants.length === 0) return null;
  const isSeveral = run.variants.length > 1;
  const hasBaseline = isSeveral && run.variants.some(({ variant }) => results.baseline[variant.id] !== undefined);
  const first = results.variants[0];
  const hasFirst = new Set(results.variants.map(({ prompt }) => prompt)).size > 1 && isCompared(results);
  const firstLabel = labels.get(first?.id ?? '') ?? '';
  // Replayed answers often say nothing of time and tokens: a column of dashes would only push the others out of sight.
  const hasLatency = run.variants.some(({ latencyMs }) => latencyMs !== null);
  const repeats = Math.max(1, ...run.variants.map(repeatsOf));
  const hasTokens = run.variants.some(({ tokens }) => tokens !== null);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
    <section class="table-scroller" tabIndex={0} aria-label="Variants">
      <table class="figures">
        <thead>
          <tr>
            <th scope="col">Variant</th>
            {isSeveral ? (
              <th scope="col" class="number" title="Mean over the cases, with its 95 % confidence interval">
                Composite
              </th>
            ) : null}
            {hasFirst ? (
              <th
                scope="col"
                class="number"
                title={`Difference from ${firstLabel}, case by case, with its 95 % interval`}
              >
                vs {firstLabel}
              </th>
            ) : null}
            {hasBaseline ? (
              <th scope="col" class="number" title="Difference from the committed baseline">
                vs baseline
              </th>
            ) : null}
            {isSeveral ? <th scope="col">Samples</th> : null}
            {isSeveral ? (
              <th scope="col" title="Share of the judged samples that pass, with its 95 % Wilson interval">
                Pass rate
              </th>
            ) : null}
            {results.metrics.map((metric) => (
              <th
                key={metric.name}
                scope="col"
                class="number"
                title={`${metric.name}: mean. ${signaturesText(results, metric.name)}`}
              >
                {metric.name}
                <TrustMark doubts={results.doubts} metric={metric.name} />
              </th>
            ))}
            {repeats > 1 ? (
              <>
                <th
                  scope="col"
                  class="number"
                  title={`The chance that one of ${repeats} answers passes, and that all of them do`}
                >
                  pass@{repeats} / pass^{repeats}
                </th>
                <th scope="col" class="number" title="Cases that pass once and fail another time">
                  Flaky
                </th>
              </>
            ) : null}
            {hasLatency ? (
              <th
                scope="col"
                class="number"
                title="Latency: half of the samples, and 95 % of them, were at most this slow"
              >
                p50 / p95
              </th>
            ) : null}
            {hasTokens ? (
              <th scope="col" class="number" title="Tokens in and out, all samples">
                Tokens
              </th>
            ) : null}
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
            const toFirst = results.toFirst[id];
            return (
              <tr key={id} class={selected === id ? 'is-selected' : undefined}>
                <th scope="row" title={variantTitle(summary.variant)}>
                  {isSeveral ? (
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
                {isSeveral ? <td class="number">{compositeOf(summary, live)}</td> : null}
                {hasFirst ? (
                  <td class="number">{toFirst ? <WithInterval {...toFirst} against={firstLabel} /> : NONE}</td>
                ) : null}
                {hasBaseline ? (
                  <td class="number">{baseline ? <Delta {...baseline} against="the committed baseline" /> : NONE}</td>
                ) : null}
                {isSeveral ? (
                  <td>
                    <Counts counts={live?.counts ?? summary.samples} />
                  </td>
                ) : null}
                {isSeveral ? (
                  <td>
                    <PassRate counts={live?.counts ?? summary.samples} repeats={repeatsOf(summary)} />
                  </td>
                ) : null}
                {results.metrics.map((metric) => (
                  <td key={metric.name} class="number">
                    {metricText(summary, metric)}
                  </td>
                ))}
                {repeats > 1 ? (
                  <>
                    <td class="number">{repeatsText(summary)}</td>
                    <td class="number" title={flakyTitle(summary)}>
                      {flakyText(summary)}
                    </td>
                  </>
                ) : null}
                {hasLatency ? <td class="number">{latencyText(summary)}</td> : null}
                {hasTokens ? <td class="number">{tokensText(summary)}</td> : null}
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

function compositeOf({ composite, samples }: VariantSummary, live: VariantProgress | undefined): ComponentChildren {
  if (live) return <strong>{formatScore(live.composite)}</strong>;
  if (composite === null) return NONE;
  return (
    <>
      <strong>{formatMean(composite.mean, scored(samples))}</strong>{' '}
      <span class="note">{formatInterval(composite.low, composite.high)}</span>
    </>
  );
}

function WithInterval(props: CompositeDifference & { readonly against: string }) {
  const { interval } = props;
  return (
    <>
      <Delta {...props} />
      {interval ? <span class="note"> {formatDifference(interval.low, interval.high)}</span> : null}
    </>
  );
}

function isCompared({ toFirst, variants }: ResultsState): boolean {
  return variants.some(({ id }) => toFirst[id] !== undefined);
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
