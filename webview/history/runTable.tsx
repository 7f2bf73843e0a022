import type { VariantSummary } from '../../src/engine/run/run.ts';
import type { RunListItem, TrendMeasure, TrendPoint, TrendState } from '../../src/protocol/history.ts';
import {
  costTitle,
  formatAgo,
  formatCost,
  formatDuration,
  formatInterval,
  formatMetric,
  formatScore,
  formatTime,
  NONE,
  shortVersion,
} from '../format.ts';
import { Commit } from '../ui/commit.tsx';
import { Counts } from '../ui/counts.tsx';
import { IconButton } from '../ui/icon.tsx';
import { RescoreNote, RevisionNote } from '../ui/rescoreNote.tsx';
import { RunMarkWords } from '../ui/runMarks.tsx';
import { RunStatusNote } from '../ui/runStatus.tsx';
import { seriesLabels, seriesOf } from './trend.ts';

/** The runs, newest first, with a row for each variant: every number of the picture above. */
export function RunTable({ id, runs, shownRun, measured, ...actions }: RunTableProps) {
  const columns: RunColumns = {
    suite: new Set(runs.map((run) => run.suite)).size > 1,
    labels: seriesLabels(runs),
    data: new Set(runs.map((run) => run.dataset)).size > 1,
    measured,
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
    <section class="table-scroller" tabIndex={0} aria-label="Runs">
      <table id={id} class="figures runs">
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Version</th>
            <th scope="col" class="wide-only">
              Commit
            </th>
            {columns.suite ? <th scope="col">Suite</th> : null}
            {columns.data ? (
              <th scope="col" class="wide-only" title="Runs with the same mark had the same cases">
                Dataset
              </th>
            ) : null}
            {columns.labels.size > 1 ? <th scope="col">Variant</th> : null}
            <th scope="col" class="number" title="Mean over the cases, with its 95 % confidence interval">
              Composite
            </th>
            {measured === null ? null : (
              <th scope="col" class="number" title="As it is drawn above, with its 95 % confidence interval">
                {measureWords(measured.measure)}
              </th>
            )}
            <th scope="col">Samples</th>
            <th scope="col" class="number wide-only" title="Half of the samples were at most this slow">
              Latency
            </th>
            <th scope="col" class="number wide-only">
              Cost
            </th>
            <th scope="col" class="run-buttons">
              <span class="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        {pinnedFirst(runs).map((run) => (
          <RunRows key={run.id} run={run} columns={columns} isShown={run.id === shownRun} {...actions} />
        ))}
      </table>
    </section>
  );
}

type RunTableProps = RunActions & {
  readonly id: string;
  readonly runs: readonly RunListItem[];
  /** The run in the results tab. */
  readonly shownRun: string | null;
  /** What is drawn beside the composite; null for nothing. */
  readonly measured: TrendState | null;
};
type RunActions = {
  readonly onSelect: (runId: string) => void;
  readonly onPin: (runId: string, pinned: boolean) => void;
  /** What else can be done with a run. */
  readonly onMore: (runId: string) => void;
};
type RunColumns = {
  readonly suite: boolean;
  /** Of the lines of the picture; one alone has no column. */
  readonly labels: ReadonlyMap<string, string>;
  readonly data: boolean;
  readonly measured: TrendState | null;
};

