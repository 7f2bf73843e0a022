import { SAMPLE_STATUSES, type SampleStatus } from '../src/engine/run/sample.ts';
import type { ReviewFilter, ReviewQuery } from '../src/protocol/review.ts';
import type { SampleSort, Tab } from '../src/protocol/views.ts';

/**
 * Where the reader is within the tabs: all that outlives the view. The prompt, its tab and its case are the host's to
 * remember, and data never stands in it: the host sends both again.
 */
export type Navigation = {
  readonly grid: GridView;
  readonly openSample: OpenSample | null;
  /** The queue that is gone through; null when none is. */
  readonly review: ReviewQuery | null;
  readonly outputView: OutputView;
  readonly messageView: MessageView;
  readonly answerView: AnswerView;
  readonly scroll: { readonly [tab in Tab]: number };
};

/** What the grid shows of a run, and in which order. */
export type GridView = {
  readonly sort: SampleSort;
  readonly descending: boolean;
  /** Empty for all. */
  readonly statuses: readonly SampleStatus[];
  readonly variantId: string | null;
  /** Also the variants of other prompts than the one that the playground is about. */
  readonly isWholeRun: boolean;
  readonly text: string;
  /** Only cases whose repeats pass and fail. */
  readonly onlyFlaky?: boolean;
};

/** The sample in the drawer; `index` is its place in the grid. */
export type OpenSample = { readonly runId: string; readonly sampleId: number; readonly index: number };

/** How the drawer shows an output; `auto` picks by what there is. */
export type OutputView = 'auto' | 'text' | 'json' | 'diff';

/** What the preview shows of what will be sent. */
export type MessageView = 'rendered' | 'request' | 'json' | 'curl';

/** How the playground shows answers: to be read, as they came, or against the first lane's. */
export type AnswerView = 'read' | 'raw' | 'diff';

const ANSWER_VIEWS: readonly AnswerView[] = ['read', 'raw', 'diff'];
const SORTS: readonly SampleSort[] = ['case', 'status', 'composite', 'latency', 'cost'];
const OUTPUT_VIEWS: readonly OutputView[] = ['auto', 'text', 'json', 'diff'];
const REVIEW_FILTERS: readonly ReviewFilter[] = ['unrated', 'all', 'disagreeing'];
const MESSAGE_VIEWS: readonly MessageView[] = ['rendered', 'request', 'json', 'curl'];

export const UNFILTERED: GridView = {
  sort: 'case',
  descending: false,
  statuses: [],
  variantId: null,
  isWholeRun: false,
  text: '',
};
export const AT_HOME: Navigation = {
  grid: UNFILTERED,
  openSample: null,
  review: null,
  outputView: 'auto',
  messageView: 'rendered',
  answerView: 'read',
  scroll: { preview: 0, results: 0, history: 0 },
};

/** Reads what an earlier view saved; whatever does not fit falls back to the beginning. */
export function parseNavigation(saved: unknown): Navigation {
  const state = record(saved);
  const grid = record(state['grid']);
  const scroll = record(state['scroll']);
  return {
    grid: {
      ...(grid['onlyFlaky'] === true && { onlyFlaky: true }),
      sort: oneOf(SORTS, grid['sort']) ?? UNFILTERED.sort,
      descending: grid['descending'] === true,
      statuses: SAMPLE_STATUSES.filter((status) => list(grid['statuses']).includes(status)),
      variantId: text(grid['variantId']),
      isWholeRun: grid['isWholeRun'] === true,
      text: text(grid['text']) ?? '',
    },
    openSample: parseOpenSample(record(state['openSample'])),
    review: parseReview(record(state['review'])),
    outputView: oneOf(OUTPUT_VIEWS, state['outputView']) ?? AT_HOME.outputView,
    messageView: oneOf(MESSAGE_VIEWS, state['messageView']) ?? AT_HOME.messageView,
    answerView: oneOf(ANSWER_VIEWS, state['answerView']) ?? AT_HOME.answerView,
    scroll: {
      preview: whole(scroll['preview']) ?? 0,
      results: whole(scroll['results']) ?? 0,
      history: whole(scroll['history']) ?? 0,
    },
  };
}

function parseOpenSample(state: Record<string, unknown>): OpenSample | null {
  const runId = text(state['runId']);
  const sampleId = whole(state['sampleId']);
  return runId === null || sampleId === null ? null : { runId, sampleId, index: whole(state['index']) ?? 0 };
}

function parseReview(state: Record<string, unknown>): ReviewQuery | null {
  const runId = text(state['runId']);
  const seed = whole(state['seed']);
  const filter = oneOf(REVIEW_FILTERS, state['filter']);
  if (runId === null || seed === null || filter === undefined) return null;
  return { runId, metric: text(state['metric']), seed, filter };
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function oneOf<T>(allowed: readonly T[], value: unknown): T | undefined {
  return allowed.find((one) => one === value);
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function whole(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : null;
}
