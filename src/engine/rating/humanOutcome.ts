import type { Json } from '../json.ts';
import type { ScoreOutcome } from '../metric/metric.ts';
import { normalisedOutcome } from '../metric/normalised.ts';
import { reaches } from '../metric/outcome.ts';
import { digits } from '../metric/words.ts';
import { mean } from '../stats/mean.ts';
import { askedRatings, type Criterion, type Rating, type RatingForm } from './rating.ts';
import { scaleName, scaleScore } from './scale.ts';

const NOT_RATED = 'Nobody has rated it yet.';

/**
 * What people's ratings of one answer come to.
 *
 * Each criterion is the mean over its raters, each of whom counts once; the score is the mean of the criteria, 0..1. A criterion
 * that nobody rated yet leaves the answer unscored: half of an opinion is none. With one criterion the value is on its scale.
 *
 * @param ratings of the answer under this metric, of any age; what is on another scale now counts by its own
 */
export function humanOutcome(ratings: readonly Rating[], form: RatingForm): ScoreOutcome {
  const outcome = plainOutcome(ratings, form);
  return form.normalise ? normalisedOutcome(outcome, form.normalise) : outcome;
}

function plainOutcome(ratings: readonly Rating[], { criteria, threshold }: RatingForm): ScoreOutcome {
  const asked = askedRatings(ratings, criteria);
  const rated = criteria.flatMap((criterion) => {
    const score = criterionScore(asked, criterion);
    return score === null ? [] : [{ ...criterion, score }];
  });
  const [first] = rated;
  const details = asked.length === 0 ? {} : { details: detailsOf(asked) };
  if (first === undefined) return { outcome: 'unscored', reason: NOT_RATED };
  if (rated.length < criteria.length) {
    const missing = criteria.filter(({ name }) => rated.every((one) => one.name !== name)).map(({ name }) => name);
    return { outcome: 'unscored', reason: `Not rated yet: ${missing.join(', ')}.`, ...details };
  }
  const score = mean(rated.map((one) => one.score));
  const value = criteria.length === 1 ? onScale(first) : score;
  const passed = threshold === null ? null : reaches(score, threshold);
  return { outcome: 'scored', value, score, passed, reason: reasonOf(rated, asked), ...details };
}

/** The mean of the raters' means, so that who compared an answer with many others counts once; null when nobody rated. */
function criterionScore(ratings: readonly Rating[], { name }: Criterion): number | null {
  const byAuthor = Map.groupBy(
    ratings.filter(({ criterion }) => criterion === name),
    ({ author }) => author,
  );
  if (byAuthor.size === 0) return null;
  return mean(
    [...byAuthor.values()].map((own) => mean(own.map(({ scale, value }) => scaleScore(scale, value ?? Number.NaN)))),
  );
}

function onScale({ scale, score }: Criterion & { readonly score: number }): number {
  return typeof scale === 'string' ? score : scale[0] + score * (scale[1] - scale[0]);
}

function reasonOf(rated: readonly (Criterion & { readonly score: number })[], ratings: readonly Rating[]): string {
  const authors = [...new Set(ratings.map(({ author }) => author))];
  const who = authors.length > 3 ? `${authors.length} people` : authors.join(', ');
  const values = rated.map((one) => {
    const shown = digits(onScale(one));
    const of = typeof one.scale === 'string' ? '' : ` of ${one.scale[1]}`;
    return `${one.name === '' ? '' : `${one.name} `}${wordOf(one) ?? `${shown}${of}`}`;
  });
  const comments = ratings.filter(({ comment }) => comment !== '').map(({ comment }) => `“${comment}”`);
  return `${values.join(', ')}, by ${who}.${comments.length > 0 ? ` ${comments.join(' ')}` : ''}`;
}

function wordOf({ scale, score }: Criterion & { readonly score: number }): string | null {
  if (scale === 'yes-no') return score === 1 ? 'yes' : score === 0 ? 'no' : null;
  if (scale === 'prefer') return score === 1 ? 'preferred' : score === 0 ? 'not preferred' : null;
  return null;
}

/** Who said what, for the reader of a score and for the judge report. */
function detailsOf(ratings: readonly Rating[]): Json {
  return {
    ratings: ratings.map(({ author, criterion, scale, value, comment, ratedAt }) => ({
      author,
      ...(criterion !== '' && { criterion }),
      scale: scaleName(scale),
      value,
      ...(comment !== '' && { comment }),
      ratedAt,
    })),
  };
}
