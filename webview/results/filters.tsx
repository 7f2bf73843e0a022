import { useRef } from 'preact/hooks';
import { SAMPLE_STATUSES, type SampleStatus, type StatusCounts } from '../../src/engine/run/sample.ts';
import { countOf, formatCount, sumCounts } from '../format.ts';
import type { GridStore } from '../state/grid.ts';
import { Icon } from '../ui/icon.tsx';
import { STATUS_ICONS } from '../ui/status.tsx';
import { Dropdown, TextField } from '../ui/toolkit.tsx';

/** A search waits until the typing pauses. */
const TYPING_MS = 200;
const ALL = '';

/** The counts of the run, which are its filters as well, the variants, and a search. */
export function Filters({ grid, labels, counts, flakyCases }: FiltersProps) {
  const view = grid.view.value;
  const typing = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const sum = sumCounts(counts);
  const toggle = (status: SampleStatus) => {
    const statuses = SAMPLE_STATUSES.filter((one) => view.statuses.includes(one) !== (one === status));
    grid.setView({ ...view, statuses });
  };
  const search = (text: string) => {
    clearTimeout(typing.current);
    typing.current = setTimeout(
      () => grid.setView({ ...grid.view.peek(), text: text.trim().slice(0, 500) }),
      TYPING_MS,
    );
  };
  const isFiltered = view.statuses.length > 0 || view.onlyFlaky === true || view.variantId !== null || view.text !== '';
  return (
    <div class="filters">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; these are toggles */}
      <div class="chips" role="group" aria-label="Show only">
        {SAMPLE_STATUSES.map((status) => (
          <button
            key={status}
            type="button"
            class={`chip${sum[status] === 0 ? ' is-zero' : ''}`}
            aria-pressed={view.statuses.includes(status)}
            title={`Show only ${status}`}
            onClick={() => toggle(status)}
          >
            <Icon name={STATUS_ICONS[status]} class={`status-${status}`} />
            <span class="chip-count">{formatCount(sum[status])}</span> {status}
          </button>
        ))}
        {flakyCases === null ? null : (
          <button
            type="button"
            class={`chip${flakyCases === 0 ? ' is-zero' : ''}`}
            aria-pressed={view.onlyFlaky === true}
            title="Show only cases whose repeats pass and fail"
            onClick={() => grid.setView({ ...view, onlyFlaky: view.onlyFlaky !== true })}
          >
            <Icon name="pulse" class="is-warning" />
            <span class="chip-count">{formatCount(flakyCases)}</span> flaky
          </button>
        )}
      </div>
      {labels.size > 1 ? (
        <Dropdown
          label="Variant"
          value={view.variantId ?? ALL}
          options={[{ value: ALL, label: 'All variants' }, ...[...labels].map(([value, label]) => ({ value, label }))]}
          onChange={(variantId) => grid.setView({ ...view, variantId: variantId === ALL ? null : variantId })}
        />
      ) : null}
      <TextField label="Search outputs and cases" icon="search" value={view.text} onInput={search} />
      {isFiltered ? (
        <span class="filter-result" role="status">
          {grid.total.value === null ? '' : countOf(grid.total.value, 'sample')}
          <button
            type="button"
            class="link-button"
            onClick={() => grid.setView({ ...view, statuses: [], onlyFlaky: false, variantId: null, text: '' })}
          >
            Show all
          </button>
        </span>
      ) : null}
    </div>
  );
}

type FiltersProps = {
  readonly grid: GridStore;
  readonly labels: ReadonlyMap<string, string>;
  readonly counts: readonly StatusCounts[];
  /** null where each case was asked once. */
  readonly flakyCases: number | null;
};
