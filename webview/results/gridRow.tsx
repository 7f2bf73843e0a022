// biome-ignore-all lint/a11y/useSemanticElements: rows that stand anywhere in a tall body cannot be a table's
import type { ComponentChildren } from 'preact';
import type { RunMetric } from '../../src/engine/run/run.ts';
import type { SampleRow } from '../../src/protocol/views.ts';
import { costTitle, formatCost, formatDuration, formatMetric, formatScore, NONE } from '../format.ts';
import { outputExcerpt } from '../outputExcerpt.ts';
import { Icon } from '../ui/icon.tsx';
import { MiddleCut } from '../ui/middleCut.tsx';
import { PassedIcon, StatusIcon } from '../ui/status.tsx';
import type { Column } from './columns.ts';
import { cellClass } from './gridHead.tsx';

/** One sample; grey bars stand for it until its page has come. */
export function GridRow({ index, topPx, row, columns, metrics, labels, isActive, isOpen, onOpen }: GridRowProps) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the grid has the focus and the keys
    <div
      id={`row-${index}`}
      class={`grid-row${isActive ? ' is-active' : ''}${isOpen ? ' is-open' : ''}`}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isOpen}
      style={{ transform: `translateY(${topPx}px)` }}
      onClick={() => onOpen(index)}
    >
      {columns.map((column) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and the keys
        <div key={column.id} role="gridcell" class={cellClass(column)}>
          {row === undefined ? <span class="skeleton" /> : cellOf(row, column, metrics, labels)}
        </div>
      ))}
    </div>
  );
}

type GridRowProps = {
  readonly index: number;
  readonly topPx: number;
  readonly row: SampleRow | undefined;
  readonly columns: readonly Column[];
  readonly metrics: readonly RunMetric[];
  readonly labels: ReadonlyMap<string, string>;
  readonly isActive: boolean;
  readonly isOpen: boolean;
  readonly onOpen: (index: number) => void;
};

function cellOf(
  row: SampleRow,
  column: Column,
  metrics: readonly RunMetric[],
  labels: ReadonlyMap<string, string>,
): ComponentChildren {
  switch (column.id) {
    case 'status':
      return <StatusIcon status={row.status} />;
    case 'case':
      return <MiddleCut text={row.caseId} />;
    case 'input':
      return <span title={row.inputExcerpt}>{row.inputExcerpt}</span>;
    case 'variant':
      return <span title={labels.get(row.variantId)}>{labels.get(row.variantId) ?? row.variantId}</span>;
    case 'repeat':
      return (
        <>
          {row.isFlaky ? (
            <Icon name="pulse" class="is-warning" label="flaky: repeats of this case pass and fail" />
          ) : null}{' '}
          {row.repeat + 1}
        </>
      );
    case 'output':
      return (
        <span class={row.status === 'error' ? 'is-error' : undefined} title={row.excerpt}>
          {row.status === 'error' ? row.excerpt : outputExcerpt(row.excerpt)}
        </span>
      );
    case 'composite':
      return formatScore(row.composite);
    case 'latency':
      return formatDuration(row.latencyMs);
    case 'cost':
      return <span title={costTitle(row.costUsd)}>{formatCost(row.costUsd)}</span>;
    default: {
      const metric = metrics.find((one) => column.id === `metric:${one.name}`);
      const score = metric && row.scores[metric.name];
      if (!metric || !score) return <span title="no score">{NONE}</span>;
      return (
        <>
          <PassedIcon passed={score.passed} /> {formatMetric(score.value, metric.kind)}
        </>
      );
    }
  }
}
