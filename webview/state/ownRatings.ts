import { type ReadonlySignal, signal } from '@preact/signals';
import type { RunMetric } from '../../src/engine/run/run.ts';
import type { NewRating, ReviewAnswer } from '../../src/protocol/review.ts';
import type { SampleDetail, ViewMessage } from '../../src/protocol/views.ts';
import type { ReviewNews } from './review.ts';

type Own = ReadonlyMap<string, ReviewAnswer['mine']>;

/** What the reader said of the sample in the drawer, by human metric. */
export type OwnRatings = {
  /** Without the metrics that have not been answered for yet. */
  readonly own: ReadonlySignal<Own>;
  readonly problem: ReadonlySignal<string | null>;
  /** The drawer shows a sample, or, again, the same one. */
  show(detail: SampleDetail, metrics: readonly RunMetric[]): void;
  rate(rating: Pick<NewRating, 'metric' | 'criterion' | 'value' | 'comment'>): void;
  receive(message: Exclude<ReviewNews, { type: 'review' }>): void;
};

export function createOwnRatings(post: (message: ViewMessage) => void): OwnRatings {
  const own = signal<Own>(new Map());
  const problem = signal<string | null>(null);
  let shown: { readonly runId: string; readonly sampleId: number } | null = null;

  const ask = (metric: string) => {
    if (!shown) return;
    const { runId, sampleId } = shown;
    post({ type: 'get-review-item', runId, metric, key: { sampleId, partnerId: null } });
  };
  const isShown = (runId: string, key: NewRating['key']) =>
    shown !== null && shown.runId === runId && shown.sampleId === key.sampleId && key.partnerId === null;

  return {
    own,
    problem,
    show({ runId, row: { sampleId } }, metrics) {
      if (shown?.runId === runId && shown.sampleId === sampleId) return;
      shown = { runId, sampleId };
      own.value = new Map();
      problem.value = null;
      for (const { name, form } of metrics) if (form && form.criteria[0]?.scale !== 'prefer') ask(name);
    },
    rate(rating) {
      if (!shown) return;
      const { runId, sampleId } = shown;
      problem.value = null;
      post({
        type: 'rate',
        rating: { ...rating, runId, key: { sampleId, partnerId: null }, blind: false, seed: null },
      });
      const { [rating.criterion]: _before, ...others } = own.peek().get(rating.metric) ?? {};
      const { value, comment } = rating;
      const mine = value === null ? others : { ...others, [rating.criterion]: { value, comment } };
      own.value = new Map([...own.peek(), [rating.metric, mine]]);
    },
    receive(message) {
      if (message.type === 'review-item') {
        const { runId, key, metric } = message.asked;
        if (!isShown(runId, key)) return;
        own.value = new Map([...own.peek(), [metric, message.item?.answers[0]?.mine ?? {}]]);
      } else if (message.type === 'review-failed') {
        const { asked } = message;
        if (asked.type === 'get-review-item' && isShown(asked.runId, asked.key)) problem.value = message.problem;
      } else if (isShown(message.rating.runId, message.rating.key)) {
        problem.value = message.problem;
        // Rated elsewhere, or not kept: what stands in the history is shown.
        ask(message.rating.metric);
      }
    },
  };
}
