// biome-ignore-all lint/a11y/useSemanticElements: rows that stand anywhere in a tall body cannot be a table's
import type { Doubt } from '../../src/engine/judge/trustWords.ts';
import type { GridStore } from '../state/grid.ts';
import { Icon } from '../ui/icon.tsx';
import { TrustMark } from '../ui/trustMark.tsx';
import type { Column } from './columns.ts';

/** Column names; those that the host can sort by are buttons. */
export function GridHead({ grid, columns, doubts }: GridHeadProps) {
  const view = grid.view.value;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus, and names its active row
    <div class="grid-head" role="row" aria-rowindex={1}>
      {columns.map((column) => {
        const isSorted = column.sort !== undefined && column.sort === view.sort;
        const direction = view.descending ? 'descending' : 'ascending';
        return (
          // biome-ignore lint/a11y/useFocusableInteractive: see above
          <div
            key={column.id}
            role="columnheader"
            aria-sort={isSorted ? direction : undefined}
            aria-label={column.title}
            class={cellClass(column)}
            title={column.title}
          >
            {column.sort === undefined ? (
              <span class="grid-name">
                {column.label} <TrustMark doubts={doubts} metric={column.label} />
              </span>
            ) : (
              <button
                type="button"
                aria-label={`Sort by ${column.title}`}
                onClick={() => column.sort && grid.setView(sortedBy(view, column.sort))}
              >
                {column.label === '' ? (
                  <Icon name="pass" class="dimmed" />
                ) : (
                  <span class="grid-name">{column.label}</span>
                )}
                {isSorted ? <Icon name={view.descending ? 'arrow-down' : 'arrow-up'} class="sort-arrow" /> : null}
              </button>
            )}
          </div>
        );
      })}
    </div>
  );
}

type GridHeadProps = {
  readonly grid: GridStore;
  readonly columns: readonly Column[];
  readonly doubts: readonly Doubt[];
};

export function cellClass(column: Column): string {
  return `cell cell-${column.id.replace(/:.*$/, '')}${column.isNumber ? ' number' : ''}`;
}

type View = GridStore['view']['value'];

/** The second click on a column turns its order round. */
function sortedBy(view: View, sort: View['sort']): View {
  return { ...view, sort, descending: view.sort === sort && !view.descending };
}
