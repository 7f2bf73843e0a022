import { expect, it } from 'vitest';
import type { ComparedLine, ComparisonPage } from '../../../../src/protocol/comparison.ts';
import type { ViewMessage } from '../../../../src/protocol/views.ts';
import { createComparisonStore } from '../../../../webview/state/comparison.ts';

const IDS = { before: 'r1', after: 'r2' };
const line = (index: number): ComparedLine => ({
  ...{ caseId: `c${index}`, caseIndex: index, variantId: 'v', group: 'broke', inputExcerpt: '' },
  before: { sampleId: index, status: 'pass', composite: 1, repeats: 1, excerpt: '' },
  after: { sampleId: 1000 + index, status: 'fail', composite: 0, repeats: 1, excerpt: '' },
});

function opened() {
  const posted: ViewMessage[] = [];
  const store = createComparisonStore((message) => posted.push(message));
  store.open(IDS);
  const page = (part: Partial<ComparisonPage['query']> = {}): ComparisonPage => ({
    query: { ...IDS, offset: 0, limit: 100, groups: [], variantId: null, ...part },
    total: 3,
    rows: [line(0), line(1), line(2)],
  });
  return { store, posted, page };
}

it('asks for the comparison and its first rows', () => {
  const { store, posted, page } = opened();
  expect(posted).toEqual([
    { type: 'get-comparison', ...IDS },
    { type: 'get-compared-rows', query: page().query },
  ]);
  store.receive({ type: 'compared-rows', page: page() });
  expect([store.total.value, store.row(1)?.caseId]).toEqual([3, 'c1']);
});

it('takes no rows of another comparison or of filters that are no more', () => {
  const { store, page } = opened();
  store.setView({ groups: ['fixed'], variantId: null });
  store.receive({ type: 'compared-rows', page: page() });
  expect(store.total.value).toBeNull();
  store.receive({ type: 'compared-rows', page: { ...page({ groups: ['fixed'] }), total: 1 } });
  expect(store.total.value).toBe(1);
  store.open({ before: 'r0', after: 'r2' });
  store.receive({ type: 'compared-rows', page: page() });
  expect(store.total.value).toBeNull();
});

it('opens a row, and shows only its own pair', () => {
  const { store, posted, page } = opened();
  store.receive({ type: 'compared-rows', page: page() });
  store.openAt(1);
  expect(posted.at(-1)).toEqual({ type: 'get-compared-case', ids: IDS, before: 1, after: 1001 });
  const detail = (sampleId: number) => ({ row: { sampleId } }) as never;
  store.receive({ type: 'compared-case', ids: IDS, before: detail(0), after: detail(1000) });
  expect(store.pair.value).toBeNull();
  store.receive({ type: 'compared-case', ids: IDS, before: detail(1), after: null });
  expect(store.pair.value).toEqual({ before: detail(1), after: null });
  store.close();
  expect([store.ids.value, store.opened.value]).toEqual([null, null]);
});
