import { TouchstoneError } from '../../engine/error.ts';
import type { Criterion, Rating } from '../../engine/rating/rating.ts';
import { namedRating } from '../../engine/rating/ratingLines.ts';
import { scaleValues } from '../../engine/rating/scale.ts';
import type { NewRating } from '../../protocol/review.ts';
import { nodeHashing } from '../nodeHashing.ts';
import type { HistoryReader } from '../store/history.ts';
import type { StoredSample } from '../store/storedSample.ts';
import { ratedSamples, subjectIn } from './reviewItem.ts';

/**
 * The ratings that a rater's word makes: one, or one for either answer of a pair. Nothing is written.
 *
 * @throws TouchstoneError `not-found` for an answer or metric that the history does not have; `invalid-argument` for a value that is not
 *   on the scale
 */
export function ratingsFrom(
  history: HistoryReader,
  given: NewRating,
  rater: { readonly name: string; readonly now: string },
): Rating[] {
  const { runId, key, metric, criterion: name, value } = given;
  const form = history.run(runId)?.header.metrics.find((one) => one.name === metric)?.form;
  const criterion = form?.criteria.find((one) => one.name === name);
  if (!criterion) {
    throw new TouchstoneError(
      'not-found',
      `Run ${runId} asks nobody for \`${[metric, name].filter(Boolean).join('.')}\`.`,
    );
  }
  const stored = ratedSamples(history, runId, key);
  if (!stored) throw new TouchstoneError('not-found', `Run ${runId} has no such answer any more.`);
  requireOnScale(value, criterion, stored);
  return stored.map((one, index) => {
    const earlier = history.ratings.of(subjectIn(one), metric).filter(({ author }) => author === rater.name);
    return ratingOf(given, criterion, one, { ...rater, earlier, partner: stored[1 - index], index });
  });
}

function requireOnScale(value: number | null, { scale }: Criterion, stored: readonly StoredSample[]): void {
  const isPair = stored.length === 2;
  if (isPair !== (scale === 'prefer')) {
    throw new TouchstoneError(
      'invalid-argument',
      isPair ? 'This metric rates one answer.' : 'This metric compares two answers.',
    );
  }
  if (value !== null && !scaleValues(scale).includes(value)) {
    throw new TouchstoneError('invalid-argument', `${value} is not on the scale.`);
  }
}

function ratingOf(
  { runId, metric, criterion, value, comment, blind, seed }: NewRating,
  { scale }: Criterion,
  stored: StoredSample,
  rater: { name: string; now: string; earlier: readonly Rating[]; partner: StoredSample | undefined; index: number },
): Rating {
  const isRight = rater.index === 1;
  return namedRating(
    {
      subject: subjectIn(stored),
      metric,
      criterion,
      scale,
      // What the left one wins, the right one loses.
      value: value !== null && isRight ? 1 - value : value,
      comment: comment.trim(),
      author: rater.name,
      ratedAt: afterOwnLast(rater.earlier, rater.now),
      seen: {
        run: runId,
        case: stored.testCase.id,
        blind,
        seed,
        ...(rater.partner && { partner: subjectIn(rater.partner), side: isRight ? 'right' : 'left' }),
      },
    },
    nodeHashing,
  );
}

/** What is said now counts, also where a clock that ran ahead has written a later time before. */
function afterOwnLast(earlier: readonly Rating[], now: string): string {
  const last = Math.max(...earlier.map(({ ratedAt }) => Date.parse(ratedAt)), Number.NEGATIVE_INFINITY);
  return last >= Date.parse(now) ? new Date(last + 1).toISOString() : now;
}
