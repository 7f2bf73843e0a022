/** Tells listeners of a change. The same idea as vscode's, for the modules that must run without an editor. */
export class Emitter<T> {
  readonly #listeners = new Set<(value: T) => void>();

  /** @returns a function that ends the subscription. */
  on(listener: (value: T) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  fire(value: T): void {
    for (const listener of [...this.#listeners]) listener(value);
  }
}
