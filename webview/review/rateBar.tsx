import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Criterion } from '../../src/engine/rating/rating.ts';
import type { ReviewQueue } from '../../src/protocol/review.ts';
import type { ReviewStore } from '../state/review.ts';
import { Icon } from '../ui/icon.tsx';
import { choicesOf, criteriaOf, type Mine } from './criteria.ts';

/** The scales, the comment, and what was done last. */
export function RateBar({ review, queue, isCommenting, onComment, onCommentEnd }: RateBarProps) {
  const criteria = criteriaOf(queue);
  const focus = review.criterion.value;
  const mine = review.item.value?.answers[0]?.mine ?? {};
  const focused = criteria[focus];
  /** What stands in the comment's field, so that a click on a scale takes it along. */
  const typed = useRef<string | null>(null);
  if (!isCommenting) typed.current = null;
  const comment = (focused && mine[focused.name]?.comment) || review.draft.value;
  return (
    <footer class="rate-bar">
      {criteria.map((criterion, place) => (
        <CriterionRow
          key={criterion.name}
          criterion={criterion}
          mine={mine[criterion.name]}
          isFocused={criteria.length > 1 && place === focus}
          onRate={(value) => {
            review.rateAt(place, value, isCommenting ? typed.current : null);
            if (isCommenting) onCommentEnd();
          }}
        />
      ))}
      {isCommenting ? (
        <CommentField
          value={comment}
          onType={(text) => {
            typed.current = text;
          }}
          onKeep={(text) => {
            review.comment(text);
            onCommentEnd();
          }}
          onCancel={onCommentEnd}
        />
      ) : (
        <div class="rate-foot">
          <button type="button" class="link-button rate-comment" onClick={onComment}>
            <Icon name="comment" /> <span>{comment === '' ? 'Comment' : review.draft.value || 'Edit comment'}</span>
          </button>
          <span class="spacer" />
          {review.problem.value === null ? (
            <span class="note rate-said">
              {review.said.value === '' ? '' : `${review.said.value} · `}
              {review.said.value === '' ? null : (
                <button type="button" class="link-button" onClick={() => review.undo()}>
                  Undo <kbd>u</kbd>
                </button>
              )}
            </span>
          ) : (
            <span class="rate-problem" role="alert">
              <Icon name="error" class="status-fail" /> {review.problem.value}
            </span>
          )}
        </div>
      )}
    </footer>
  );
}

type RateBarProps = {
  readonly review: ReviewStore;
  readonly queue: ReviewQueue;
  readonly isCommenting: boolean;
  readonly onComment: () => void;
  readonly onCommentEnd: () => void;
};

/** One scale as buttons, each with its key. */
export function CriterionRow({ criterion, mine, isFocused, onRate }: CriterionRowProps) {
  const label = criterion.name === '' ? 'Your rating' : criterion.name;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; these are toggles
    <div class={`criterion${isFocused ? ' is-focused' : ''}`} role="group" aria-label={label}>
      {criterion.name === '' ? null : (
        <span class="criterion-name" title={criterion.name}>
          {criterion.name}
        </span>
      )}
      <span class="choices">
        {choicesOf(criterion.scale).map(({ key, label: words, value }) => (
          <button
            key={key}
            type="button"
            class="choice"
            aria-pressed={mine?.value === value}
            onClick={() => onRate(value)}
          >
            {words}
            {words === key ? null : <kbd>{key}</kbd>}
          </button>
        ))}
      </span>
      {mine === undefined || mine.comment === '' ? null : (
        <span class="note criterion-comment" title={mine.comment}>
          {mine.comment}
        </span>
      )}
    </div>
  );
}

type CriterionRowProps = {
  readonly criterion: Criterion;
  readonly mine: Mine | undefined;
  readonly isFocused: boolean;
  readonly onRate: (value: number) => void;
};

/** Enter keeps it, Escape leaves it as it was. */
export function CommentField({ value, onType, onKeep, onCancel }: CommentFieldProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => field.current?.focus(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      onCancel();
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      onKeep(field.current?.value.trim() ?? '');
    }
  };
  return (
    <textarea
      ref={field}
      class="comment-field"
      rows={2}
      maxLength={20_000}
      aria-label="Comment: Enter keeps it, Escape leaves it"
      placeholder="What stands out? Enter keeps it"
      defaultValue={value}
      onInput={() => onType?.(field.current?.value.trim() ?? '')}
      onKeyDown={onKeyDown}
    />
  );
}

type CommentFieldProps = {
  readonly value: string;
  readonly onType?: (text: string) => void;
  readonly onKeep: (text: string) => void;
  readonly onCancel: () => void;
};
