import { describe, expect, it } from 'vitest';
import type { AnswerState, AnswersState } from '../../../../src/protocol/answers.ts';
import { createAnswersStore, isAnswering } from '../../../../webview/state/answers.ts';

const streaming = (text: string): AnswerState => ({ status: 'streaming', text, check: null });
const stopped: AnswerState = { status: 'cancelled', text: 'kept' };

/** Two lanes, each with one answer. */
const state = (first: AnswerState, second: AnswerState = stopped): AnswersState => ({
  lanes: ['a', 'b'].map((id) => ({ id, model: null, params: {}, version: 'working' as const })),
  followUps: [],
  answers: [[first], [second]],
  draft: { text: '', target: null },
  hasRoom: true,
  outdated: [],
});
const piece = (at: number, text: string, lane = 'a', exchange = 0) => ({ lane, exchange, at, text });

describe('the streaming answers', () => {
  it('show the pieces of all lanes once a frame', () => {
    const { answers, frames } = start();
    answers.replace(state(streaming('He'), streaming('')));
    answers.append(piece(2, 'll'));
    answers.append(piece(0, 'Hi', 'b'));
    answers.append(piece(4, 'o'));
    expect(answers.state.value?.answers).toEqual([[streaming('He')], [streaming('')]]);
    expect(frames).toHaveLength(1);
    frames.shift()?.();
    expect(answers.state.value?.answers).toEqual([[streaming('Hello')], [streaming('Hi')]]);
    answers.append(piece(5, '!'));
    const untouched = answers.state.value?.answers[1]?.[0];
    frames.shift()?.();
    expect(answers.state.value?.answers[0]).toEqual([streaming('Hello!')]);
    expect(answers.state.value?.answers[1]?.[0]).toBe(untouched);
  });

  it.each([
    ['a piece went missing', piece(7, 'x')],
    ['a piece came twice', piece(1, 'x')],
    ['the answer does not stream', piece(4, 'x', 'b')],
    ['there is no such lane', piece(0, 'x', 'c')],
    ['there is no such turn', piece(0, 'x', 'a', 1)],
  ])('ask for the whole when %s, once', (_name, odd) => {
    const { answers, gaps, frames } = start();
    answers.replace(state(streaming('He')));
    answers.append(odd);
    answers.append(piece(2, 'y'));
    expect(gaps.count).toBe(1);
    expect(frames).toEqual([]);
    answers.replace(state(streaming('Hello wo')));
    answers.append(piece(8, 'rld'));
    frames.shift()?.();
    expect(answers.state.value?.answers[0]).toEqual([streaming('Hello world')]);
    expect(gaps.count).toBe(1);
  });

  it('ask for the whole before there is any', () => {
    const { answers, gaps } = start();
    answers.append(piece(0, 'x'));
    expect(gaps.count).toBe(1);
    expect(answers.state.value).toBeNull();
  });

  it('drop what is pending when a whole slice comes', () => {
    const { answers, frames } = start();
    answers.replace(state(streaming('')));
    expect(isAnswering(answers.state.value)).toBe(true);
    answers.append(piece(0, 'late'));
    answers.replace(state(streaming('late')));
    frames.shift()?.();
    expect(answers.state.value?.answers[0]).toEqual([streaming('late')]);
    answers.append(piece(4, 'r'));
    answers.replace(state(stopped));
    frames.shift()?.();
    expect(answers.state.value?.answers[0]).toEqual([stopped]);
    expect(isAnswering(answers.state.value)).toBe(false);
  });
});

function start() {
  const frames: (() => void)[] = [];
  const gaps = { count: 0 };
  const answers = createAnswersStore({ onFrame: (callback) => frames.push(callback), onGap: () => gaps.count++ });
  return { answers, frames, gaps };
}
