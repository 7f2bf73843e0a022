import { hostname } from 'node:os';
import type { Case } from '../../engine/dataset/case.ts';
import { TouchstoneError } from '../../engine/error.ts';
import type { RunHeader, RunSink, RunSummary } from '../../engine/run/run.ts';
import type { Sample } from '../../engine/run/sample.ts';
import type { Clock } from './clock.ts';
import { busyTimeoutMs, type Database, setBusyTimeout } from './database.ts';
import { HEARTBEAT_MS } from './liveness.ts';
import { createRatingWriter } from './ratingStore.ts';
import { createRunWriter, type OpenRun } from './runWriter.ts';
import { createSampleWriter, type FinishedSample } from './sampleWriter.ts';
import { toStoreError } from './storeError.ts';

/** Larger batches write no faster. What was answered this long before a crash is the most that it loses: a commit costs a ninth of a millisecond. */
const BATCH_SAMPLES = 100;
const BATCH_MS = 25;
/** While another process holds the file, samples wait in memory, up to so many; the thread is blocked for a moment only. */
const MAX_PENDING_SAMPLES = 10_000;
const BRIEF_WAIT_MS = 250;
const RETRY_MS = 1_000;

export type StoredRunSink = RunSink & {
  /** Writes what is pending; a run without a summary becomes interrupted. Calling it again does nothing. */
  close(): void;
};

/**
 * Writes one run: a new one, or what is missing of one that was cut off. A call that fails leaves what was written before; while the file is locked by another process, samples wait.
 *
 * @throws TouchstoneError of a `history-` code; when a write between two calls fails, the next call throws it
 */
export function createRunSink(database: Database, file: string, clock: Clock, resumes: boolean): StoredRunSink {
  const runs = createRunWriter(database);
  const samples = createSampleWriter(database);
  let run: OpenRun | null = null;
  let pending: FinishedSample[] = [];
  let failure: TouchstoneError | null = null;
  let locked: TouchstoneError | null = null;
  let cancelFlush: (() => void) | null = null;
  let cancelBeat: (() => void) | null = null;
  return { begin, add, finish, close };

  function begin(header: RunHeader): void {
    if (run) throw new TouchstoneError('internal', 'A sink writes one run.');
    const writer = { host: hostname(), pid: process.pid, nowMs: clock.nowMs() };
    run = inTransaction(() => (resumes ? runs.resume(header, writer) : runs.begin(header, writer)));
    scheduleBeat(run);
  }

  function add(sample: Sample, testCase: Case): void {
    if (failure) throw failure;
    const current = openRun();
    pending.push({ sample, testCase });
    if (locked) failure = pending.length < MAX_PENDING_SAMPLES ? null : locked;
    else if (pending.length >= BATCH_SAMPLES) flushOrWait(current);
    else cancelFlush ??= clock.later(onFlushTime, BATCH_MS);
    if (failure) throw failure;
  }

  function finish(summary: RunSummary): void {
    if (failure) throw failure;
    const current = openRun();
    writePending(current, () => {
      runs.finish(current, summary);
      // What people said while it went on is not in what the run counted.
      if (current.asksPeople) createRatingWriter(database).refreshRun(current.seq);
    });
    stop();
  }

  function close(): void {
    const current = run;
    if (!current) return;
    stop();
    // Whoever closes has other things to end as well, and what failed was thrown already or is found by the readers.
    const problem = attempt(() => writePending(current, () => runs.abandon(current)));
    if (problem) attempt(() => inTransaction(() => runs.abandon(current)));
    pending = [];
  }

  function onFlushTime(): void {
    cancelFlush = null;
    if (run) flushOrWait(run);
  }

  /** Nobody can catch what a timer throws: it is kept for the next call. */
  function flushOrWait(current: OpenRun): void {
    cancelFlush?.();
    cancelFlush = null;
    locked = null;
    const problem = attempt(() => writePending(current), BRIEF_WAIT_MS);
    if (problem?.code === 'history-locked') {
      locked = problem;
      cancelFlush = clock.later(onFlushTime, RETRY_MS);
    } else failure = problem;
  }

  /** Answers with what went wrong instead of throwing it. */
  function attempt(work: () => void, longestWaitMs = Number.POSITIVE_INFINITY): TouchstoneError | null {
    const usualWaitMs = busyTimeoutMs(database);
    setBusyTimeout(database, Math.min(longestWaitMs, usualWaitMs));
    try {
      work();
      return null;
    } catch (error) {
      return toStoreError(error, file);
    } finally {
      setBusyTimeout(database, usualWaitMs);
    }
  }

  function writePending(current: OpenRun, andThen?: () => void): void {
    if (pending.length === 0 && !andThen) return;
    try {
      inTransaction(() => {
        samples.write(current, pending);
        andThen?.();
      });
    } catch (error) {
      samples.forget();
      throw error;
    }
    pending = [];
  }

  function scheduleBeat(current: OpenRun): void {
    cancelBeat = clock.later(() => {
      // A missed beat does no harm: the samples are what counts, and their failure is told.
      attempt(() => runs.beat(current, clock.nowMs()), BRIEF_WAIT_MS);
      scheduleBeat(current);
    }, HEARTBEAT_MS);
  }

  function stop(): void {
    cancelFlush?.();
    cancelBeat?.();
    cancelFlush = null;
    cancelBeat = null;
    run = null;
  }

  function openRun(): OpenRun {
    if (!run) throw new TouchstoneError('internal', 'The run was not begun, or has ended.');
    return run;
  }

  function inTransaction<T>(work: () => T): T {
    try {
      // Immediate: a transaction that has read cannot become a writer once another process has written.
      return database.transaction(work).immediate();
    } catch (error) {
      throw toStoreError(error, file);
    }
  }
}
