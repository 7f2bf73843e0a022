import { describe, expect, it } from 'vitest';
import { createAnswerStore } from '../../../../webview/state/answer.ts';

describe('the streaming answer', () => {
  it('shows pieces once a frame', () => {
    const { answer, frames } = start();
    answer.replace({ status: 'streaming', text: 'He' });
    answer.append(2, 'll');
    answer.append(4, 'o');
    expect(answer.state.value).toEqual({ status: 'streaming', text: 'He' });
    expect(frames).toHaveLength(1);
    frames.shift()?.();
    expect(answer.state.value).toEqual({ status: 'streaming', text: 'Hello' });
    answer.append(5, '!');
    frames.shift()?.();
    expect(answer.state.value).toEqual({ status: 'streaming', text: 'Hello!' });
  });

  it.each([
    ['a piece went missing', 7],
    ['a piece came twice', 1],
  ])('asks for the whole when %s, once', (_name, at) => {
    const { answer, gaps, frames } = start();
    answer.replace({ status: 'streaming', text: 'He' });
    answer.append(at, 'x');
    answer.append(at + 1, 'y');
    expect(gaps.count).toBe(1);
    expect(frames).toEqual([]);
    answer.replace({ status: 'streaming', text: 'Hello wo' });
    answer.append(8, 'rld');
    frames.shift()?.();
    expect(answer.state.value).toEqual({ status: 'streaming', text: 'Hello world' });
    expect(gaps.count).toBe(1);
  });

  it('asks for the whole when it was not streaming at all', () => {
    const { answer, gaps } = start();
    answer.append(0, 'x');
    expect(gaps.count).toBe(1);
    expect(answer.state.value).toEqual({ status: 'idle' });
  });

  it('drops what is pending when a whole slice comes', () => {
    const { answer, frames } = start();
    answer.replace({ status: 'streaming', text: '' });
    answer.append(0, 'late');
    answer.replace({ status: 'cancelled', text: 'kept' });
    frames.shift()?.();
    expect(answer.state.value).toEqual({ status: 'cancelled', text: 'kept' });
  });
});

function start() {
  const frames: (() => void)[] = [];
  const gaps = { count: 0 };
  const answer = createAnswerStore({ onFrame: (callback) => frames.push(callback), onGap: () => gaps.count++ });
  return { answer, frames, gaps };
}
