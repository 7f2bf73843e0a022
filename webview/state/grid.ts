import { type ReadonlySignal, signal } from '@preact/signals';
import { canonicalJson } from '../../src/engine/json.ts';
import type { Trial } from '../../src/engine/trial/trial.ts';
import type { SamplePage, SampleQuery, SampleRow } from '../../src/protocol/views.ts';
import { type GridView, UNFILTERED } from '../navigation.ts';
import { PAGE_ROWS, PageCache } from './pageCache.ts';

/** The rows of the run in the results tab, fetched page by page as they come into sight. */
export type GridStore = {
  readonly view: ReadonlySignal<GridView>;
  /** null until the first page has come. */
  readonly total: ReadonlySignal<number | null>;
  /** Grows whenever `row` may answer differently. */
  readonly revision: ReadonlySignal<number>;
  /** The row that the keyboard stands on. */
  readonly active: ReadonlySignal<number>;
  row(index: number): SampleRow | undefined;
  indexOf(sampleId: number): number;
  /** Rows `first` to `last` are in sight. */
  show(first: number, last: number): void;
  setView(view: GridView): void;
  setActive(index: number): void;
  /** @param ofPrompt ids of the variants that are shown unless the view is of the whole run; empty for all */
  setRun(runId: string | null, ofPrompt: readonly string[]): void;
  /** Rows as a trial has them; null for those of the run. The rows that are there stay until the others have come. */
  setTrial(trial: Trial | null): void;
  /** The run has gone on: what is in sight is fetched again. */
  refresh(): void;
  receive(page: SamplePage): void;
};

export function createGridStore(post: (query: SampleQuery) => void, initial: GridView = UNFILTERED): GridStore {
  const view = signal(initial);
  const total = signal<number | null>(null);
  const revision = signal(0);
  const active = signal(0);
  let runId: string | null = null;
  let ofPrompt: readonly string[] = [];
  let trial: Trial | null = null;
  let cache = new PageCache<SampleRow>();
  let inSight = { first: 0, last: 0 };

  const queryAt = (id: string, offset: number): SampleQuery => {
    const { sort, descending, statuses, variantId, isWholeRun, text, onlyFlaky } = view.peek();
    const variantIds = variantId === null ? (isWholeRun ? [] : ofPrompt) : [variantId];
    return {
      ...{ runId: id, offset, limit: PAGE_ROWS, sort, descending, text },
      ...{ statuses: [...statuses], variantIds: [...variantIds] },
      ...(onlyFlaky && { flaky: true as const }),
      ...(trial && { trial }),
    };
  };
  const fetch = () => {
    if (runId === null) return;
    for (const offset of cache.want(inSight.first, inSight.last)) post(queryAt(runId, offset));
  };
  const restart = () => {
    cache = new PageCache();
    inSight = { first: 0, last: 0 };
    total.value = null;
    active.value = 0;
    revision.value++;
    fetch();
  };

  return {
    view,
    total,
    revision,
    active,
    row: (index) => cache.row(index),
    indexOf: (sampleId) => cache.indexOf((row) => row.sampleId === sampleId),
    show(first, last) {
      inSight = { first, last };
      fetch();
    },
    setView(next) {
      if (canonicalJson(next) === canonicalJson(view.peek())) return;
      view.value = next;
      restart();
    },
    setActive(index) {
      active.value = Math.max(0, Math.min(index, (total.peek() ?? 1) - 1));
    },
    setRun(id, variants) {
      if (id === runId && canonicalJson(variants) === canonicalJson(ofPrompt)) return;
      runId = id;
      ofPrompt = variants;
      restart();
    },
    setTrial(next) {
      if (canonicalJson(next) === canonicalJson(trial)) return;
      trial = next;
      cache.invalidate();
      fetch();
    },
    refresh() {
      cache.invalidate();
      fetch();
    },
    receive(page) {
      // An answer to a question that nobody asks any more.
      if (runId === null || questionOf(page.query) !== questionOf(queryAt(runId, 0))) return;
      cache.put(page.query.offset, page.total, page.rows);
      total.value = page.total;
      if (active.peek() >= page.total) active.value = Math.max(0, page.total - 1);
      revision.value++;
      fetch();
    },
  };
}

function questionOf({ offset: _offset, limit: _limit, ...rest }: SampleQuery): string {
  return canonicalJson(rest);
}
