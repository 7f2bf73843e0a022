import { createBirpc } from 'birpc';
import { TouchstoneError } from '../engine/error.ts';
import { type Port, portChannel } from '../node/worker/channel.ts';
import type { HostApi, WorkerApi } from '../protocol/worker.ts';

/** A started worker thread, or a test's stand-in for one. */
export type WorkerThread = Port & {
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  terminate(): Promise<unknown>;
};

/** The worker as the host calls it: everything is a promise there. */
export type RemoteWorker = { readonly [K in keyof WorkerApi]: Remote<WorkerApi[K]> };
type Remote<F> = F extends (...args: infer A) => infer R ? (...args: A) => Promise<Awaited<R>> : never;

/** Events: they need no answer, and a closing port must not turn them into failures. */
const EVENTS = ['setFolders', 'setNetwork', 'setOverlay', 'onEditorDelta', 'stop'] as const;
const RESTARTS_PER_MINUTE = 3;

/**
 * Owns the worker thread. When the thread dies, calls that wait for it are rejected, the host is told, and another one is
 * started; after three deaths within a minute it stays down until the window is loaded again.
 */
export class WorkerClient {
  readonly #spawn: () => WorkerThread;
  readonly #host: HostApi;
  readonly #onStart: (worker: RemoteWorker) => void;
  readonly #onCrash: (error: TouchstoneError) => void;
  readonly #now: () => number;
  #thread: WorkerThread | null = null;
  #remote: RemoteWorker;
  #crashes: number[] = [];
  #closing = false;

  /**
   * @param ports.onStart for every thread that starts: sends it what it must know (folders, overlays)
   * @param ports.onCrash for every thread that dies, after its calls were rejected and its successor started
   */
  constructor(ports: {
    readonly spawn: () => WorkerThread;
    readonly host: HostApi;
    readonly onStart: (worker: RemoteWorker) => void;
    readonly onCrash: (error: TouchstoneError) => void;
    readonly now: () => number;
  }) {
    this.#spawn = ports.spawn;
    this.#host = ports.host;
    this.#onStart = ports.onStart;
    this.#onCrash = ports.onCrash;
    this.#now = ports.now;
    this.#remote = this.#start();
  }

  get api(): RemoteWorker {
    return this.#remote;
  }

  /** Lets the worker close its files; ends it after two seconds come what may. */
  async close(): Promise<void> {
    if (this.#closing) return;
    this.#closing = true;
    const limit = new Promise<void>((resolve) => setTimeout(resolve, 2000).unref());
    await Promise.race([this.#remote.close().catch(() => undefined), limit]);
    await this.#thread?.terminate();
  }

  /** Ends the thread as a crash would; for tests. */
  async crash(): Promise<void> {
    await this.#thread?.terminate();
  }

  #start(): RemoteWorker {
    const thread = this.#spawn();
    this.#thread = thread;
    const remote = createBirpc<WorkerApi, HostApi>(this.#host, {
      ...portChannel(thread),
      eventNames: [...EVENTS],
      bind: 'functions',
    });
    let reason: Error | undefined;
    thread.on('error', (error) => {
      reason = error;
    });
    thread.on('exit', (code) => {
      const died = new TouchstoneError(
        'internal',
        `Touchstone's worker ended unexpectedly (${reason?.message ?? `exit code ${code}`}).`,
        {
          cause: reason,
          remedy: 'What was running has stopped; finished samples are in the history.',
        },
      );
      remote.$close(died);
      if (this.#closing || this.#thread !== thread) return;
      this.#restart(died);
    });
    this.#onStart(remote);
    return remote;
  }

  #restart(died: TouchstoneError): void {
    const now = this.#now();
    this.#crashes = [...this.#crashes.filter((at) => now - at < 60_000), now];
    if (this.#crashes.length <= RESTARTS_PER_MINUTE) {
      this.#remote = this.#start();
      this.#onCrash(died);
      return;
    }
    this.#thread = null;
    this.#onCrash(
      new TouchstoneError('internal', `Touchstone's worker keeps ending (${died.message}).`, {
        cause: died,
        remedy: 'Reload the window to try again.',
      }),
    );
  }
}
