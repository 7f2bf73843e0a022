import { describe, expect, it } from 'vitest';
import type { ReviewItem, ReviewQuery, ReviewQueue } from '../../../../src/protocol/review.ts';
import { type ViewMessage, viewMessage } from '../../../../src/protocol/views.ts';
import { createReviewStore } from '../../../../webview/state/review.ts';

const FORM = {
  criteria: [
    { name: 'correct', scale: 'yes-no' as const },
    { name: 'tone', scale: [1, 5] as const },
  ],
  instructions: null,
  threshold: null,
};

function start(items = 2) {
  const sent: ViewMessage[] = [];
  const store = createReviewStore({
    post: (message) => sent.push(viewMessage.parse(message)),
    save: () => {},
    newSeed: () => 7,
  });
  const open = (given: Partial<ReviewQuery> = {}) => {
    store.open({ runId: 'r1', ...given });
    const query = { runId: 'r1', metric: null, seed: 7, filter: 'unrated' as const, ...given };
    const queue: ReviewQueue = {
      query,
      metrics: ['people', 'second'].map((name) => ({ name, form: FORM, rated: 0, total: items })),
      metric: given.metric ?? 'people',
      rater: 'ada',
      items: Array.from({ length: items }, (_, sampleId) => ({ sampleId, partnerId: null, isRated: false })),
      rated: 0,
      total: items,
    };
    store.receive({ type: 'review', queue });
  };
  const answer = (sampleId: number, metric = 'people', output = `answer ${sampleId}`) => {
    const asked = { runId: 'r1', metric, key: { sampleId, partnerId: null } };
    const item: ReviewItem = {
      ...asked,
      caseId: `c${sampleId}`,
      vars: {},
      history: [],
      expected: null,
      answers: [{ output, toolCalls: [], mine: {} }],
    };
    store.receive({ type: 'review-item', asked, item });
  };
  const ratings = () => sent.flatMap((message) => (message.type === 'rate' ? [message.rating] : []));
  open();
  return { store, sent, open, answer, ratings };
}

