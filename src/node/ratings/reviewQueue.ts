import { askedRatings, countingRatings, type RatingForm } from '../../engine/rating/rating.ts';
import { pairOrder, type ReviewCandidate, reviewOrder } from '../../engine/rating/reviewOrder.ts';
import type { RunSummary } from '../../engine/run/run.ts';
import type { ReviewFilter, ReviewMetric, ReviewQuery, ReviewQueue, ReviewQueueItem } from '../../protocol/review.ts';
import type { HistoryReader } from '../store/history.ts';
import type { ReviewRow } from '../store/reviewRows.ts';

/** Metrics that differ by so much on one answer, as 0..1, disagree. */
const DISAGREEMENT = 0.5;

/** What a rater is to go through in a run; null when the history does not know it. */
export function reviewQueue(history: HistoryReader, query: ReviewQuery, rater: string): ReviewQueue | null {
  const run = history.run(query.runId);
  if (!run) return null;
  const metrics = reviewMetrics(run);
  const metric = metrics.find(({ name }) => name === query.metric) ?? metrics[0];
  if (!metric) return { query, metrics, metric: null, rater, items: [], rated: 0, total: 0 };
  const candidates = history
    .reviewRows(run.header.id)
    .map((row) => candidateOf(history, row, { metric, rater, people: metrics.map(({ name }) => name) }));
  const items = itemsOf(history, candidates, { metric, rater, run, seed: query.seed });
  return {
    query,
    metrics,
    metric: metric.name,
    rater,
    items: items.filter((item) => isAskedFor(item, query.filter)).map(({ answers: _answers, ...item }) => item),
    rated: items.filter(({ isRated }) => isRated).length,
    total: items.length,
  };
}

/** The human metrics of a run, and how many of its samples have a score of people. */
function reviewMetrics({ header, variants }: RunSummary): ReviewMetric[] {
  return header.metrics.flatMap(({ name, form }) => {
    if (!form) return [];
    const sums = variants.flatMap(({ metrics }) => metrics[name] ?? []);
    const rated = sums.reduce((sum, { n }) => sum + n, 0);
    const without = sums.reduce((sum, { error, unscored }) => sum + error + unscored, 0);
    return [{ name, form, rated, total: rated + without }];
  });
}

type Asked = { readonly metric: ReviewMetric; readonly rater: string };

function candidateOf(
  history: HistoryReader,
  { scores, ...row }: ReviewRow,
  { metric, rater, people }: Asked & { readonly people: readonly string[] },
): ReviewCandidate {
  const counting = askedRatings(history.ratings.of(row.subject, metric.name), metric.form.criteria);
  const mine = counting.filter(({ author }) => author === rater);
  return {
    ...row,
    scores: [...scores].flatMap(([name, score]) => (people.includes(name) ? [] : [score])),
    isRated: metric.form.criteria.every(({ name }) => mine.some(({ criterion }) => criterion === name)),
    otherRaters: new Set(counting.map(({ author }) => author)).size - (mine.length > 0 ? 1 : 0),
  };
}

type Item = ReviewQueueItem & { readonly answers: readonly ReviewCandidate[] };

function itemsOf(
  history: HistoryReader,
  candidates: readonly ReviewCandidate[],
  { metric, rater, run, seed }: Asked & { readonly run: RunSummary; readonly seed: number },
): Item[] {
  const { threshold } = run.header.policy;
  if (!isPairwise(metric.form)) {
    return reviewOrder(candidates, threshold, seed).map(([one]) => {
      return { sampleId: one.sampleId, partnerId: null, isRated: one.isRated, answers: [one] };
    });
  }
  const isRated = (a: string, b: string) =>
    countingRatings(history.ratings.of(a, metric.name)).some(
      ({ author, seen }) => author === rater && seen.partner === b,
    );
  return pairOrder(candidates, isRated, threshold, seed).map(([left, right]) => ({
    sampleId: left.sampleId,
    partnerId: right.sampleId,
    isRated: isRated(left.subject, right.subject),
    answers: [left, right],
  }));
}

/** Whether raters are asked which of two answers is better. */
function isPairwise({ criteria }: RatingForm): boolean {
  return criteria[0]?.scale === 'prefer';
}

function isAskedFor({ isRated, answers }: Item, filter: ReviewFilter): boolean {
  if (filter === 'unrated') return !isRated;
  return filter === 'all' || answers.some(({ scores }) => Math.max(...scores) - Math.min(...scores) >= DISAGREEMENT);
}
