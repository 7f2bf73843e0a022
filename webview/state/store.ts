import { type ReadonlySignal, signal } from '@preact/signals';
import type { SamplePlace } from '../../src/engine/judge/judgePairs.ts';
import type { AnswersState } from '../../src/protocol/answers.ts';
import type { HistoryState } from '../../src/protocol/history.ts';
import type { JudgesState } from '../../src/protocol/judges.ts';
import type {
  HostMessage,
  PlaygroundState,
  PreviewState,
  RequestState,
  ResultsState,
  SampleDetail,
  Tab,
  ViewMessage,
} from '../../src/protocol/views.ts';
import type { AnswerView, MessageView, Navigation, OpenSample, OutputView } from '../navigation.ts';
import { createAnswersStore } from './answers.ts';
import { type ComparisonStore, createComparisonStore } from './comparison.ts';
import { createGridStore, type GridStore } from './grid.ts';
import { createOwnRatings, type OwnRatings } from './ownRatings.ts';
import { createReviewStore, type ReviewStore } from './review.ts';
import { createTrendStore, type TrendStore } from './trend.ts';
import { createTrialStore, type TrialStore } from './trial.ts';

type Tokens = { readonly counts: readonly number[]; readonly exact: boolean };
type Cursor = { readonly message: number; readonly part: number; readonly offset: number };

/** The host's latest slices and where the reader is in them. Slices replace each other whole; only the host makes them. */
export type Store = {
  readonly playground: ReadonlySignal<PlaygroundState | null>;
  readonly preview: ReadonlySignal<PreviewState | null>;
  /** What Run would send; null before it was asked for. */
  readonly request: ReadonlySignal<RequestState | null>;
  /** Of the preview's messages; null before they were counted. */
  readonly tokens: ReadonlySignal<Tokens | null>;
  /** The place of the rendered text that the editor's cursor is at; a new object for each move. */
  readonly cursor: ReadonlySignal<Cursor | null>;
  readonly answers: ReadonlySignal<AnswersState | null>;
  readonly history: ReadonlySignal<HistoryState | null>;
  readonly trend: TrendStore;
  readonly results: ReadonlySignal<ResultsState | null>;
  readonly grid: GridStore;
  readonly review: ReviewStore;
  readonly ownRatings: OwnRatings;
  readonly weighing: TrialStore;
  readonly comparison: ComparisonStore;
  /** Of the run in the results tab, once asked for; null before. */
  readonly judges: ReadonlySignal<JudgesState | null>;
  readonly areJudgesShown: ReadonlySignal<boolean>;
  /** The sample in the drawer: null when closed; its detail is undefined until it has come, null when it is gone. */
  readonly openSample: ReadonlySignal<OpenSample | null>;
  readonly detail: ReadonlySignal<SampleDetail | null | undefined>;
  readonly tab: ReadonlySignal<Tab>;
  readonly navigation: ReadonlySignal<Navigation>;
  receive(message: HostMessage): void;
  post(message: ViewMessage): void;
  selectTab(tab: Tab): void;
  /** Opens the drawer on the row at this place of the grid, as soon as the row is here. */
  openAt(index: number): void;
  closeSample(): void;
  showJudges(areShown: boolean): void;
  /** The drawer with a sample, in the run that it is of: that comes on show first. */
  openPlace(place: SamplePlace): void;
  setOutputView(view: OutputView): void;
  setMessageView(view: MessageView): void;
  setAnswerView(view: AnswerView): void;
  rememberScroll(tab: Tab, top: number): void;
};

export type StorePorts = {
  readonly post: (message: ViewMessage) => void;
  readonly save: (navigation: Navigation) => void;
  readonly onFrame: (callback: () => void) => void;
  readonly after: (delayMs: number, callback: () => void) => void;
  /** An integer by chance, at least 0. */
  readonly newSeed: () => number;
};

/** A live grid is fetched again at most this often: faster than a reader can follow helps nobody. */
const REFRESH_MS = 400;

