/**
 * Asks one question at a time. Of those that come meanwhile only the newest is asked, and an answer that a newer question
 * has overtaken is not handed on: what was asked last is what is shown last.
 */
export class LatestQuestion<Q, A> {
  readonly #ask: (question: Q) => Promise<A>;
  readonly #onAnswer: (answer: A) => void;
  readonly #onError: (error: unknown) => void;
  #waiting: { readonly question: Q } | null = null;
  #working: Promise<void> | null = null;

  constructor(ports: {
    readonly ask: (question: Q) => Promise<A>;
    readonly onAnswer: (answer: A) => void;
    readonly onError: (error: unknown) => void;
  }) {
    this.#ask = ports.ask;
    this.#onAnswer = ports.onAnswer;
    this.#onError = ports.onError;
  }

  /** Resolves when nothing is asked any more; never rejects. */
  ask(question: Q): Promise<void> {
    this.#waiting = { question };
    this.#working ??= this.#work().finally(() => {
      this.#working = null;
    });
    return this.#working;
  }

  async #work(): Promise<void> {
    while (this.#waiting) {
      const { question } = this.#waiting;
      this.#waiting = null;
      try {
        const answer = await this.#ask(question);
        if (this.#waiting === null) this.#onAnswer(answer);
      } catch (error) {
        this.#onError(error);
      }
    }
  }
}