describe('the review', () => {
  it('tells why the queue could not be read, and asks again', () => {
    const { store, sent } = start();
    store.open({ runId: 'r2' });
    const query = { runId: 'r2', metric: null, seed: 7, filter: 'unrated' as const };
    const failed = (runId: string) =>
      store.receive({
        type: 'review-failed',
        asked: { type: 'get-review', query: { ...query, runId } },
        problem: 'Busy.',
      });
    failed('r1');
    expect(store.failure.value).toBeNull();
    failed('r2');
    expect(store.failure.value).toBe('Busy.');
    const before = sent.length;
    store.retry();
    expect(store.failure.value).toBeNull();
    expect(sent.slice(before)).toEqual([{ type: 'get-review', query }]);
  });

  it('tells why the item on show could not be read, and asks again; the next one waits for its turn', () => {
    const { store, sent, answer } = start();
    const failed = (sampleId: number) => {
      const asked = {
        type: 'get-review-item' as const,
        runId: 'r1',
        metric: 'people',
        key: { sampleId, partnerId: null },
      };
      store.receive({ type: 'review-failed', asked, problem: 'Busy.' });
      return asked;
    };
    failed(1);
    expect(store.failure.value).toBeNull();
    const asked = failed(0);
    expect(store.failure.value).toBe('Busy.');
    const before = sent.length;
    store.retry();
    expect(sent.slice(before)).toEqual([asked]);
    failed(0);
    answer(0);
    expect([store.failure.value, store.item.value?.caseId]).toEqual([null, 'c0']);
    store.move(1);
    expect(sent.at(-1)).toMatchObject({ type: 'get-review-item', key: { sampleId: 1 } });
  });

  it('keeps what stands in the field of the comment with the rating that is clicked', () => {
    const { store, answer, ratings } = start();
    answer(0);
    answer(1);
    store.rateAt(0, 1, 'typed');
    store.setCriterion(0);
    store.rateAt(0, 0, '');
    store.rateAt(0, 1, null);
    const said = ratings().map(({ criterion, value, comment }) => [criterion, value, comment]);
    expect(said).toEqual([
      ['correct', 1, 'typed'],
      ['correct', 0, ''],
      ['correct', 1, ''],
    ]);
  });

  it('keeps a comment that was opened for one rating with it when another criterion is clicked', () => {
    const { store, answer, ratings } = start();
    answer(0);
    store.rate(1);
    store.setCriterion(0);
    store.rateAt(1, 4, 'of the first');
    const said = ratings().map(({ criterion, value, comment }) => [criterion, value, comment]);
    expect(said).toEqual([
      ['correct', 1, ''],
      ['correct', 1, 'of the first'],
      ['tone', 4, ''],
    ]);
  });

  it('asks for the item on show and the next one, and moves on after the last criterion', () => {
    const { store, sent, answer, ratings } = start();
    expect(sent.filter(({ type }) => type === 'get-review-item')).toHaveLength(2);
    answer(0);
    answer(1);
    store.rate(1);
    expect([store.index.value, store.criterion.value]).toEqual([0, 1]);
    store.rate(4);
    expect(store.index.value).toBe(1);
    expect(store.queue.value?.rated).toBe(1);
    expect(ratings().map(({ criterion, value, blind }) => [criterion, value, blind])).toEqual([
      ['correct', 1, true],
      ['tone', 4, true],
    ]);
  });

  it('goes back to what could not be kept, which is not rated then', () => {
    const { store, answer, ratings } = start();
    answer(0);
    answer(1);
    store.rate(1);
    store.rate(4);
    const [, last] = ratings();
    if (!last) throw new Error('nothing was rated');
    store.receive({ type: 'rated', rating: last, problem: 'The disk is full.' });
    expect(store.index.value).toBe(0);
    expect(store.item.value).toBeUndefined();
    expect(store.queue.value?.rated).toBe(0);
    expect(store.problem.value).toBe('The disk is full.');
    answer(0);
    expect(store.item.value?.caseId).toBe('c0');
  });

  it('takes back one step after the other, and keeps what stood there before', () => {
    const { store, answer, ratings } = start();
    answer(0);
    store.rate(1);
    store.setCriterion(0);
    store.rate(0);
    store.undo();
    expect(ratings().at(-1)).toMatchObject({ criterion: 'correct', value: 1 });
    store.undo();
    expect(ratings().at(-1)).toMatchObject({ criterion: 'correct', value: null });
    const count = ratings().length;
    store.undo();
    expect(ratings()).toHaveLength(count);
  });

  it('sends a comment with the rating that follows, and with none of another item or run', () => {
    const { store, answer, ratings, open } = start();
    answer(0);
    store.comment('wrong currency');
    expect(ratings()).toEqual([]);
    store.rate(1);
    expect(ratings().at(-1)?.comment).toBe('wrong currency');
    store.comment('for nobody');
    store.setCriterion(1);
    store.comment('for nobody');
    open({ filter: 'all' });
    answer(0);
    store.rate(1);
    expect(ratings().at(-1)?.comment).toBe('');
  });

  it('says that a rating was not blind once the rater has seen who answered, hidden again or not', () => {
    const { store, answer, ratings } = start();
    answer(0);
    answer(1);
    store.setBlind(false);
    store.setBlind(true);
    store.rate(1);
    store.rate(4);
    store.rate(1);
    expect(ratings().map(({ blind }) => blind)).toEqual([false, false, true]);
  });

  it('shows no item of a metric that was left', () => {
    const { store, answer, open } = start();
    open({ metric: 'second' });
    answer(0, 'people', 'late');
    expect(store.item.value).toBeUndefined();
    answer(0, 'second', 'right');
    expect(store.item.value?.answers[0]?.output).toBe('right');
  });
});
