import { useMemo } from 'preact/hooks';
import type { ReviewAnswer, ReviewItem, ReviewQueue } from '../../src/protocol/review.ts';
import { ToolCalls } from '../answers/toolCalls.tsx';
import { inTypesOf } from '../expectedValue.ts';
import { formatScore } from '../format.ts';
import { indentJson, readableJson } from '../readable.ts';
import type { Store } from '../state/store.ts';
import { FoldedText } from '../ui/foldedText.tsx';
import { Icon } from '../ui/icon.tsx';
import { MessageCard } from '../ui/messageCard.tsx';
import { Section } from '../ui/section.tsx';
import { Variables } from '../ui/variables.tsx';
import { NothingHere } from './reviewEmpty.tsx';

/** What was asked, what was expected, and what came: all that a rater needs, and nothing that would sway them. */
export function ReviewBody({ store, queue }: { readonly store: Store; readonly queue: ReviewQueue }) {
  const item = store.review.item.value;
  const form = queue.metrics.find(({ name }) => name === queue.metric)?.form;
  if (item === undefined) return <p class="note">Reading the answer…</p>;
  if (item === null) return <NothingHere title="This answer is no longer in the history." />;
  const isPair = item.answers.length > 1;
  return (
    <>
      {form?.instructions ? (
        <p class="callout review-instructions">
          <Icon name="info" /> <span>{form.instructions}</span>
        </p>
      ) : null}
      <Section title="Asked">
        <Variables vars={item.vars} />
        {item.history.map((message, index) => (
          <MessageCard key={index} message={message} />
        ))}
      </Section>
      <div class={`review-answers${isPair ? ' is-pair' : ''}`}>
        {item.answers.map((answer, side) => (
          <Answer key={side} store={store} item={item} answer={answer} side={side} />
        ))}
        {item.expected === null ? null : <Expected item={item} />}
      </div>
    </>
  );
}

function Answer({ store, item, answer, side }: AnswerProps) {
  const isPair = item.answers.length > 1;
  const title = isPair ? (side === 0 ? 'Left' : 'Right') : 'Answer';
  const text = useMemo(() => indentJson(answer.output) ?? answer.output, [answer.output]);
  return (
    <Section title={title} note={<Who store={store} item={item} side={side} />}>
      <div class="card review-card">
        <div class="card-body">
          <FoldedText text={text} maxLines={80} />
          <ToolCalls calls={answer.toolCalls} />
        </div>
      </div>
    </Section>
  );
}

type AnswerProps = {
  readonly store: Store;
  readonly item: ReviewItem;
  readonly answer: ReviewAnswer;
  readonly side: number;
};

/** Who answered, and what the metrics say: only when the rater wants to know. */
function Who({ store, item, side }: Pick<AnswerProps, 'store' | 'item' | 'side'>) {
  const { review } = store;
  if (review.isBlind.value) return null;
  const { key } = item;
  const detail = review.details.value.get((side === 0 ? key.sampleId : key.partnerId) ?? -1);
  if (!detail) return null;
  const { variant, row } = detail;
  return <>{`${variant.prompt} · ${variant.model} · composite ${formatScore(row.composite)}`}</>;
}

function Expected({ item }: { readonly item: ReviewItem }) {
  const first = item.answers[0]?.output ?? '';
  const text = useMemo(
    () => (item.expected === null ? '' : readableJson(inTypesOf(item.expected, first))),
    [item, first],
  );
  return (
    <Section title="Expected">
      <div class="card review-card is-expected">
        <div class="card-body">
          <FoldedText text={text} maxLines={80} />
        </div>
      </div>
    </Section>
  );
}
