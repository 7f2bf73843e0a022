import { countingRatings, type Rating, type RatingForm } from '../rating/rating.ts';
import { scaleScore } from '../rating/scale.ts';
import { mean } from '../stats/mean.ts';
import type { PersonRating } from './judgePairs.ts';

/** Which opinion of people a judge is held against: that of a human metric, or of one of its criteria. */
export type Against = { readonly metric: string; readonly criterion: string | null };

type HumanMetric = { readonly name: string; readonly form: RatingForm };

/**
 * A criterion that is called as the judge, else the first human metric with a scale. The choice between two answers is no opinion
 * of one of them.
 */
export function againstWhom(judge: string, people: readonly HumanMetric[]): Against | null {
  const scaled = people.filter(({ form }) => form.criteria[0]?.scale !== 'prefer');
  for (const { name, form } of scaled) {
    if (form.criteria.some((criterion) => criterion.name === judge)) return { metric: name, criterion: judge };
  }
  const [first] = scaled;
  return first ? { metric: first.name, criterion: null } : null;
}

/** What each person said of one answer, of several criteria the mean; yes and no as such where that is what they were asked. */
export function peopleSaid(ratings: readonly Rating[], criterion: string | null): PersonRating[] {
  const asked = countingRatings(ratings).filter((one) => criterion === null || one.criterion === criterion);
  return [...Map.groupBy(asked, ({ author }) => author)].map(([rater, own]) => {
    const [only] = own;
    if (own.length === 1 && only?.scale === 'yes-no') return { rater, value: only.value === 1 };
    return { rater, value: mean(own.map(({ scale, value }) => scaleScore(scale, value ?? Number.NaN))) };
  });
}
