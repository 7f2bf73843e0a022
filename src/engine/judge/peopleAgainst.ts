import { humanOutcome } from '../rating/humanOutcome.ts';
import { askedRatings, type Rating, type RatingForm } from '../rating/rating.ts';
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

/**
 * What each person said of one answer, as the human metric makes a score of it: all criteria that are asked, by a rater who has
 * answered each of them; of one criterion what was said of it.
 */
export function peopleSaid(ratings: readonly Rating[], form: RatingForm, criterion: string | null): PersonRating[] {
  const criteria = criterion === null ? form.criteria : form.criteria.filter(({ name }) => name === criterion);
  const own = Map.groupBy(askedRatings(ratings, criteria), ({ author }) => author);
  return [...own].flatMap(([rater, said]) => {
    const outcome = humanOutcome(said, { ...form, criteria });
    if (outcome.outcome !== 'scored' || outcome.score === null) return [];
    const value =
      outcome.passed ?? (criteria[0]?.scale === 'yes-no' && criteria.length === 1 ? outcome.score === 1 : null);
    return [{ rater, value: outcome.score, ...(value !== null && { passed: value }) }];
  });
}