export function createStore(ports: StorePorts, saved: Navigation): Store {
  const playground = signal<PlaygroundState | null>(null);
  const preview = signal<PreviewState | null>(null);
  const cursor = signal<Cursor | null>(null);
  const tokens = signal<Tokens | null>(null);
  const request = signal<RequestState | null>(null);
  const history = signal<HistoryState | null>(null);
  const results = signal<ResultsState | null>(null);
  const judges = signal<JudgesState | null>(null);
  const areJudgesShown = signal(false);
  const openSample = signal<OpenSample | null>(null);
  const detail = signal<SampleDetail | null | undefined>(undefined);
  const navigation = signal(saved);
  const tab = signal<Tab>('preview');
  const answers = createAnswersStore({ onFrame: ports.onFrame, onGap: () => ports.post({ type: 'ready' }) });
  const grid = createGridStore((query) => ports.post({ type: 'get-page', query }), saved.grid);
  const review = createReviewStore({
    post: ports.post,
    save: (query) => go({ review: query }),
    newSeed: ports.newSeed,
  });
  const ownRatings = createOwnRatings(ports.post);
  const weighing = createTrialStore({ ...ports, onTrial: (trial) => grid.setTrial(trial) });
  const comparison = createComparisonStore(ports.post);
  const trend = createTrendStore(ports.post);
  let awaitsReview = false;
  let awaitedIndex: number | null = null;
  let awaitedPlace: SamplePlace | null = null;
  let refreshing = false;

  const go = (change: Partial<Navigation>) => {
    navigation.value = { ...navigation.peek(), ...change };
    ports.save(navigation.peek());
  };
  grid.view.subscribe((view) => {
    if (view !== navigation.peek().grid) go({ grid: view });
  });

  /** Only the views that show the wire need it; it follows the preview. */
  const askForRequest = () => {
    if (['request', 'curl'].includes(navigation.peek().messageView)) ports.post({ type: 'get-request' });
  };

  const refreshSoon = () => {
    if (refreshing) return;
    refreshing = true;
    ports.after(REFRESH_MS, () => {
      refreshing = false;
      grid.refresh();
    });
  };

  const showSample = (sample: OpenSample) => {
    awaitedIndex = null;
    if (openSample.peek()?.sampleId !== sample.sampleId || openSample.peek()?.runId !== sample.runId)
      detail.value = undefined;
    openSample.value = sample;
    go({ openSample: sample });
    ports.post({ type: 'get-sample', runId: sample.runId, sampleId: sample.sampleId });
  };
  const closeSample = () => {
    awaitedIndex = null;
    openSample.value = null;
    detail.value = undefined;
    go({ openSample: null });
  };
  const openAt = (index: number) => {
    grid.setActive(index);
    const row = grid.row(index);
    const runId = results.peek()?.run?.id;
    if (row && runId) showSample({ runId, sampleId: row.sampleId, index });
    else awaitedIndex = index;
  };

  /** Rows that arrive before the open one, or another order, move it. */
  const followOpenSample = () => {
    const open = openSample.peek();
    const index = open === null ? -1 : grid.indexOf(open.sampleId);
    if (open === null || index === -1 || index === open.index) return;
    openSample.value = { ...open, index };
    grid.setActive(index);
  };

  const receivePlayground = (state: PlaygroundState) => {
    const before = playground.peek();
    playground.value = state;
    // Only a change is news: a slice that was on its way when the reader went elsewhere does not turn the page back.
    if (state.tab !== before?.tab) tab.value = state.tab;
    const shownRun = results.peek()?.run?.id;
    const progressed = state.running?.done !== before?.running?.done;
    if (shownRun && progressed && [state.running?.runId, before?.running?.runId].includes(shownRun)) refreshSoon();
  };

  const receiveResults = (state: ResultsState) => {
    const before = results.peek();
    results.value = state;
    const runId = state.run?.id ?? null;
    const { variantId } = grid.view.peek();
    if (state.run && variantId !== null && !state.variants.some((variant) => variant.id === variantId))
      grid.setView({ ...grid.view.peek(), variantId: null });
    if (before?.run && before.run.id !== runId) areJudgesShown.value = false;
    weighing.setRun(state);
    grid.setRun(runId, state.ofPrompt);
    if (before === null && saved.review && saved.review.runId === runId) review.open(saved.review);
    if (review.query.peek() && review.query.peek()?.runId !== runId) review.close();
    const wasOpen = before === null ? saved.openSample : openSample.peek();
    if (wasOpen && wasOpen.runId !== runId) closeSample();
    else if (before === null && wasOpen) showSample(wasOpen);
    if (awaitedPlace?.runId === runId) openAwaited(awaitedPlace);
    if (before?.run && before.run.id === runId) refreshSoon();
    openReview();
  };

  const openAwaited = (place: SamplePlace) => {
    awaitedPlace = null;
    const index = grid.indexOf(place.sampleId);
    showSample({ ...place, index: Math.max(0, index) });
  };

  /** Somebody asked for the review before its run was here, or after. */
  const openReview = () => {
    const run = results.peek()?.run;
    if (!awaitsReview || !run) return;
    awaitsReview = false;
    review.open({ runId: run.id });
  };

  return {
    playground,
    preview,
    cursor,
    tokens,
    request,
    answers: answers.state,
    history,
    trend,
    results,
    grid,
    review,
    ownRatings,
    weighing,
    comparison,
    judges,
    areJudgesShown,
    openSample,
    detail,
    tab,
    navigation,
    openAt,
    closeSample,
    showJudges(areShown) {
      areJudgesShown.value = areShown;
      const runId = results.peek()?.run?.id;
      if (!areShown || runId === undefined) return;
      if (judges.peek()?.runId !== runId) judges.value = null;
      ports.post({ type: 'get-judges', runId });
    },
    openPlace(place) {
      areJudgesShown.value = false;
      if (results.peek()?.run?.id === place.runId) return openAwaited(place);
      awaitedPlace = place;
      ports.post({ type: 'select-run', runId: place.runId });
    },
    post: ports.post,
    receive(message) {
      switch (message.type) {
        case 'playground':
          return receivePlayground(message.state);
        case 'preview':
          preview.value = message.state;
          askForRequest();
          return;
        case 'request':
          request.value = message.state;
          return;
        case 'tokens':
          tokens.value = message;
          return;
        case 'cursor':
          cursor.value = message;
          return;
        case 'answers':
          return answers.replace(message.state);
        case 'answer-delta':
          return answers.append(message);
        case 'history':
          history.value = message.state;
          return;
        case 'trend':
          return trend.receive(message.state);
        case 'results':
          return receiveResults(message.state);
        case 'page':
          grid.receive(message.page);
          followOpenSample();
          if (awaitedIndex !== null && grid.row(awaitedIndex)) openAt(awaitedIndex);
          return;
        case 'sample': {
          review.receiveSample(message.detail);
          const asked = openSample.peek();
          if (asked === null) return;
          const { detail: found } = message;
          if (found === null || (found.runId === asked.runId && found.row.sampleId === asked.sampleId))
            detail.value = found;
          if (detail.peek()) ownRatings.show(detail.peek() as SampleDetail, results.peek()?.metrics ?? []);
          return;
        }
        case 'review':
          return review.receive(message);
        case 'review-failed':
        case 'review-item':
        case 'rated':
          ownRatings.receive(message);
          return review.receive(message);
        case 'trial':
          return weighing.receive(message.state);
        case 'judges':
          judges.value = message.state;
          return;
        case 'open-comparison':
          return comparison.open(message.ids);
        case 'comparison':
        case 'compared-rows':
        case 'compared-case':
          return comparison.receive(message);
        case 'open-review':
          awaitsReview = true;
          return openReview();
        default:
          message satisfies never;
      }
    },
    selectTab(next) {
      if (next === tab.peek()) return;
      tab.value = next;
      ports.post({ type: 'select-tab', tab: next });
    },
    setOutputView: (outputView) => go({ outputView }),
    setMessageView: (messageView) => {
      go({ messageView });
      askForRequest();
    },
    setAnswerView: (answerView) => go({ answerView }),
    rememberScroll: (of, top) => go({ scroll: { ...navigation.peek().scroll, [of]: Math.round(top) } }),
  };
}
