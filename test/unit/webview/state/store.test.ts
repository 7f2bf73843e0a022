import { describe, expect, it } from 'vitest';
import { NO_MARKS } from '../../../../src/engine/history/runMarks.ts';
import type { RunListItem } from '../../../../src/protocol/history.ts';
import type {
  HostMessage,
  PlaygroundState,
  ResultsState,
  SampleDetail,
  SampleQuery,
  SampleRow,
  ViewMessage,
} from '../../../../src/protocol/views.ts';
import { viewMessage } from '../../../../src/protocol/views.ts';
import { AT_HOME, type Navigation, UNFILTERED } from '../../../../webview/navigation.ts';
import { createStore } from '../../../../webview/state/store.ts';

describe('tabs', () => {
  it('follow the host, and the reader at once', () => {
    const { store, sent } = start();
    store.receive(playground({ tab: 'history' }));
    expect(store.tab.value).toBe('history');
    store.selectTab('results');
    expect(store.tab.value).toBe('results');
    expect(sent).toEqual([{ type: 'select-tab', tab: 'results' }]);
    // A slice that was on its way does not turn the page back.
    store.receive(playground({ tab: 'history', pinned: true }));
    expect(store.tab.value).toBe('results');
    store.receive(playground({ tab: 'results' }));
    store.receive(playground({ tab: 'preview' }));
    expect(store.tab.value).toBe('preview');
  });
});

describe('a sample of another run', () => {
  const samples = (sent: readonly ViewMessage[]) => sent.filter(({ type }) => type === 'get-sample');

  it('is opened once its run is on show', () => {
    const { store, sent } = start();
    store.receive(results('r1'));
    store.showJudges(true);
    store.openPlace({ runId: 'r2', sampleId: 4 });
    expect(store.areJudgesShown.value).toBe(false);
    expect(sent.at(-1)).toEqual({ type: 'select-run', runId: 'r2' });
    store.receive(results('r1'));
    expect(samples(sent)).toEqual([]);
    store.receive(results('r2'));
    expect(samples(sent)).toEqual([{ type: 'get-sample', runId: 'r2', sampleId: 4 }]);
    expect(store.openSample.value).toMatchObject({ runId: 'r2', sampleId: 4 });
    store.closeSample();
    store.receive(results('r2'));
    expect(store.openSample.value).toBeNull();
  });

  it('is opened at once where its run is on show', () => {
    const { store, sent } = start();
    store.receive(results('r1'));
    store.openPlace({ runId: 'r1', sampleId: 4 });
    expect(samples(sent)).toEqual([{ type: 'get-sample', runId: 'r1', sampleId: 4 }]);
    expect(sent.some(({ type }) => type === 'select-run')).toBe(false);
  });
});

