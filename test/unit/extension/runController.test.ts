import { describe, expect, it } from 'vitest';
import { TouchstoneError } from '../../../src/engine/error.ts';
import { RunController } from '../../../src/extension/runController.ts';
import type { CaseAnswer, EvaluateAnswer, RunProgress } from '../../../src/protocol/worker.ts';

const SUITE = '/w/a.eval.yaml';
const PROMPT = '/w/a.prompt';
const ASKED = { path: PROMPT, caseIndex: 0, suitePath: undefined, vars: {} };
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
      compareWith: async () => ({ started: false as const, problems: [] }),
      rescore: (callId) => call<EvaluateAnswer>(callId),
      resume: (callId) => call<EvaluateAnswer>(callId),
      runCase: (callId) => call<CaseAnswer>(callId),
      stop: async (callId) => void stopped.push(callId),
    }),
    isTrusted: () => options.trusted ?? true,
    beforeRun: () => {
      flushed += 1;
    },
    onError: (error) => errors.push(error),
    stored: () => undefined,
    store: () => undefined,
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
    await controller.answers.run(ASKED);
    expect(calls).toEqual([]);
    expect(errors.map((error) => (error as TouchstoneError).code)).toEqual(['untrusted', 'untrusted']);
  });
});

it('stop reaches what runs for a path, or everything', async () => {
  const { controller, calls, stopped } = setUp();
  void controller.evaluate(SUITE);
  void controller.answers.run(ASKED);
  const [evaluate, run] = calls.map(({ callId }) => callId);
  controller.stop(PROMPT);
  expect(stopped).toEqual([run]);
  controller.stop('/w/other.prompt');
  expect(stopped).toEqual([run]);
  controller.stop();
  expect(stopped).toEqual([run, evaluate]);
  expect(controller.answers.isBusy).toBe(false);
});
