import type { ComponentChildren } from 'preact';
import type { AnswerState, AnswersState } from '../../src/protocol/answers.ts';
import type { AnswerView } from '../navigation.ts';
import type { Store } from '../state/store.ts';
import { Icon } from '../ui/icon.tsx';
import { SampleErrorBox } from '../ui/sampleErrorBox.tsx';
import { AnswerDiff } from './answerDiff.tsx';
import { AnswerText, SchemaNote } from './answerText.tsx';
import { LaneActions } from './laneActions.tsx';
import { Measures } from './measures.tsx';
import { ToolCalls } from './toolCalls.tsx';

export type LaneCardProps = {
  readonly store: Store;
  readonly state: AnswersState;
  /** Of all lanes. */
  readonly labels: readonly string[];
  /** Place of the lane. */
  readonly index: number;
  readonly exchange: number;
  readonly view: AnswerView;
};

/** What one lane answers at one exchange, and what can be done with it. */
export function LaneCard(props: LaneCardProps) {
  const { state, labels, index, exchange, view } = props;
  const answer = answerAt(state, index, exchange);
  const label = labels[index] ?? '';
  return (
    <article class="card role-model lane" aria-busy={answer.status === 'streaming'} aria-label={label}>
      <header class="card-head lane-head">
        <h3 title={label}>{label}</h3>
        <LaneNote state={state} index={index} exchange={exchange} />
        <LaneActions {...props} answer={answer} />
      </header>
      <div class="card-body">
        {answer.status === 'idle' ? (
          <p class="note">{idleWords(state, index, exchange)}</p>
        ) : (
          <>
            <Text
              answer={answer}
              first={index === 0 ? null : answerAt(state, 0, exchange)}
              labels={labels}
              view={view}
            />
            {answer.status === 'done' && answer.toolCalls.length > 0 ? <ToolCalls calls={answer.toolCalls} /> : null}
            {'check' in answer && answer.check ? (
              <SchemaNote check={answer.check} isGrowing={answer.status === 'streaming'} />
            ) : null}
            {answer.status === 'error' ? <SampleErrorBox error={answer.error} /> : null}
            {answer.status === 'done' && answer.refusedStream ? (
              <p class="note">The server refused to stream, so it was asked once more for the whole answer.</p>
            ) : null}
          </>
        )}
      </div>
      {answer.status === 'done' && !answer.edited ? (
        <footer class="lane-foot">
          <Measures facts={answer} />
        </footer>
      ) : null}
    </article>
  );
}

export function answerAt({ answers }: AnswersState, index: number, exchange: number): AnswerState {
  return answers[index]?.[exchange] ?? { status: 'idle' };
}

function Text({ answer, first, labels, view }: TextProps) {
  // A difference to what still grows would change with every word.
  if (view === 'diff' && answer.status === 'done' && first?.status === 'done')
    return <AnswerDiff first={first.text} firstLabel={labels[0] ?? ''} text={answer.text} />;
  return <AnswerText answer={answer} isRaw={view === 'raw'} />;
}

type TextProps = {
  readonly answer: Exclude<AnswerState, { readonly status: 'idle' }>;
  /** null for the first lane itself. */
  readonly first: AnswerState | null;
  readonly labels: readonly string[];
  readonly view: AnswerView;
};

function LaneNote({ state, index, exchange }: { state: AnswersState; index: number; exchange: number }) {
  const answer = answerAt(state, index, exchange);
  const words: ComponentChildren[] = [];
  if (answer.status === 'streaming')
    words.push(
      <>
        <Icon name="loading" spin /> {answer.text === '' ? 'waiting' : 'streaming'}
      </>,
    );
  if (answer.status === 'cancelled') words.push('stopped');
  if (answer.status === 'done' && answer.edited) words.push('edited');
  if (exchange === 0 && state.outdated.includes(state.lanes[index]?.id ?? ''))
    words.push(<span title="The messages are others by now; run again for an answer to them">to an earlier text</span>);
  return words.length === 0 ? null : <span class="note lane-note">{words}</span>;
}

function idleWords(state: AnswersState, index: number, exchange: number): string {
  if (exchange > 0) return 'Not asked: there is no answer before it to go on from.';
  return index === 0 && state.lanes.length === 1
    ? 'Run sends the messages to the model; the answer shows here.'
    : 'Not asked yet.';
}
