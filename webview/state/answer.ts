import { type ReadonlySignal, signal } from '@preact/signals';
import type { AnswerState } from '../../src/protocol/views.ts';

/** The answer of the current case while it streams: pieces are gathered and shown once a frame. */
export type AnswerStore = {
  readonly state: ReadonlySignal<AnswerState>;
  replace(state: AnswerState): void;
  /** @param at the length that the text must have by now; otherwise a piece went missing and `onGap` is called, once. */
  append(at: number, text: string): void;
};

export function createAnswerStore(ports: {
  readonly onFrame: (callback: () => void) => void;
  readonly onGap: () => void;
}): AnswerStore {
  const state = signal<AnswerState>({ status: 'idle' });
  let pending = '';
  let scheduled = false;
  let resyncing = false;

  const flush = () => {
    scheduled = false;
    const current = state.peek();
    if (pending === '' || current.status !== 'streaming') return;
    state.value = { status: 'streaming', text: current.text + pending };
    pending = '';
  };

  return {
    state,
    replace(next) {
      pending = '';
      resyncing = false;
      state.value = next;
    },
    append(at, text) {
      if (resyncing) return;
      const current = state.peek();
      if (current.status !== 'streaming' || at !== current.text.length + pending.length) {
        resyncing = true;
        ports.onGap();
        return;
      }
      pending += text;
      if (scheduled) return;
      scheduled = true;
      ports.onFrame(flush);
    },
  };
}
