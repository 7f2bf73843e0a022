import type { ReviewFilter, ReviewQueue } from '../../src/protocol/review.ts';
import { formatCount } from '../format.ts';
import type { Store } from '../state/store.ts';
import { IconButton } from '../ui/icon.tsx';
import { Dropdown } from '../ui/toolkit.tsx';
import { choicesOf, criteriaOf } from './criteria.ts';

const FILTERS: readonly { readonly value: ReviewFilter; readonly label: string }[] = [
  { value: 'unrated', label: 'Not rated by me' },
  { value: 'disagreeing', label: 'Metrics disagree' },
  { value: 'all', label: 'All' },
];

/** How far the rater has come, and what is to be gone through. */
export function ReviewHead({ store, queue, areKeysShown, onKeys }: ReviewHeadProps) {
  const { review } = store;
  const isBlind = review.isBlind.value;
  const rated = queue?.rated ?? 0;
  const total = queue?.total ?? 0;
  return (
    <header class="review-head">
      <div class="review-row">
        <IconButton icon="arrow-left" label="Back to the results (Escape)" onClick={() => review.close()} />
        <h2>Review</h2>
        {queue && queue.metrics.length > 1 && queue.metric !== null ? (
          <Dropdown
            label="Metric"
            value={queue.metric}
            options={queue.metrics.map(({ name }) => ({ value: name, label: name }))}
            onChange={(metric) => review.setMetric(metric)}
          />
        ) : (
          <span class="note review-metric">{queue?.metric}</span>
        )}
        <span class="spacer" />
        <Dropdown
          label="What to go through"
          value={review.query.value?.filter ?? 'unrated'}
          options={FILTERS}
          onChange={(filter) => review.setFilter(filter as ReviewFilter)}
        />
        <IconButton
          icon={isBlind ? 'eye-closed' : 'eye'}
          label={isBlind ? 'Show what it is: prompt, model and scores' : 'Hide prompt, model and scores'}
          pressed={!isBlind}
          onClick={() => review.setBlind(!isBlind)}
        />
        <IconButton icon="keyboard" label="Keys (?)" pressed={areKeysShown} onClick={onKeys} />
      </div>
      {total > 0 ? (
        <div class="review-row review-progress">
          <progress aria-label="Rated by you" max={total} value={rated} />
          <span>
            {formatCount(rated)}/{formatCount(total)}
          </span>
          <span class="note" title="Set another name in the setting touchstone.author">
            as {queue?.rater}
          </span>
        </div>
      ) : null}
      {areKeysShown ? <Keys queue={queue} /> : null}
    </header>
  );
}

type ReviewHeadProps = {
  readonly store: Store;
  readonly queue: ReviewQueue | null;
  readonly areKeysShown: boolean;
  readonly onKeys: () => void;
};

function Keys({ queue }: { readonly queue: ReviewQueue | null }) {
  const criteria = criteriaOf(queue);
  const scales = new Set(criteria.flatMap(({ scale }) => choicesOf(scale).map(({ key }) => key)));
  const keys: (readonly [string, string])[] = [
    [[...scales].sort().join(' '), 'rate'],
    ...(criteria.length > 1 ? ([['← →', 'other criterion']] as const) : []),
    ['j k', 'next, previous'],
    ['c', 'comment'],
    ['u', 'undo'],
    ['Esc', 'back'],
  ];
  return (
    <ul class="review-keys" aria-label="Keys">
      {keys.map(([key, what]) => (
        <li key={what}>
          {key.split(' ').map((one) => (
            <kbd key={one}>{one}</kbd>
          ))}{' '}
          {what}
        </li>
      ))}
    </ul>
  );
}
