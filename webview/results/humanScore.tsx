import { useState } from 'preact/hooks';
import type { RatingForm } from '../../src/engine/rating/rating.ts';
import { CommentField, CriterionRow } from '../review/rateBar.tsx';
import type { OwnRatings } from '../state/ownRatings.ts';
import { Icon, IconButton } from '../ui/icon.tsx';

/** Rates the sample in the drawer under one human metric. */
export function HumanScore({ ratings, metric, form }: HumanScoreProps) {
  const [commenting, setCommenting] = useState<string | null>(null);
  const mine = ratings.own.value.get(metric);
  if (form.criteria[0]?.scale === 'prefer')
    return <p class="note human-score">Two answers are compared in the review.</p>;
  if (mine === undefined) return null;
  return (
    <div class="human-score">
      {form.criteria.map((criterion) => {
        const { name } = criterion;
        const said = mine[name];
        return (
          <div key={name}>
            <div class="human-row">
              <CriterionRow
                criterion={criterion}
                mine={said}
                isFocused={false}
                onRate={(value) => ratings.rate({ metric, criterion: name, value, comment: said?.comment ?? '' })}
              />
              {said ? (
                <>
                  <IconButton
                    icon="comment"
                    label={said.comment === '' ? 'Comment' : 'Edit the comment'}
                    onClick={() => setCommenting(name)}
                  />
                  <IconButton
                    icon="discard"
                    label="Take the rating back"
                    onClick={() => ratings.rate({ metric, criterion: name, value: null, comment: '' })}
                  />
                </>
              ) : null}
            </div>
            {commenting === name && said ? (
              <CommentField
                value={said.comment}
                onKeep={(comment) => {
                  ratings.rate({ metric, criterion: name, value: said.value, comment });
                  setCommenting(null);
                }}
                onCancel={() => setCommenting(null)}
              />
            ) : null}
          </div>
        );
      })}
      {ratings.problem.value === null ? null : (
        <p role="alert">
          <Icon name="error" class="status-fail" /> {ratings.problem.value}
        </p>
      )}
    </div>
  );
}

type HumanScoreProps = { readonly ratings: OwnRatings; readonly metric: string; readonly form: RatingForm };
