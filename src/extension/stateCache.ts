import { Emitter } from './emitter.ts';

/**
 * What was last known of each file, given at once, and asked again in the background. Lenses read from here, so they are
 * never late; at most one question per file is under way, and one more is remembered.
 */
export class StateCache<T> {
  /** The path whose state has arrived. */
  readonly changed = new Emitter<string>();
  readonly #fetch: (path: string) => Promise<T>;
  readonly #onError: (error: unknown) => void;
  readonly #known = new Map<string, T>();
  readonly #asking = new Map<string, { again: boolean; done: Promise<void> }>();

  /** @param onError gets what `fetch` rejects with; the state that was known stays. */
  constructor(fetch: (path: string) => Promise<T>, onError: (error: unknown) => void) {
    this.#fetch = fetch;
    this.#onError = onError;
  }

  get(path: string): T | undefined {
    return this.#known.get(path);
  }

  paths(): readonly string[] {
    return [...this.#known.keys()];
  }

  /** Resolves when a state at least as new as this call is known, or could not be had. */
  refresh(path: string): Promise<void> {
    const asking = this.#asking.get(path);
    if (asking) {
      asking.again = true;
      return asking.done;
    }
    const entry = { again: false, done: Promise.resolve() };
    entry.done = this.#ask(path, entry);
    this.#asking.set(path, entry);
    return entry.done;
  }

  forget(path: string): void {
    this.#known.delete(path);
  }

  async #ask(path: string, entry: { again: boolean }): Promise<void> {
    // Yields first, so that `refresh` has put the entry into the map before anything can ask again.
    await Promise.resolve();
    try {
      do {
        entry.again = false;
        this.#known.set(path, await this.#fetch(path));
        this.changed.fire(path);
      } while (entry.again);
    } catch (error) {
      this.#onError(error);
    } finally {
      this.#asking.delete(path);
    }
  }
}
