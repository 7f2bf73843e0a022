import { describe, expect, it } from 'vitest';
import type { TrendState } from '../../../../src/protocol/history.ts';
import type { ViewMessage } from '../../../../src/protocol/views.ts';
import { COMPOSITE, createTrendStore } from '../../../../webview/state/trend.ts';

describe('the picture of the runs', () => {
  const summary = { metric: 'summary', tag: null };
  const of = (measure: TrendState['measure']): TrendState => ({ measure, runIds: ['a'], kind: 'rouge-l', points: {} });

  it('asks for what does not come with the runs', () => {
    const posted: ViewMessage[] = [];
    const store = createTrendStore((message) => posted.push(message));
    store.show(summary, ['a']);
    expect(posted).toEqual([{ type: 'get-trend', measure: summary, runIds: ['a'] }]);
    store.show(COMPOSITE, ['a']);
    expect(posted).toHaveLength(1);
  });

  it('keeps the figures until those of other runs come, and drops those of another measure', () => {
    const store = createTrendStore(() => undefined);
    store.show(summary, ['a']);
    store.receive(of(summary));
    store.show({ ...summary }, ['a', 'b']);
    expect(store.points.value).toEqual(of(summary));
    store.show({ metric: 'summary', tag: 'billing' }, ['a']);
    expect(store.points.value).toBeNull();
    store.receive(of(summary));
    expect(store.points.value).toBeNull();
  });
});