describe('the grid', () => {
  it('asks for the first page of a run, then for what comes into sight', () => {
    const { store, sent } = start();
    store.receive(results('r1'));
    expect(queries(sent)).toEqual([
      { runId: 'r1', offset: 0, limit: 100, sort: 'case', descending: false, statuses: [], variantIds: [], text: '' },
    ]);
    store.receive(page(queries(sent)[0], 250));
    store.grid.show(90, 110);
    expect(queries(sent).map(({ offset }) => offset)).toEqual([0, 100]);
    expect(store.grid.total.value).toBe(250);
    expect(store.grid.row(5)?.sampleId).toBe(5);
  });

  it('is about the variants of the prompt on show, until the whole run is asked for', () => {
    const { store, sent } = start();
    const variants = [variant, { ...variant, id: 'other', prompt: 'q' }];
    store.receive(results('r1', { variants, ofPrompt: [variant.id] }));
    expect(queries(sent).at(-1)?.variantIds).toEqual([variant.id]);
    store.grid.setView({ ...UNFILTERED, isWholeRun: true });
    expect(queries(sent).at(-1)?.variantIds).toEqual([]);
    store.grid.setView({ ...UNFILTERED, isWholeRun: true, variantId: 'other' });
    expect(queries(sent).at(-1)?.variantIds).toEqual(['other']);
    // The suite comes on show: the same run, looked at as a whole.
    store.grid.setView(UNFILTERED);
    store.receive(results('r1', { variants, ofPrompt: [] }));
    expect(queries(sent).at(-1)?.variantIds).toEqual([]);
  });

  it('begins anew with another order, and forgets answers to the old question', () => {
    const { store, sent, saves } = start();
    store.receive(results('r1'));
    const [old] = queries(sent);
    store.grid.setView({ ...UNFILTERED, sort: 'latency', descending: true, statuses: ['fail'] });
    expect(queries(sent).at(-1)).toMatchObject({ sort: 'latency', descending: true, statuses: ['fail'], offset: 0 });
    store.receive(page(old, 250));
    expect(store.grid.total.value).toBeNull();
    store.receive(page(queries(sent).at(-1), 7));
    expect(store.grid.total.value).toBe(7);
    expect(saves.at(-1)?.grid.sort).toBe('latency');
  });

  it('is fetched again as the run goes on, but not more often than can be read', () => {
    const { store, sent, timers } = start();
    store.receive(playground({ running: running(1) }));
    store.receive(results('r1'));
    store.receive(page(queries(sent)[0], 1));
    for (const done of [2, 3, 4]) store.receive(playground({ running: running(done) }));
    expect(timers).toHaveLength(1);
    expect(queries(sent)).toHaveLength(1);
    timers.shift()?.();
    expect(queries(sent)).toHaveLength(2);
    store.receive(page(queries(sent)[1], 4));
    expect(store.grid.total.value).toBe(4);
    // The end of the run may bring the last rows.
    store.receive(playground({ running: null }));
    timers.shift()?.();
    expect(queries(sent)).toHaveLength(3);
  });

  it('does not care for another run', () => {
    const { store, timers } = start();
    store.receive(playground({ running: { ...running(1), runId: 'r2' } }));
    store.receive(results('r1'));
    store.receive(playground({ running: { ...running(2), runId: 'r2' } }));
    expect(timers).toEqual([]);
  });

  it('drops a filter by a variant that the run does not have', () => {
    const { store, sent } = start({ grid: { ...UNFILTERED, variantId: 'gone', text: 'refund' } });
    store.receive(results('r1'));
    expect(queries(sent).at(-1)).toMatchObject({ variantIds: [], text: 'refund' });
  });
});

describe('the drawer', () => {
  it('opens a row, takes its detail and no other', () => {
    const { store, sent, saves } = start();
    store.receive(results('r1'));
    store.receive(page(queries(sent)[0], 3));
    store.openAt(2);
    expect(sent.at(-1)).toEqual({ type: 'get-sample', runId: 'r1', sampleId: 2 });
    expect(saves.at(-1)?.openSample).toEqual({ runId: 'r1', sampleId: 2, index: 2 });
    store.receive({ type: 'sample', detail: detail('r1', 1) });
    expect(store.detail.value).toBeUndefined();
    store.receive({ type: 'sample', detail: detail('r1', 2) });
    expect(store.detail.value?.row.sampleId).toBe(2);
    store.closeSample();
    expect(store.openSample.value).toBeNull();
    store.receive({ type: 'sample', detail: detail('r1', 2) });
    expect(store.detail.value).toBeUndefined();
  });

  it('follows its row when others come before it', () => {
    const { store, sent } = start();
    store.receive(results('r1'));
    store.receive(page(queries(sent)[0], 3));
    store.openAt(1);
    const [query] = queries(sent);
    if (query) store.receive({ type: 'page', page: { query, total: 3, rows: [row(7), row(8), row(1)] } });
    expect(store.openSample.value?.index).toBe(2);
    expect(store.grid.active.value).toBe(2);
  });

  it('waits for a row that is not here yet', () => {
    const { store, sent } = start();
    store.receive(results('r1'));
    store.receive(page(queries(sent)[0], 250));
    store.openAt(120);
    expect(store.openSample.value).toBeNull();
    store.grid.show(110, 130);
    store.receive(page(queries(sent).at(-1), 250));
    expect(store.openSample.value).toEqual({ runId: 'r1', sampleId: 120, index: 120 });
  });

  it('comes back with its run and closes with another', () => {
    const openSample = { runId: 'r1', sampleId: 2, index: 2 };
    const same = start({ openSample });
    same.store.receive(results('r1'));
    expect(same.sent).toContainEqual({ type: 'get-sample', runId: 'r1', sampleId: 2 });
    same.store.receive(results('r2'));
    expect(same.store.openSample.value).toBeNull();
    const other = start({ openSample });
    other.store.receive(results('r2'));
    expect(other.store.openSample.value).toBeNull();
    expect(other.saves.at(-1)?.openSample).toBeNull();
  });

  it('says when a sample is gone', () => {
    const { store } = start({ openSample: { runId: 'r1', sampleId: 2, index: 2 } });
    store.receive(results('r1'));
    store.receive({ type: 'sample', detail: null });
    expect(store.detail.value).toBeNull();
  });
});

