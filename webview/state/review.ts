import { type ReadonlySignal, signal } from '@preact/signals';
import type {
  NewRating,
  ReviewFilter,
  ReviewItem,
  ReviewKey,
  ReviewQuery,
  ReviewQuestion,
  ReviewQueue,
  ReviewQueueItem,
} from '../../src/protocol/review.ts';
import type { HostMessage, SampleDetail, ViewMessage } from '../../src/protocol/views.ts';
import { criteriaOf, type Mine, nextCriterion, valueWords } from '../review/criteria.ts';

/** The review queue: what is on show, and what the rater said of it. */
export type ReviewStore = {
  /** null when no review goes on. */
  readonly query: ReadonlySignal<ReviewQuery | null>;
  /** undefined until it has come; null when the run is gone. */
  readonly queue: ReadonlySignal<ReviewQueue | null | undefined>;
  /** Place in the queue; its length when everything is behind the rater. */
  readonly index: ReadonlySignal<number>;
  /** undefined until it has come; null when the history holds it no more. */
  readonly item: ReadonlySignal<ReviewItem | null | undefined>;
  /** Place of the criterion that the next key rates. */
  readonly criterion: ReadonlySignal<number>;
  readonly isBlind: ReadonlySignal<boolean>;
  /** The samples of the item by id, once the rater asked who answered. */
  readonly details: ReadonlySignal<ReadonlyMap<number, SampleDetail>>;
  /** A comment that waits for its rating. */
  readonly draft: ReadonlySignal<string>;
  /** What was done last, in words. */
  readonly said: ReadonlySignal<string>;
  readonly problem: ReadonlySignal<string | null>;
  /** Why the queue, or the item on show, could not be read. */
  readonly failure: ReadonlySignal<string | null>;
  /** Asks once more for what could not be read. */
  retry(): void;
  open(query: Pick<ReviewQuery, 'runId'> & Partial<ReviewQuery>): void;
  close(): void;
  setFilter(filter: ReviewFilter): void;
  setMetric(metric: string): void;
  setCriterion(index: number): void;
  setBlind(isBlind: boolean): void;
  move(step: number): void;
  /** Rates the criterion that is in focus; the next one, or the next item, comes on show. */
  rate(value: number): void;
  /**
   * Rates any criterion.
   *
   * @param typed what stands in the comment's field; null when it is not open
   */
  rateAt(place: number, value: number, typed: string | null): void;
  comment(text: string): void;
  undo(): void;
  receive(message: ReviewNews): void;
  /** A sample that was asked for, here or elsewhere. */
  receiveSample(detail: SampleDetail | null): void;
};

export type ReviewNews = Extract<HostMessage, { readonly type: 'review' | 'review-item' | 'review-failed' | 'rated' }>;

export type ReviewPorts = {
  readonly post: (message: ViewMessage) => void;
  readonly save: (query: ReviewQuery | null) => void;
  readonly newSeed: () => number;
};

/** What can be undone: where it was said, and what stood there before. */
type Step = { readonly index: number; readonly criterion: string; readonly before: Mine | null };

