import { useRef } from 'preact/hooks';
import type { AnswersState } from '../../src/protocol/answers.ts';
import type { AnswerView } from '../navigation.ts';
import { indentJson } from '../readable.ts';
import { isAnswering } from '../state/answers.ts';
import type { Store } from '../state/store.ts';
import { FoldedText } from '../ui/foldedText.tsx';
import { IconButton } from '../ui/icon.tsx';
import { Section } from '../ui/section.tsx';
import { ViewSwitch } from '../ui/viewSwitch.tsx';
import { Composer } from './composer.tsx';
import { LaneCard } from './laneCard.tsx';
import { laneLabels } from './laneLabels.ts';
import { spokenAnswers } from './spoken.ts';
import { useFollow } from './useFollow.ts';

/** What the models answer to the case that is shown, lane beside lane, and the conversation that goes on from it. */
export function Answers({ store }: { readonly store: Store }) {
  const state = store.answers.value;
  return state === null ? null : <Conversation store={store} state={state} />;
}

function Conversation({ store, state }: { readonly store: Store; readonly state: AnswersState }) {
  const { lanes, followUps, answers } = state;
  const end = useRef<HTMLDivElement>(null);
  // Of lanes that grow at once none can be followed.
  useFollow(isAnswering(state) && lanes.length === 1, state, end);
  const labels = laneLabels(lanes, store.playground.value?.model ?? null);
  const views = viewsOf(state);
  const view = views.find(({ id }) => id === store.navigation.value.answerView)?.id ?? 'read';
  const isEmpty = answers.flat().every(({ status }) => status === 'idle');
  return (
    <Section
      title={lanes.length > 1 ? 'Answers' : 'Answer'}
      actions={
        <>
          {views.length > 1 ? (
            <ViewSwitch label="Show answers" views={views} view={view} onSelect={store.setAnswerView} />
          ) : null}
          {isEmpty ? null : (
            <IconButton
              icon="clear-all"
              label="Clear the conversation"
              onClick={() => store.post({ type: 'clear-conversation' })}
            />
          )}
        </>
      }
    >
      {[null, ...followUps].map((followUp, exchange) => (
        <div key={exchange} class="exchange">
          {followUp === null ? null : <Turn store={store} text={followUp} exchange={exchange} />}
          <div class={`lanes${lanes.length > 1 ? ' has-many' : ''}`}>
            {lanes.map(({ id }, index) => (
              <LaneCard key={id} {...{ store, state, labels, index, exchange, view }} />
            ))}
          </div>
        </div>
      ))}
      {state.hasRoom ? <AddLanes store={store} /> : null}
      <Composer store={store} state={state} />
      <div class="visually-hidden" role="status">
        {spokenAnswers(state)}
      </div>
      <div ref={end} />
    </Section>
  );
}

/** What the user said. */
function Turn({ store, text, exchange }: { readonly store: Store; readonly text: string; readonly exchange: number }) {
  return (
    <article class="card role-user">
      <header class="card-head">
        <h3>user</h3>
        <IconButton
          icon="edit"
          label="Edit this turn and go on from there"
          onClick={() => store.post({ type: 'edit-turn', target: { exchange, lane: null } })}
        />
      </header>
      <div class="card-body">
        <FoldedText text={text} />
      </div>
    </article>
  );
}

function AddLanes({ store }: { readonly store: Store }) {
  const add = (kind: 'model' | 'params' | 'HEAD') => () => store.post({ type: 'add-lane', kind });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; these are buttons
    <div class="add-lanes" role="group" aria-label="Compare side by side">
      <span class="note">Compare:</span>
      <button type="button" class="link-button" title="Add a lane with another model" onClick={add('model')}>
        + model
      </button>
      <button type="button" class="link-button" title="Add a lane with other parameters" onClick={add('params')}>
        + parameters
      </button>
      <button
        type="button"
        class="link-button"
        title="Add a lane with the prompt of the last commit"
        onClick={add('HEAD')}
      >
        vs HEAD
      </button>
    </div>
  );
}

/** Only what makes a difference is offered. */
function viewsOf({ lanes, answers }: AnswersState): readonly { readonly id: AnswerView; readonly label: string }[] {
  const hasJson = answers
    .flat()
    .some((one) => ('check' in one && one.check !== null) || (one.status === 'done' && indentJson(one.text) !== null));
  const diff = lanes.length > 1 ? [{ id: 'diff', label: 'Diff' } as const] : [];
  const raw = hasJson ? [{ id: 'raw', label: 'Raw' } as const] : [];
  return [{ id: 'read', label: 'Read' }, ...raw, ...diff];
}