function RunRows({ run, columns, isShown, onSelect, onPin, onMore }: RunRowsProps) {
  const rows = Math.max(1, run.variants.length);
  const versions = [...new Set(run.variants.map(({ variant }) => variant.promptVersion))];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the time is a button that does the same
    <tbody
      class={`is-clickable${isShown ? ' is-selected' : ''}${run.marks.archived ? ' is-archived' : ''}`}
      aria-current={isShown ? 'true' : undefined}
      onClick={() => onSelect(run.id)}
    >
      {Array.from({ length: rows }, (_, index) => {
        const summary = run.variants[index];
        return (
          <tr key={summary?.variant.id ?? 'none'}>
            {index === 0 ? (
              <>
                <th scope="rowgroup" rowSpan={rows}>
                  <span class="run-time">
                    <button type="button" class="link-button" title={`${formatTime(run.startedAt)}: show in Results`}>
                      <time dateTime={run.startedAt}>{formatAgo(run.startedAt, Date.now())}</time>
                    </button>
                    <RunStatusNote status={run.status} />
                    <RescoreNote of={run.rescoreOf} />
                    <RevisionNote of={run.revision} />
                  </span>
                  <RunMarkWords marks={run.marks} />
                  {run.selection.cases < run.cases ? (
                    <span class="run-part">
                      {run.selection.cases} of {run.cases} cases
                    </span>
                  ) : null}
                </th>
                <td rowSpan={rows}>
                  {versions.length === 0 ? NONE : null}
                  {versions.map((version) => (
                    <code key={version} class="version" title={version}>
                      {shortVersion(version)}
                    </code>
                  ))}
                </td>
                <td rowSpan={rows} class="wide-only">
                  {run.git ? <Commit git={run.git} /> : NONE}
                </td>
                {columns.suite ? (
                  <td rowSpan={rows} title={run.suite}>
                    {run.suite.replace(/^.*\//, '')}
                  </td>
                ) : null}
                {columns.data ? (
                  <td rowSpan={rows} class="wide-only">
                    <code title={run.dataset}>{shortVersion(run.dataset)}</code>
                  </td>
                ) : null}
              </>
            ) : null}
            {columns.labels.size > 1 ? <td>{summary ? columns.labels.get(seriesOf(summary.variant)) : NONE}</td> : null}
            <Figures run={run} summary={summary} measured={columns.measured} />
            {index === 0 ? (
              // biome-ignore lint/a11y/useKeyWithClickEvents: it only keeps clicks on its buttons from the row
              <td rowSpan={rows} class="run-buttons" onClick={(event) => event.stopPropagation()}>
                <IconButton
                  icon={run.marks.pinned ? 'pinned' : 'pin'}
                  label={run.marks.pinned ? 'Unpin' : 'Pin above the others'}
                  pressed={run.marks.pinned}
                  class={run.marks.pinned ? 'is-on' : ''}
                  onClick={() => onPin(run.id, !run.marks.pinned)}
                />
                <IconButton icon="ellipsis" label="Name, tag, pin, archive, delete…" onClick={() => onMore(run.id)} />
              </td>
            ) : null}
          </tr>
        );
      })}
    </tbody>
  );
}

type RunRowsProps = RunActions & {
  readonly run: RunListItem;
  readonly columns: RunColumns;
  readonly isShown: boolean;
};

function Figures({ run, summary, measured }: FiguresProps) {
  const composite = summary?.composite ?? null;
  return (
    <>
      <td class="number">
        {composite === null ? (
          NONE
        ) : (
          <>
            <strong>{formatScore(composite.mean)}</strong>{' '}
            <span class="note">{formatInterval(composite.low, composite.high)}</span>
          </>
        )}
      </td>
      {measured === null ? null : (
        <Measured point={summary && measured.points[run.id]?.[summary.variant.id]} kind={measured.kind ?? ''} />
      )}
      <td>{summary ? <Counts counts={summary.samples} /> : NONE}</td>
      <td class="number wide-only">{formatDuration(summary?.latencyMs?.p50 ?? null)}</td>
      <td class="number wide-only" title={costTitle(summary?.costUsd ?? null)}>
        {formatCost(summary?.costUsd ?? null)}
      </td>
    </>
  );
}

type FiguresProps = {
  readonly run: RunListItem;
  readonly summary: VariantSummary | undefined;
  readonly measured: TrendState | null;
};

function Measured({ point, kind }: { readonly point: TrendPoint | undefined; readonly kind: string }) {
  if (!point) return <td class="number">{NONE}</td>;
  const format = (value: number) => formatMetric(value, kind);
  return (
    <td class="number">
      {format(point.mean)}{' '}
      {point.low === point.high ? null : (
        <span class="note">
          {format(point.low)}–{format(point.high)}
        </span>
      )}
    </td>
  );
}

function measureWords({ metric, tag }: TrendMeasure): string {
  return tag === null ? (metric ?? 'Composite') : `${metric ?? 'Composite'}, ${tag}`;
}

/** Their order is kept otherwise. */
function pinnedFirst(runs: readonly RunListItem[]): readonly RunListItem[] {
  return [...runs.filter(({ marks }) => marks.pinned), ...runs.filter(({ marks }) => !marks.pinned)];
}
