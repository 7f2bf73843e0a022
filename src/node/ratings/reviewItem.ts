import { countingRatings } from '../../engine/rating/rating.ts';
import { subjectOf } from '../../engine/rating/subject.ts';
import type { ReviewAnswer, ReviewItem, ReviewKey } from '../../protocol/review.ts';
import { nodeHashing } from '../nodeHashing.ts';
import type { HistoryReader } from '../store/history.ts';
import type { StoredSample } from '../store/storedSample.ts';

/** One item of a queue with its texts; null when the history does not hold it. */
export function reviewItem(
  history: HistoryReader,
  { runId, metric, key, rater }: Pick<ReviewItem, 'runId' | 'metric' | 'key'> & { readonly rater: string },
): ReviewItem | null {
  const stored = ratedSamples(history, runId, key);
  const first = stored?.[0];
  if (!stored || !first) return null;
  const { testCase } = first;
  const answers = stored.map((one, index) => {
    const partner = stored[1 - index];
    return answerOf(history, one, partner === undefined ? undefined : subjectIn(partner), { metric, rater });
  });
  const { id: caseId, vars, history: turns = [], expected = null } = testCase;
  return { runId, metric, key, caseId, vars, history: turns, expected, answers };
}

/** The samples that an item shows, the left one first; null when one of them is not there or has no answer. */
export function ratedSamples(history: HistoryReader, runId: string, key: ReviewKey): StoredSample[] | null {
  const ids = key.partnerId === null ? [key.sampleId] : [key.sampleId, key.partnerId];
  const stored = ids.map((id) => history.storedSample(runId, id));
  const found = stored.flatMap((one) => (one && one.sample.status !== 'error' ? [one] : []));
  return found.length === ids.length ? found : null;
}

export function subjectIn({ sample, testCase }: StoredSample): string {
  return subjectOf(testCase, sample.status === 'error' ? { output: '', toolCalls: [] } : sample, nodeHashing);
}

function answerOf(
  history: HistoryReader,
  stored: StoredSample,
  partner: string | undefined,
  { metric, rater }: { readonly metric: string; readonly rater: string },
): ReviewAnswer {
  const { sample } = stored;
  const mine = countingRatings(history.ratings.of(subjectIn(stored), metric)).filter(
    ({ author, seen }) => author === rater && seen.partner === partner,
  );
  return {
    output: sample.status === 'error' ? '' : sample.output,
    toolCalls: sample.status === 'error' ? [] : sample.toolCalls,
    mine: Object.fromEntries(
      mine.map(({ criterion, value, comment }) => [criterion, { value: value ?? Number.NaN, comment }]),
    ),
  };
}
