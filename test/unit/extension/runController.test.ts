import { describe, expect, it } from 'vitest';
import { TouchstoneError } from '../../../src/engine/error.ts';
import { RunController } from '../../../src/extension/runController.ts';
import type { CaseAnswer, EvaluateAnswer, RunProgress } from '../../../src/protocol/worker.ts';

const SUITE = '/w/a.eval.yaml';
const PROMPT = '/w/a.prompt';
const DONE: CaseAnswer = {
  ok: true,
  output: 'Hello',
  latencyMs: 5,
  firstTokenMs: 1,
  inputTokens: 3,
  outputTokens: 1,
  costUsd: null,
};
const NOT_STARTED: EvaluateAnswer = { started: false, problems: [] };

/** A worker whose calls end when the test says so. */
function setUp(options: { trusted?: boolean } = {}) {
  const calls: { callId: string; resolve: (answer: never) => void; reject: (error: unknown) => void }[] = [];
  const stopped: string[] = [];
  const errors: unknown[] = [];
  const call = <T>(callId: string) =>
    new Promise<T>((resolve, reject) => calls.push({ callId, resolve: resolve as (answer: never) => void, reject }));
  let flushed = 0;
  const controller = new RunController({
    worker: () => ({
      evaluate: (callId) => call<EvaluateAnswer>(callId),
      runCase: (callId) => call<CaseAnswer>(callId),
      stop: (callId) => void stopped.push(callId),
    }),
    isTrusted: () => options.trusted ?? true,
    beforeRun: () => {
      flushed += 1;
    },
    onError: (error) => errors.push(error),
  });
  return { controller, calls, stopped, errors, flushed: () => flushed };
}

const progressOf = (done: number, finished = false): RunProgress => ({
  runId: 'r',
  suitePath: SUITE,
  done,
  planned: 10,
  counts: { pass: done, fail: 0, error: 0, unscored: 0 },
  composite: 1,
  costUsd: 0,
  variants: {},
  finished,
});

describe('an evaluation', () => {
  it('is known from its start to its end, with its progress', async () => {
    const { controller, calls, flushed } = setUp();
    const ended = controller.evaluate(SUITE);
    expect(flushed()).toBe(1);
    expect(controller.evaluation(SUITE)).toMatchObject({ suitePath: SUITE, progress: null });
    controller.onProgress(calls[0]?.callId ?? '', progressOf(3));
    expect(controller.evaluation(SUITE)?.progress?.done).toBe(3);
    calls[0]?.resolve(NOT_STARTED as never);
    expect(await ended).toEqual(NOT_STARTED);
    expect(controller.isBusy).toBe(false);
  });

  it('of the same suite does not start twice', async () => {
    const { controller, calls } = setUp();
    void controller.evaluate(SUITE);
    expect(await controller.evaluate(SUITE)).toBeNull();
    expect(calls).toHaveLength(1);
  });

  it('hears nothing of an older call', async () => {
    const { controller, calls } = setUp();
    const first = controller.evaluate(SUITE);
    calls[0]?.resolve(NOT_STARTED as never);
    await first;
    void controller.evaluate(SUITE);
    controller.onProgress(calls[0]?.callId ?? '', progressOf(9));
    expect(controller.evaluation(SUITE)?.progress).toBeNull();
  });

  it('is cleared and reported when the worker dies; a cancelled one is not reported', async () => {
    const { controller, calls, errors } = setUp();
    const first = controller.evaluate(SUITE);
    const died = new TouchstoneError('internal', 'died');
    calls[0]?.reject(died);
    expect(await first).toBeNull();
    expect(controller.isBusy).toBe(false);
    const second = controller.evaluate(SUITE);
    calls[1]?.reject(new TouchstoneError('cancelled', 'Stopped.'));
    expect(await second).toBeNull();
    expect(errors).toEqual([died]);
  });

  it('is refused in an untrusted workspace, with one message and no call', async () => {
    const { controller, calls, errors } = setUp({ trusted: false });
    expect(await controller.evaluate(SUITE)).toBeNull();
    await controller.run(PROMPT, 0);
    expect(calls).toEqual([]);
    expect(errors.map((error) => (error as TouchstoneError).code)).toEqual(['untrusted', 'untrusted']);
  });
});

describe('an answer', () => {
  it('streams, and its pieces say where they belong', async () => {
    const { controller, calls } = setUp();
    const pieces: { at: number; text: string }[] = [];
    controller.delta.on(({ at, text }) => pieces.push({ at, text }));
    expect(controller.answer(PROMPT)).toEqual({ status: 'idle' });
    const ended = controller.run(PROMPT, 0);
    const callId = calls[0]?.callId ?? '';
    controller.onDelta(callId, 'Hel');
    controller.onDelta('another call', 'x');
    controller.onDelta(callId, 'lo');
    expect(pieces).toEqual([
      { at: 0, text: 'Hel' },
      { at: 3, text: 'lo' },
    ]);
    expect(controller.answer(PROMPT)).toEqual({ status: 'streaming', text: 'Hello' });
    calls[0]?.resolve(DONE as never);
    await ended;
    expect(controller.answer(PROMPT)).toMatchObject({ status: 'done', text: 'Hello', latencyMs: 5, costUsd: null });
    controller.clearAnswer(PROMPT);
    expect(controller.answer(PROMPT)).toEqual({ status: 'idle' });
  });

  it('that failed or was stopped keeps what had come', async () => {
    const { controller, calls } = setUp();
    const error = { code: 'timeout', message: 'Too slow.', remedy: null, httpStatus: null, requestId: null } as const;
    const first = controller.run(PROMPT, 0);
    calls[0]?.resolve({ ok: false, cancelled: false, partial: 'Hel', error } as never);
    await first;
    expect(controller.answer(PROMPT)).toEqual({ status: 'error', text: 'Hel', error });
    const second = controller.run(PROMPT, 0);
    calls[1]?.resolve({ ok: false, cancelled: true, partial: 'H', error } as never);
    await second;
    expect(controller.answer(PROMPT)).toEqual({ status: 'cancelled', text: 'H' });
  });
});

it('stop reaches what runs for a path, or everything', async () => {
  const { controller, calls, stopped } = setUp();
  void controller.evaluate(SUITE);
  void controller.run(PROMPT, 0);
  const [evaluate, run] = calls.map(({ callId }) => callId);
  controller.stop(PROMPT);
  expect(stopped).toEqual([run]);
  controller.stop('/w/other.prompt');
  expect(stopped).toEqual([run]);
  controller.stop();
  expect(stopped).toEqual([run, evaluate, run]);
});