it('keeps no data in what it saves', () => {
  const { store, sent, saves } = start();
  store.receive(playground({}));
  store.receive(results('r1'));
  store.receive(page(queries(sent)[0], 3));
  store.openAt(1);
  store.receive({ type: 'sample', detail: detail('r1', 1) });
  store.rememberScroll('results', 120.4);
  expect(JSON.stringify(saves.at(-1))).not.toContain('SECRET');
  expect(saves.at(-1)?.scroll.results).toBe(120);
});

function start(saved: Partial<Navigation> = {}) {
  const sent: ViewMessage[] = [];
  const saves: Navigation[] = [];
  const timers: (() => void)[] = [];
  const store = createStore(
    {
      // Whatever the view sends must pass the host's check.
      post: (message) => sent.push(viewMessage.parse(message)),
      save: (navigation) => saves.push(navigation),
      onFrame: (callback) => callback(),
      after: (_delayMs, callback) => timers.push(callback),
      newSeed: () => 7,
    },
    { ...AT_HOME, ...saved },
  );
  return { store, sent, saves, timers };
}

function queries(sent: readonly ViewMessage[]): readonly SampleQuery[] {
  return sent.flatMap((message) => (message.type === 'get-page' ? [message.query] : []));
}

function playground(state: Partial<PlaygroundState>): HostMessage {
  return {
    type: 'playground',
    state: {
      promptName: 'triage.prompt',
      promptVersion: 'abc',
      model: 'openai/gpt-5-mini',
      modelReady: true,
      usedBy: null,
      pinned: false,
      tab: 'preview',
      suites: ['triage.eval.yaml'],
      suite: 'triage.eval.yaml',
      running: null,
      ...state,
    },
  };
}

const variant = {
  id: 'v1',
  prompt: 'p',
  promptVersion: 'abc',
  model: 'a/b',
  params: {},
  signatures: {},
};

function running(done: number) {
  const counts = { pass: done, fail: 0, error: 0, unscored: 0 };
  return { runId: 'r1', done, planned: 9, composite: 1, costUsd: null, variants: {}, counts };
}

function results(id: string, change: Partial<ResultsState> = {}): HostMessage {
  const run: RunListItem = {
    id,
    rescoreOf: null,
    revision: null,
    suite: 's',
    status: 'finished',
    startedAt: '2026-01-01T00:00:00Z',
    finishedAt: null,
    git: null,
    dataset: 'd',
    cases: 3,
    selection: { cases: 3 },
    marks: NO_MARKS,
    variants: [],
  };
  const state: ResultsState = {
    ...{ run, metrics: [], policy: null, variants: [variant], baseline: {}, toFirst: {} },
    ...{ ofPrompt: [], doubts: [], isJudged: false, isScoredOtherwise: false, isNewest: true, note: null, ...change },
  };
  return { type: 'results', state };
}

function page(query: SampleQuery | undefined, total: number): HostMessage {
  if (!query) throw new Error('no page was asked for');
  const length = Math.max(0, Math.min(query.limit, total - query.offset));
  return {
    type: 'page',
    page: { query, total, rows: Array.from({ length }, (_, index) => row(query.offset + index)) },
  };
}

function row(sampleId: number): SampleRow {
  return {
    sampleId,
    caseId: `c${sampleId}`,
    caseIndex: sampleId,
    variantId: 'v1',
    repeat: 0,
    status: 'pass',
    composite: 1,
    scores: {},
    latencyMs: null,
    costUsd: null,
    inputTokens: null,
    outputTokens: null,
    excerpt: 'SECRET',
    inputExcerpt: 'SECRET',
  };
}

function detail(runId: string, sampleId: number): SampleDetail {
  return {
    runId,
    row: row(sampleId),
    variant,
    vars: {},
    expected: null,
    tags: [],
    messages: [],
    output: 'SECRET',
    error: null,
    scores: [],
    finishReason: null,
    firstTokenMs: null,
    rawRequest: null,
    rawResponse: null,
  };
}
