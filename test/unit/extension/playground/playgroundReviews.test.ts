import { expect, it } from 'vitest';
import { TouchstoneError } from '../../../../src/engine/error.ts';
import { PlaygroundReviews } from '../../../../src/extension/playground/playgroundReviews.ts';
import type { RemoteWorker } from '../../../../src/extension/workerClient.ts';
import type { ReviewQuestion } from '../../../../src/protocol/review.ts';
import type { HostMessage } from '../../../../src/protocol/views.ts';

const QUESTIONS: readonly ReviewQuestion[] = [
  { type: 'get-review', query: { runId: 'r1', metric: null, seed: 7, filter: 'all' } },
  { type: 'get-review-item', runId: 'r1', metric: 'people', key: { sampleId: 1, partnerId: null } },
];

it.each(QUESTIONS)('tells the view why it could not be read: $type', async (asked) => {
  const logged: string[] = [];
  const fail = () => Promise.reject(new TouchstoneError('untrusted', 'The history is busy.', { remedy: 'Try again.' }));
  const worker: Pick<RemoteWorker, 'review' | 'reviewItem'> = { review: fail, reviewItem: fail };
  const posted = await new Promise<HostMessage>((resolve) => {
    const reviews = new PlaygroundReviews({
      post: resolve,
      worker: () => worker as RemoteWorker,
      log: (text) => logged.push(text),
      file: () => '/w/a.prompt',
      rater: () => null,
      onRated: () => {},
    });
    reviews.handle(asked);
  });
  expect(posted).toMatchObject({
    type: 'review-failed',
    asked,
    problem: expect.stringContaining('The history is busy.'),
  });
  expect(logged).toHaveLength(1);
});
