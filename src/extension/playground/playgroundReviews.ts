import type { NewRating, ReviewMessage, ReviewQuestion } from '../../protocol/review.ts';
import type { HostMessage } from '../../protocol/views.ts';
import { errorWords } from '../errorWords.ts';
import type { RemoteWorker } from '../workerClient.ts';
import type { PlaygroundPorts } from './playgroundPorts.ts';

export type ReviewPorts = Pick<PlaygroundPorts, 'post' | 'worker' | 'log'> & {
  readonly file: () => string | null;
  /** The name that the user has set; null for the usual one. */
  readonly rater: () => string | null;
  /** A rating was kept: figures have changed. */
  readonly onRated: () => void;
};

/** What people say of answers: the queue, its items, and the ratings, which are kept in the order in which they were made. */
export class PlaygroundReviews {
  readonly #ports: ReviewPorts;
  #last: Promise<void> = Promise.resolve();

  constructor(ports: ReviewPorts) {
    this.#ports = ports;
  }

  handle(message: ReviewMessage): void {
    switch (message.type) {
      case 'get-review':
        return void this.#answer(message, async (worker, file) => ({
          type: 'review',
          queue: await worker.review(file, message.query, this.#ports.rater()),
        }));
      case 'get-review-item': {
        const { type: _type, ...asked } = message;
        return void this.#answer(message, async (worker, file) => ({
          type: 'review-item',
          asked,
          item: await worker.reviewItem(file, asked, this.#ports.rater()),
        }));
      }
      case 'rate':
        this.#last = this.#last.then(() => this.#rate(message.rating));
    }
  }

  async #rate(rating: NewRating): Promise<void> {
    const { file, worker, post, rater, onRated, log } = this.#ports;
    const path = file();
    if (path === null) return;
    try {
      await worker().rate(path, rating, rater());
      post({ type: 'rated', rating, problem: null });
      post({ type: 'sample', detail: await worker().sample(path, rating.runId, rating.key.sampleId) });
      onRated();
    } catch (error) {
      const { text } = errorWords(error);
      log(text);
      post({ type: 'rated', rating, problem: text });
    }
  }

  async #answer(
    asked: ReviewQuestion,
    ask: (worker: RemoteWorker, file: string) => Promise<HostMessage>,
  ): Promise<void> {
    const file = this.#ports.file();
    if (file === null) return;
    try {
      this.#ports.post(await ask(this.#ports.worker(), file));
    } catch (error) {
      const { text } = errorWords(error);
      this.#ports.log(text);
      this.#ports.post({ type: 'review-failed', asked, problem: text });
    }
  }
}
