import { type ReadonlySignal, signal } from '@preact/signals';
import type { TrendMeasure, TrendState } from '../../src/protocol/history.ts';
import type { ViewMessage } from '../../src/protocol/views.ts';

/** The composite of all cases: its figures come with the runs, and need not be asked for. */
export const COMPOSITE: TrendMeasure = { metric: null, tag: null };

/** What the picture of the runs shows. */
export type TrendStore = {
  readonly measure: ReadonlySignal<TrendMeasure>;
  /** Of the measure, once it has come; null before, and for the composite of all cases. */
  readonly points: ReadonlySignal<TrendState | null>;
  /** @param runIds which runs are drawn */
  show(measure: TrendMeasure, runIds: readonly string[]): void;
  receive(state: TrendState): void;
};

export function createTrendStore(post: (message: ViewMessage) => void): TrendStore {
  const measure = signal(COMPOSITE);
  const points = signal<TrendState | null>(null);
  return {
    measure,
    points,
    show(next, runIds) {
      if (!isSame(next, measure.peek())) points.value = null;
      measure.value = next;
      if (isSame(next, COMPOSITE)) return;
      post({ type: 'get-trend', measure: next, runIds: [...runIds] });
    },
    receive(state) {
      if (isSame(state.measure, measure.peek())) points.value = state;
    },
  };
}

function isSame(a: TrendMeasure, b: TrendMeasure): boolean {
  return a.metric === b.metric && a.tag === b.tag;
}
