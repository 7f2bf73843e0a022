import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Store } from '../state/store.ts';
import { choicesOf, criteriaOf } from './criteria.ts';
import { RateBar } from './rateBar.tsx';
import { ReviewBody } from './reviewBody.tsx';
import { AllRated, NoPeople, NothingHere, NotRead } from './reviewEmpty.tsx';
import { ReviewHead } from './reviewHead.tsx';

/** People rate answers, one at a time and by keyboard, without knowing whose they are. */
export function Review({ store }: { readonly store: Store }) {
  const { review } = store;
  const element = useRef<HTMLElement>(null);
  const [isCommenting, setCommenting] = useState(false);
  const [areKeysShown, setKeysShown] = useState(false);
  const queue = review.queue.value;
  const index = review.index.value;
  const item = queue?.items[index];
  // The rater has asked for the review: its keys work from the first one on.
  useLayoutEffect(() => element.current?.focus(), []);
  const body = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    body.current?.scrollTo(0, 0);
    setCommenting(false);
  }, [index]);
  const endComment = () => {
    setCommenting(false);
    element.current?.focus();
  };
  const close = () => review.close();
  const onKeyDown = (event: KeyboardEvent) => {
    const isTyping = (event.target as Element).closest('textarea, vscode-dropdown') !== null;
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = keyAction(event.key, store, {
      close,
      comment: () => setCommenting(true),
      help: () => setKeysShown(!areKeysShown),
    });
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  return (
    <section ref={element} class="review" tabIndex={-1} aria-label="Review" onKeyDown={onKeyDown}>
      <ReviewHead
        store={store}
        queue={queue ?? null}
        areKeysShown={areKeysShown}
        onKeys={() => setKeysShown(!areKeysShown)}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long answer is scrolled by keyboard */}
      <section ref={body} class="review-body" tabIndex={0} aria-label="Answer">
        {queue === null ? <NothingHere title="This run is no longer in the history." /> : null}
        {queue?.metric === null ? <NoPeople store={store} /> : null}
        {queue && queue.metric !== null && !item ? <AllRated store={store} queue={queue} /> : null}
        {review.failure.value === null ? null : <NotRead store={store} problem={review.failure.value} />}
        {queue && item && review.failure.value === null ? <ReviewBody store={store} queue={queue} /> : null}
      </section>
      {queue && item ? (
        <RateBar
          review={review}
          queue={queue}
          isCommenting={isCommenting}
          onComment={() => setCommenting(true)}
          onCommentEnd={endComment}
        />
      ) : null}
      <p class="visually-hidden" role="status">
        {queue && review.said.value !== '' ? `${review.said.value}. ${queue.rated} of ${queue.total} rated.` : ''}
      </p>
    </section>
  );
}

type Ways = { readonly close: () => void; readonly comment: () => void; readonly help: () => void };

/** What a key does; undefined where it is none of ours. */
function keyAction(key: string, { review }: Store, { close, comment, help }: Ways): (() => void) | undefined {
  const queue = review.queue.peek() ?? null;
  const criteria = criteriaOf(queue);
  const focused = criteria[review.criterion.peek()];
  const choice = focused && choicesOf(focused.scale).find((one) => one.key === key.toLowerCase());
  const isAsked = queue !== null && queue.items[review.index.peek()] !== undefined;
  if (choice && isAsked) return () => review.rate(choice.value);
  switch (key) {
    case 'j':
      return () => review.move(1);
    case 'k':
      return () => review.move(-1);
    case 'c':
      return isAsked ? comment : undefined;
    case 'u':
      return () => review.undo();
    case '[':
    case 'ArrowLeft':
      return () => review.setCriterion(review.criterion.peek() - 1);
    case ']':
    case 'ArrowRight':
      return () => review.setCriterion(review.criterion.peek() + 1);
    case '?':
      return help;
    case 'Escape':
      return close;
    default:
      return undefined;
  }
}
