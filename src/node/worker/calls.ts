import { TouchstoneError } from '../../engine/error.ts';

/** Calls that can be stopped, by the id that the caller gave them. */
export class Calls {
  readonly #running = new Map<string, { readonly controller: AbortController; readonly done: Promise<unknown> }>();

  async run<T>(callId: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    const done = work(controller.signal);
    this.#running.set(callId, { controller, done });
    try {
      return await done;
    } finally {
      this.#running.delete(callId);
    }
  }

  stop(callId: string): void {
    this.#running.get(callId)?.controller.abort(new TouchstoneError('cancelled', 'Stopped.'));
  }

  stopAll(reason: TouchstoneError): void {
    for (const { controller } of this.#running.values()) controller.abort(reason);
  }

  /** Resolves when nothing runs any more, however it ended. */
  async settled(): Promise<void> {
    await Promise.allSettled([...this.#running.values()].map(({ done }) => done));
  }
}
