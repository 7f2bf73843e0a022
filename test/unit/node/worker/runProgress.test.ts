import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { RunEvent } from '../../../../src/engine/run/run.ts';
import type { Sample } from '../../../../src/engine/run/sample.ts';
import { gatherText } from '../../../../src/node/worker/gatherText.ts';
import { reportProgress } from '../../../../src/node/worker/runProgress.ts';
import type { RunProgress } from '../../../../src/protocol/worker.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const asEvent = (event: unknown) => event as RunEvent;
const STARTED = asEvent({
  type: 'run-started',
  header: { id: 'r1', plannedSamples: 500, variants: [{ id: 'a' }, { id: 'b' }] },
});
const FINISHED = { type: 'run-finished', summary: {} } as RunEvent;
const sample = (change: Partial<Sample>): RunEvent => ({
  type: 'sample-finished',
  sample: { variantId: 'a', status: 'pass', composite: 1, costUsd: 0.01, ...change } as Sample,
  line: 1,
});

function watch() {
  const told: RunProgress[] = [];
  return { told, ...reportProgress('/w/a.eval.yaml', (progress) => told.push(progress)) };
}

it('tells at the start, about ten times a second, and at the end', () => {
  const { told, onEvent } = watch();
  onEvent(STARTED);
  expect(told).toMatchObject([{ runId: 'r1', planned: 500, done: 0, composite: null, costUsd: 0, finished: false }]);
  // 400 samples in two seconds, with half a second of nothing in the middle.
  for (let step = 0; step < 200; step += 1) {
    onEvent(sample({}));
    onEvent(sample({}));
    vi.advanceTimersByTime(step === 100 ? 500 : 10);
  }
  expect(told.length).toBeGreaterThan(15);
  expect(told.length).toBeLessThanOrEqual(23);
  onEvent(FINISHED);
  expect(told.at(-1)).toMatchObject({ done: 400, finished: true });
  const { length } = told;
  vi.advanceTimersByTime(5000);
  expect(told).toHaveLength(length);
});

it('adds up: errors and unscored are left out of the mean, an unknown price makes the sum unknown', () => {
  const { told, onEvent } = watch();
  onEvent(STARTED);
  onEvent(sample({ composite: 0.5 }));
  onEvent(sample({ variantId: 'b', status: 'fail', composite: 0.25 }));
  onEvent(sample({ status: 'unscored', composite: null }));
  onEvent({ type: 'sample-finished', sample: { status: 'error' } as Sample, line: 1 });
  vi.advanceTimersByTime(100);
  expect(told.at(-1)).toMatchObject({
    done: 4,
    counts: { pass: 1, fail: 1, error: 1, unscored: 1 },
    composite: 0.375,
    costUsd: 0.03,
    variants: {
      a: { counts: { pass: 1, fail: 0, unscored: 1 }, composite: 0.5 },
      b: { counts: { pass: 0, fail: 1 }, composite: 0.25 },
    },
  });
  onEvent(sample({ costUsd: null }));
  onEvent(sample({ costUsd: 1 }));
  onEvent(FINISHED);
  expect(told.at(-1)?.costUsd).toBeNull();
});

it('is silent after a run that threw', () => {
  const { told, onEvent, stop } = watch();
  onEvent(STARTED);
  onEvent(sample({}));
  stop();
  vi.advanceTimersByTime(1000);
  expect(told).toHaveLength(1);
});

it('gathers small pieces of text in their order', () => {
  const given: string[] = [];
  const { add, flush } = gatherText((text) => given.push(text));
  for (const letter of 'Hello') add(letter);
  expect(given).toEqual([]);
  vi.advanceTimersByTime(30);
  expect(given).toEqual(['Hello']);
  add('!');
  flush();
  flush();
  vi.advanceTimersByTime(100);
  expect(given).toEqual(['Hello', '!']);
});
