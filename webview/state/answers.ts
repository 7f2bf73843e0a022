import { type ReadonlySignal, signal } from '@preact/signals';
import type { AnswerDelta, AnswerState, AnswersState } from '../../src/protocol/answers.ts';

/** The answers of the current case while they stream: pieces are gathered and shown once a frame. */
export type AnswersStore = {
  /** null until the host has told. */
  readonly state: ReadonlySignal<AnswersState | null>;
  replace(state: AnswersState): void;
  /** A piece that does not fit behind what is here says that one went missing: `onGap` is called, once. */
  append(delta: AnswerDelta): void;
};

export function createAnswersStore(ports: {
  readonly onFrame: (callback: () => void) => void;
  readonly onGap: () => void;
}): AnswersStore {
  const state = signal<AnswersState | null>(null);
  const pending = new Map<string, string>();
  let scheduled = false;
  let resyncing = false;

  const flush = () => {
    scheduled = false;
    const current = state.peek();
    if (pending.size === 0 || current === null) return;
    state.value = withPieces(current, pending);
    pending.clear();
  };

  return {
    state,
    replace(next) {
      pending.clear();
      resyncing = false;
      state.value = next;
    },
    append({ lane, exchange, at, text }) {
      if (resyncing) return;
      const current = state.peek();
      const answer = current && answerOf(current, lane, exchange);
      const key = keyOf(lane, exchange);
      const waiting = pending.get(key) ?? '';
      if (answer?.status !== 'streaming' || at !== answer.text.length + waiting.length) {
        resyncing = true;
        ports.onGap();
        return;
      }
      pending.set(key, waiting + text);
      if (scheduled) return;
      scheduled = true;
      ports.onFrame(flush);
    },
  };
}

/** Whether any lane is still answering. */
export function isAnswering(state: AnswersState | null): boolean {
  return state?.answers.some((lane) => lane.some(({ status }) => status === 'streaming')) ?? false;
}

function answerOf({ lanes, answers }: AnswersState, lane: string, exchange: number): AnswerState | undefined {
  return answers[lanes.findIndex(({ id }) => id === lane)]?.[exchange];
}

/** What has no new piece stays the same object, so that it is not drawn again. */
function withPieces(state: AnswersState, pieces: ReadonlyMap<string, string>): AnswersState {
  const answers = state.answers.map((all, index) =>
    all.map((answer, exchange) => {
      const piece = pieces.get(keyOf(state.lanes[index]?.id ?? '', exchange));
      return piece === undefined || answer.status !== 'streaming' ? answer : { ...answer, text: answer.text + piece };
    }),
  );
  return { ...state, answers };
}

function keyOf(lane: string, exchange: number): string {
  return `${lane} ${exchange}`;
}
