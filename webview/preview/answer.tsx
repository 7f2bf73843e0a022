import { useLayoutEffect, useRef } from 'preact/hooks';
import type { AnswerState } from '../../src/protocol/views.ts';
import { costTitle, formatCost, formatCount, formatDuration } from '../format.ts';
import type { Store } from '../state/store.ts';
import { FoldedText } from '../ui/foldedText.tsx';
import { Icon, IconButton } from '../ui/icon.tsx';
import { SampleErrorBox } from '../ui/sampleErrorBox.tsx';
import { Section } from '../ui/section.tsx';

/** What the model answers to the case that is shown, as it arrives. */
export function Answer({ store }: { readonly store: Store }) {
  const answer = store.answer.value;
  const end = useRef<HTMLDivElement>(null);
  useFollow(answer, end);
  const text = answer.status === 'idle' ? '' : answer.text;
  return (
    <Section
      title="Answer"
      note={<AnswerNote answer={answer} />}
      actions={
        text === '' ? null : (
          <IconButton icon="copy" label="Copy the answer" onClick={() => store.post({ type: 'copy', text })} />
        )
      }
    >
      {answer.status === 'idle' ? (
        <p class="note">Run sends the messages to the model; the answer shows here.</p>
      ) : (
        <div class="card role-model" aria-busy={answer.status === 'streaming'}>
          <div class="card-body">
            {answer.status === 'streaming' ? (
              <div class="verbatim">
                {answer.text}
                <span class="caret" />
              </div>
            ) : text === '' && answer.status !== 'done' ? null : (
              <FoldedText text={text} />
            )}
            {answer.status === 'error' ? <SampleErrorBox error={answer.error} /> : null}
          </div>
        </div>
      )}
      {answer.status === 'done' ? <Measures answer={answer} /> : null}
      <div class="visually-hidden" role="status">
        {spoken(answer)}
      </div>
      <div ref={end} />
    </Section>
  );
}

function AnswerNote({ answer }: { readonly answer: AnswerState }) {
  if (answer.status === 'streaming')
    return (
      <>
        <Icon name="loading" spin /> {answer.text === '' ? 'waiting for the first token' : 'streaming'}
      </>
    );
  if (answer.status === 'cancelled') return <>stopped; this is what had arrived</>;
  return null;
}

function Measures({ answer }: { readonly answer: Extract<AnswerState, { status: 'done' }> }) {
  return (
    <dl class="measures">
      <div>
        <dt>Latency</dt>
        <dd>{formatDuration(answer.latencyMs)}</dd>
      </div>
      <div>
        <dt>First token</dt>
        <dd>{formatDuration(answer.firstTokenMs)}</dd>
      </div>
      <div>
        <dt>Tokens in</dt>
        <dd>{formatCount(answer.inputTokens)}</dd>
      </div>
      <div>
        <dt>Tokens out</dt>
        <dd>{formatCount(answer.outputTokens)}</dd>
      </div>
      <div>
        <dt>Cost</dt>
        <dd title={costTitle(answer.costUsd)}>{formatCost(answer.costUsd)}</dd>
      </div>
    </dl>
  );
}

function spoken(answer: AnswerState): string {
  switch (answer.status) {
    case 'idle':
      return '';
    case 'streaming':
      return 'The model is answering';
    case 'done':
      return 'The answer is complete';
    case 'cancelled':
      return 'The answer was stopped';
    case 'error':
      return `The call failed: ${answer.error.message}`;
    default:
      return answer satisfies never;
  }
}

/** Keeps the end of a growing answer in sight, until the reader scrolls up, and again once they are back at the end. */
function useFollow(answer: AnswerState, end: { readonly current: HTMLElement | null }): void {
  const before = useRef({ status: answer.status, isFollowing: false, top: 0 });
  useLayoutEffect(() => {
    const scroller = end.current?.closest('.scroller');
    const { status, top, isFollowing } = before.current;
    before.current.status = answer.status;
    if (!end.current || !scroller || (answer.status !== 'streaming' && status !== 'streaming')) return;
    const isFirst = status !== 'streaming';
    const below = end.current.getBoundingClientRect().bottom - scroller.getBoundingClientRect().bottom;
    const hasLeft = isFollowing && scroller.scrollTop < top - 4;
    before.current.isFollowing = isFirst || below < 20 || (isFollowing && !hasLeft);
    if (before.current.isFollowing && below > 0) scroller.scrollTop += below;
    before.current.top = scroller.scrollTop;
  }, [answer, end]);
}
