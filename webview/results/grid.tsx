// biome-ignore-all lint/a11y/useSemanticElements: rows that stand anywhere in a tall body cannot be a table's
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { RunStatus } from '../../src/engine/run/run.ts';
import { SAMPLE_STATUSES, type StatusCounts } from '../../src/engine/run/sample.ts';
import type { ResultsState, SampleRow } from '../../src/protocol/views.ts';
import type { Store } from '../state/store.ts';
import { useScrollMemory } from '../ui/scrollMemory.ts';
import { useWidthOf } from '../ui/widthOf.ts';
import { gridColumns, sumPx } from './columns.ts';
import { GridHead } from './gridHead.tsx';
import { GridRow } from './gridRow.tsx';
import { useVirtualRows } from './virtualRows.ts';

const ROW_PX = 26;
const HEAD_PX = 28;
/** Drawn grey until the first page tells how many there are. */
const SKELETON_ROWS = 12;

/** The samples of the run, a row each. The keyboard moves over rows; Enter opens the drawer. */
export function Grid({ store, results, labels }: GridProps) {
  const { grid } = store;
  const scroller = useRef<HTMLDivElement>(null);
  const widthPx = useWidthOf(scroller);
  const total = grid.total.value;
  const active = grid.active.value;
  // Rows are read through `grid.row`, which is no signal: this one says when they changed.
  void grid.revision.value;
  const count = total ?? SKELETON_ROWS;
  const rows = useVirtualRows(scroller, { count, rowPx: ROW_PX, headPx: HEAD_PX });
  useScrollMemory(store, 'results', scroller, total !== null);

  const first = rows.indices[0] ?? 0;
  const last = rows.indices.at(-1) ?? 0;
  useLayoutEffect(() => grid.show(first, last), [grid, first, last, results.run?.id, grid.view.value]);
  const shownActive = useRef(active);
  useLayoutEffect(() => {
    if (shownActive.current !== active) rows.scrollTo(active);
    shownActive.current = active;
  });

  const open = store.openSample.value;
  const columns = gridColumns(results.metrics, {
    hasVariants: results.variants.length > 1,
    hasRepeats: hasRepeats(results, (index) => grid.row(index), rows.indices),
    isBrief: open !== null,
    widthPx,
  });
  const isOpen = open !== null;
  const move = (to: number) => {
    if (isOpen) store.openAt(Math.max(0, Math.min(to, count - 1)));
    else grid.setActive(to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - HEAD_PX) / ROW_PX) - 1);
    const to = {
      ArrowDown: active + 1,
      j: active + 1,
      ArrowUp: active - 1,
      k: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: count - 1,
    }[event.key];
    if (to !== undefined) move(to);
    else if (event.key === 'Enter' || event.key === ' ') {
      if (open !== null && open.index === active) focusDrawer(scroller.current);
      else store.openAt(active);
    } else return;
    event.preventDefault();
  };
  // Rows that scroll out lend their elements to those that scroll in: much cheaper than making new ones.
  const slots = Math.ceil(rows.indices.length / 16) * 16;
  return (
    <div
      ref={scroller}
      class="grid"
      role="grid"
      tabIndex={0}
      aria-label="Samples"
      aria-rowcount={count + 1}
      aria-colcount={columns.length}
      aria-busy={total === null}
      aria-activedescendant={total ? `row-${active}` : undefined}
      style={{ '--grid-columns': columns.map((column) => column.width).join(' '), '--grid-min': `${sumPx(columns)}px` }}
      onKeyDown={onKeyDown}
    >
      <GridHead grid={grid} columns={columns} doubts={results.doubts} />
      <div class="grid-body" role="rowgroup" style={{ height: `${rows.heightPx}px` }}>
        {rows.indices.map((index) => (
          <GridRow
            key={index % slots}
            index={index}
            topPx={index * ROW_PX}
            row={grid.row(index)}
            columns={columns}
            metrics={results.metrics}
            labels={labels}
            isActive={index === active}
            isOpen={open?.sampleId !== undefined && grid.row(index)?.sampleId === open.sampleId}
            onOpen={store.openAt}
          />
        ))}
      </div>
      {total === 0 && results.run ? <NoRows store={store} status={results.run.status} /> : null}
    </div>
  );
}

type GridProps = {
  readonly store: Store;
  readonly results: ResultsState;
  readonly labels: ReadonlyMap<string, string>;
};

const NO_SAMPLES: { readonly [status in RunStatus]: string } = {
  running: 'No sample has finished yet.',
  finished: 'The run has no samples.',
  cancelled: 'Stopped before a sample finished.',
  interrupted: 'Interrupted before a sample finished.',
};

function NoRows({ store, status }: { readonly store: Store; readonly status: RunStatus }) {
  const { statuses, variantId, text, onlyFlaky } = store.grid.view.value;
  const isFiltered = statuses.length > 0 || onlyFlaky === true || variantId !== null || text !== '';
  return <p class="grid-empty note">{isFiltered ? 'No sample passes these filters.' : NO_SAMPLES[status]}</p>;
}

/** Whether cases were tried more than once: by the counts or, before there are any, by the rows in sight. */
function hasRepeats(
  results: ResultsState,
  rowAt: (index: number) => SampleRow | undefined,
  indices: readonly number[],
): boolean {
  const { run } = results;
  const isCounted = run?.variants.some(({ samples }) => sumSamples(samples) > run.cases) ?? false;
  return isCounted || indices.some((index) => (rowAt(index)?.repeat ?? 0) > 0);
}

function sumSamples(counts: StatusCounts): number {
  return SAMPLE_STATUSES.reduce((sum, status) => sum + counts[status], 0);
}

function focusDrawer(grid: HTMLElement | null): void {
  grid?.parentElement?.querySelector<HTMLElement>('.drawer')?.focus();
}