export function createReviewStore(ports: ReviewPorts): ReviewStore {
  const query = signal<ReviewQuery | null>(null);
  const queue = signal<ReviewQueue | null | undefined>(undefined);
  const index = signal(0);
  const item = signal<ReviewItem | null | undefined>(undefined);
  const criterion = signal(0);
  const isBlind = signal(true);
  const details = signal<ReadonlyMap<number, SampleDetail>>(new Map());
  const draft = signal('');
  const said = signal('');
  const problem = signal<string | null>(null);
  const failure = signal<string | null>(null);
  /** Items that have come, by key: the next one is fetched while this one is read. */
  const items = new Map<string, ReviewItem | null>();
  /** Items of which the rater has seen who answered: hiding it again makes no rating blind. */
  const shownWho = new Set<string>();
  let steps: Step[] = [];

  const at = (place: number): ReviewQueueItem | undefined => queue.peek()?.items[place];
  const criteria = () => criteriaOf(queue.peek() ?? null);

  const start = (next: ReviewQuery) => {
    query.value = next;
    queue.value = undefined;
    item.value = undefined;
    index.value = 0;
    details.value = new Map();
    problem.value = null;
    failure.value = null;
    draft.value = '';
    said.value = '';
    items.clear();
    shownWho.clear();
    steps = [];
    ports.save(next);
    ports.post({ type: 'get-review', query: next });
  };

  const fetchItem = (place: number) => {
    const key = at(place);
    const current = queue.peek();
    if (!key || !current || current.metric === null || items.has(keyText(key))) return;
    const { sampleId, partnerId } = key;
    const { runId } = current.query;
    ports.post({ type: 'get-review-item', runId, metric: current.metric, key: { sampleId, partnerId } });
  };

  const show = (place: number, focus?: number) => {
    if (place !== index.peek()) draft.value = '';
    index.value = place;
    failure.value = null;
    const key = at(place);
    const known = key && items.get(keyText(key));
    item.value = known;
    criterion.value = focus ?? (known ? nextCriterion(criteria(), known.answers[0]?.mine ?? {}, 0) : 0);
    fetchItem(place);
    fetchItem(place + 1);
    if (!isBlind.peek()) askWho();
  };

  const askWho = () => {
    const key = at(index.peek());
    const runId = query.peek()?.runId;
    if (!key || runId === undefined) return;
    shownWho.add(keyText(key));
    for (const sampleId of [key.sampleId, key.partnerId]) {
      if (sampleId !== null) ports.post({ type: 'get-sample', runId, sampleId });
    }
  };

  /** Says it at once; the host tells when it could not be kept. */
  const say = (place: number, name: string, value: number | null, comment: string) => {
    const current = queue.peek();
    const key = at(place);
    if (!current || !key || current.metric === null) return;
    const { sampleId, partnerId } = key;
    const rating: NewRating = {
      runId: current.query.runId,
      key: { sampleId, partnerId },
      metric: current.metric,
      criterion: name,
      value,
      comment,
      blind: !shownWho.has(keyText(key)),
      seed: current.query.seed,
    };
    problem.value = null;
    ports.post({ type: 'rate', rating });
    const known = items.get(keyText(key));
    if (!known) return;
    const changed = withMine(known, name, value === null ? null : { value, comment });
    items.set(keyText(key), changed);
    if (place === index.peek()) item.value = changed;
    const mine = changed.answers[0]?.mine ?? {};
    markRated(
      place,
      criteria().every((one) => one.name in mine),
    );
  };

  const markRated = (place: number, isRated: boolean) => {
    const current = queue.peek();
    const before = at(place);
    if (!current || !before || before.isRated === isRated) return;
    const changed = current.items.map((one, other) => (other === place ? { ...one, isRated } : one));
    queue.value = { ...current, items: changed, rated: current.rated + (isRated ? 1 : -1) };
  };

  /** Whether it is this that the rater waits for, and not, say, the next item, which is asked for again when its turn comes. */
  const isOnShow = (asked: ReviewQuestion): boolean => {
    const current = queue.peek();
    if (asked.type === 'get-review')
      return current === undefined && JSON.stringify(asked.query) === JSON.stringify(query.peek());
    const key = at(index.peek());
    const isOfQueue = current?.query.runId === asked.runId && current.metric === asked.metric;
    return isOfQueue && key !== undefined && keyText(key) === keyText(asked.key) && item.peek() === undefined;
  };

  const setCriterion = (place: number) => {
    criterion.value = Math.max(0, Math.min(criteria().length - 1, place));
  };

  const rate = (value: number, typed?: string) => {
    const all = criteria();
    const focused = all[criterion.peek()];
    if (!focused || !item.peek()) return;
    const place = index.peek();
    const before = mineNow(focused.name);
    steps.push({ index: place, criterion: focused.name, before });
    say(place, focused.name, value, typed ?? (draft.peek() || (before?.comment ?? '')));
    draft.value = '';
    const next = nextCriterion(all, item.peek()?.answers[0]?.mine ?? {}, criterion.peek() + 1);
    const isDone = before === null && at(place)?.isRated === true;
    said.value = `Rated ${focused.name === '' ? '' : `${focused.name} `}${valueWords(focused.scale, value)}`;
    if (isDone) show(place + 1);
    else criterion.value = next;
  };

  const comment = (text: string) => {
    const focused = criteria()[criterion.peek()];
    const before = focused && mineNow(focused.name);
    if (!focused) return;
    if (!before) {
      draft.value = text;
      said.value = text === '' ? '' : 'The comment goes with your rating';
      return;
    }
    steps.push({ index: index.peek(), criterion: focused.name, before });
    say(index.peek(), focused.name, before.value, text);
    said.value = 'Comment kept';
  };

  const mineNow = (name: string): Mine | null => item.peek()?.answers[0]?.mine[name] ?? null;

  return {
    query,
    queue,
    index,
    item,
    criterion,
    isBlind,
    details,
    draft,
    said,
    problem,
    failure,
    open: ({ runId, metric = null, seed = ports.newSeed(), filter = 'unrated' }) =>
      start({ runId, metric, seed, filter }),
    retry() {
      const asked = query.peek();
      failure.value = null;
      if (queue.peek() !== undefined) fetchItem(index.peek());
      else if (asked) ports.post({ type: 'get-review', query: asked });
    },
    close() {
      query.value = null;
      ports.save(null);
    },
    setFilter(filter) {
      const current = query.peek();
      if (current) start({ ...current, filter });
    },
    setMetric(metric) {
      const current = query.peek();
      if (current) start({ ...current, metric });
    },
    setCriterion,
    setBlind(blind) {
      isBlind.value = blind;
      if (!blind) askWho();
    },
    move(step) {
      const { items: all = [] } = queue.peek() ?? {};
      const place = Math.max(0, Math.min(all.length, index.peek() + step));
      if (place !== index.peek()) show(place);
    },
    rate: (value) => rate(value),
    rateAt(place, value, typed) {
      const focused = criteria()[criterion.peek()];
      // What was typed belongs to the rating that it was opened for; without one, it goes with the next.
      const isOfAnother = place !== criterion.peek() && focused !== undefined && mineNow(focused.name) !== null;
      if (typed !== null && isOfAnother && typed !== mineNow(focused.name)?.comment) comment(typed);
      setCriterion(place);
      rate(value, typed === null || isOfAnother ? undefined : typed);
    },
    comment,
    undo() {
      const step = steps.pop();
      if (!step) return;
      say(step.index, step.criterion, step.before?.value ?? null, step.before?.comment ?? '');
      said.value = 'Taken back';
      const place = criteria().findIndex(({ name }) => name === step.criterion);
      show(step.index, Math.max(0, place));
    },
    receiveSample(detail) {
      if (detail === null || detail.runId !== query.peek()?.runId) return;
      details.value = new Map([...details.peek(), [detail.row.sampleId, detail]]);
    },
    receive(message) {
      if (message.type === 'review') {
        if (message.queue && JSON.stringify(message.queue.query) !== JSON.stringify(query.peek())) return;
        queue.value = message.queue;
        show(0);
      } else if (message.type === 'review-failed') {
        if (isOnShow(message.asked)) failure.value = message.problem;
      } else if (message.type === 'review-item') {
        const { runId, metric } = message.asked;
        const current = queue.peek();
        // An answer to a question of a queue that was left.
        if (current?.query.runId !== runId || current.metric !== metric) return;
        items.set(keyText(message.asked.key), message.item);
        const key = at(index.peek());
        if (!key || keyText(key) !== keyText(message.asked.key) || item.peek() !== undefined) return;
        show(index.peek());
      } else if (message.problem !== null) {
        // It was not kept: its item comes on show again as it is in the history.
        const place = queue.peek()?.items.findIndex((one) => keyText(one) === keyText(message.rating.key)) ?? -1;
        if (place === -1 || queue.peek()?.query.runId !== message.rating.runId) return;
        items.delete(keyText(message.rating.key));
        markRated(place, false);
        steps = steps.filter((step) => step.index !== place);
        said.value = '';
        show(place);
        problem.value = message.problem;
      }
    },
  };
}

function keyText({ sampleId, partnerId }: ReviewKey): string {
  return `${sampleId} ${partnerId}`;
}

/** What the rater said of the left one; of a pair, the right one has the rest of it. */
function withMine(item: ReviewItem, name: string, mine: Mine | null): ReviewItem {
  const answers = item.answers.map((answer, side) => {
    const { [name]: _before, ...others } = answer.mine;
    if (mine === null) return { ...answer, mine: others };
    const own = side === 0 ? mine : { ...mine, value: 1 - mine.value };
    return { ...answer, mine: { ...others, [name]: own } };
  });
  return { ...item, answers };
}
