import type { ReviewQueue } from '../../src/protocol/review.ts';
import { countOf } from '../format.ts';
import type { Store } from '../state/store.ts';
import { EmptyState } from '../ui/emptyState.tsx';
import { Button } from '../ui/toolkit.tsx';
import { criteriaOf } from './criteria.ts';

const METRIC = '  - human: { scale: [1, 5] }\n    weight: 2\n';

/** The run's suite asks no people yet. */
export function NoPeople({ store }: { readonly store: Store }) {
  return (
    <EmptyState icon="person" title="This suite asks nobody yet">
      <p>Add a metric to it, then evaluate, or re-score this run:</p>
      <pre class="verbatim review-example">{METRIC}</pre>
      <Button icon="copy" onClick={() => store.post({ type: 'copy', text: METRIC })}>
        Copy
      </Button>
    </EmptyState>
  );
}

/** The rater is through. */
export function AllRated({ store, queue }: { readonly store: Store; readonly queue: ReviewQueue }) {
  const { rated, total, query } = queue;
  const { review } = store;
  const isPair = criteriaOf(queue)[0]?.scale === 'prefer';
  const what = isPair ? 'pair' : 'answer';
  if (total === 0)
    return (
      <NothingHere title="There is no answer to rate">
        {isPair ? 'No case has two different answers of two variants.' : 'Every sample of this run ended in an error.'}
      </NothingHere>
    );
  if (queue.items.length === 0 && rated < total)
    return <NothingHere title="Nothing here">No answer fits what you chose above.</NothingHere>;
  const isAll = rated === total;
  return (
    <EmptyState
      icon={isAll ? 'pass-filled' : 'check'}
      title={isAll ? `All ${countOf(total, what)} rated` : 'The end of the queue'}
    >
      <p>
        {isAll
          ? 'The scores have them already. They are kept in this workspace; touchstone ratings export takes them into git.'
          : `${total - rated} of ${countOf(total, what)} are not rated yet.`}
      </p>
      <div class="review-ways">
        {isAll ? null : (
          <Button icon="refresh" onClick={() => review.setFilter('unrated')}>
            Go through those
          </Button>
        )}
        {isAll && query.filter !== 'all' ? (
          <Button icon="list-unordered" onClick={() => review.setFilter('all')}>
            Look through them again
          </Button>
        ) : null}
        <Button icon="table" onClick={() => review.close()}>
          Results
        </Button>
      </div>
    </EmptyState>
  );
}

export function NothingHere({ title, children }: { readonly title: string; readonly children?: string }) {
  return (
    <EmptyState icon="inbox" title={title}>
      {children === undefined ? null : <p>{children}</p>}
    </EmptyState>
  );
}

/** The queue, or the item on show, could not be read. */
export function NotRead({ store, problem }: { readonly store: Store; readonly problem: string }) {
  return (
    <div role="alert">
      <EmptyState icon="error" title="This could not be read">
        <p>{problem}</p>
        <Button icon="refresh" onClick={() => store.review.retry()}>
          Try again
        </Button>
      </EmptyState>
    </div>
  );
}
