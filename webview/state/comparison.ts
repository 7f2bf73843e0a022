import { type ReadonlySignal, signal } from '@preact/signals';
import type { ChangeGroup } from '../../src/engine/compare/changeGroup.ts';
import type {
  ComparedIds,
  ComparedLine,
  ComparisonPage,
  ComparisonQuery,
  ComparisonState,
} from '../../src/protocol/comparison.ts';
import type { HostMessage, SampleDetail, ViewMessage } from '../../src/protocol/views.ts';
import { PAGE_ROWS, PageCache } from './pageCache.ts';

/** What is shown of a comparison: no groups are all but those with the same answer. */
type ComparisonView = { readonly groups: readonly ChangeGroup[]; readonly variantId: string | null };
export type ComparedPair = { readonly before: SampleDetail | null; readonly after: SampleDetail | null };

/** Two kept runs beside each other: which, what they came to, and the rows that are in sight. */
export type ComparisonStore = {
  /** null: no comparison is on show. */
  readonly ids: ReadonlySignal<ComparedIds | null>;
  /** null until it has come. */
  readonly state: ReadonlySignal<ComparisonState | null>;
  readonly view: ReadonlySignal<ComparisonView>;
  readonly total: ReadonlySignal<number | null>;
  /** Grows whenever `row` may answer differently. */
  readonly revision: ReadonlySignal<number>;
  readonly active: ReadonlySignal<number>;
  /** The row whose answers are shown in full; its pair is null until it has come. */
  readonly opened: ReadonlySignal<{ readonly index: number; readonly line: ComparedLine } | null>;
  readonly pair: ReadonlySignal<ComparedPair | null>;
  row(index: number): ComparedLine | undefined;
  /** Rows `first` to `last` are in sight. */
  inSight(first: number, last: number): void;
  open(ids: ComparedIds): void;
  close(): void;
  setView(view: ComparisonView): void;
  setActive(index: number): void;
  openAt(index: number): void;
  closeRow(): void;
  receive(message: Extract<HostMessage, { type: 'comparison' | 'compared-rows' | 'compared-case' }>): void;
};

const ALL_THAT_CHANGED: ComparisonView = { groups: [], variantId: null };

export function createComparisonStore(post: (message: ViewMessage) => void): ComparisonStore {
  const ids = signal<ComparedIds | null>(null);
  const state = signal<ComparisonState | null>(null);
  const view = signal<ComparisonView>(ALL_THAT_CHANGED);
  const total = signal<number | null>(null);
  const revision = signal(0);
  const active = signal(0);
  const opened = signal<{ index: number; line: ComparedLine } | null>(null);
  const pair = signal<ComparedPair | null>(null);
  let cache = new PageCache<ComparedLine>();
  let sight = { first: 0, last: 0 };

  const fetch = () => {
    const runs = ids.peek();
    if (runs === null) return;
    const { groups, variantId } = view.peek();
    for (const offset of cache.want(sight.first, sight.last))
      post({
        type: 'get-compared-rows',
        query: { ...runs, offset, limit: PAGE_ROWS, groups: [...groups], variantId },
      });
  };
  const restart = () => {
    cache = new PageCache();
    sight = { first: 0, last: 0 };
    total.value = null;
    active.value = 0;
    opened.value = null;
    revision.value++;
    fetch();
  };
  const openAt = (index: number) => {
    const line = cache.row(index);
    const runs = ids.peek();
    active.value = Math.max(0, Math.min(index, (total.peek() ?? 1) - 1));
    if (!line || !runs) return;
    if (opened.peek()?.line !== line) pair.value = null;
    opened.value = { index, line };
    const [before, after] = [line.before?.sampleId ?? null, line.after?.sampleId ?? null];
    post({ type: 'get-compared-case', ids: runs, before, after });
  };

  return {
    ...{ ids, state, view, total, revision, active, opened, pair },
    row: (index) => cache.row(index),
    inSight(first, last) {
      sight = { first, last };
      fetch();
    },
    open(next) {
      const isSame = isSameRuns(next, ids.peek());
      ids.value = next;
      post({ type: 'get-comparison', ...next });
      if (isSame) return;
      state.value = null;
      view.value = ALL_THAT_CHANGED;
      restart();
    },
    close() {
      ids.value = null;
      opened.value = null;
    },
    setView(next) {
      view.value = next;
      restart();
    },
    setActive(index) {
      active.value = Math.max(0, Math.min(index, (total.peek() ?? 1) - 1));
    },
    openAt,
    closeRow() {
      opened.value = null;
    },
    receive(message) {
      switch (message.type) {
        case 'comparison':
          if (isSameRuns(message.state.ids, ids.peek())) state.value = message.state;
          return;
        case 'compared-rows':
          return receivePage(message.page);
        case 'compared-case': {
          const line = opened.peek()?.line;
          if (!line || !isSameRuns(message.ids, ids.peek())) return;
          const isOf = (detail: SampleDetail | null, side: ComparedLine['before']) =>
            detail === null || detail.row.sampleId === side?.sampleId;
          if (isOf(message.before, line.before) && isOf(message.after, line.after))
            pair.value = { before: message.before, after: message.after };
          return;
        }
        default:
          message satisfies never;
      }
    },
  };

  function receivePage({ query, total: rows, rows: lines }: ComparisonPage): void {
    if (!isSameRuns(query, ids.peek()) || !isSameView(query, view.peek())) return;
    cache.put(query.offset, rows, lines);
    total.value = rows;
    revision.value++;
  }
}

function isSameRuns(a: ComparedIds, b: ComparedIds | null): boolean {
  return a.before === b?.before && a.after === b.after;
}

function isSameView(query: ComparisonQuery, { groups, variantId }: ComparisonView): boolean {
  return query.variantId === variantId && query.groups.join() === groups.join();
}
