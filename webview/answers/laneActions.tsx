import type { AnswerState } from '../../src/protocol/answers.ts';
import { IconButton } from '../ui/icon.tsx';
import type { LaneCardProps } from './laneCard.tsx';

/** What can be done with an answer, and at the top of a lane with the lane itself. */
export function LaneActions({ store, state, labels, index, exchange, answer }: LaneActionsProps) {
  const { post } = store;
  const lane = state.lanes[index];
  if (!lane) return null;
  const label = labels[index] ?? '';
  // One lane is "the answer"; of several each button says whose it is.
  const of = state.lanes.length > 1 ? ` of ${label}` : '';
  const isLast = exchange === state.followUps.length;
  const text = answer.status === 'idle' ? '' : answer.text;
  const isSaid = answer.status === 'done' || (answer.status === 'cancelled' && text !== '');
  return (
    <span class="lane-actions">
      {answer.status === 'streaming' ? (
        <IconButton
          icon="debug-stop"
          label={`Stop the answer${of}`}
          onClick={() => post({ type: 'stop-lane', lane: lane.id })}
        />
      ) : isLast || answer.status === 'error' ? (
        <IconButton
          icon={answer.status === 'idle' ? 'play' : 'refresh'}
          label={answer.status === 'idle' ? `Ask for the answer${of}` : `Ask again for the answer${of}`}
          onClick={() => post({ type: 'run-lane', lane: lane.id })}
        />
      ) : null}
      {isSaid ? (
        <>
          <IconButton
            icon="edit"
            label={`Edit the answer${of} and go on from there`}
            onClick={() => post({ type: 'edit-turn', target: { exchange, lane: lane.id } })}
          />
          {isLast ? (
            <IconButton
              icon="save-as"
              label={
                state.followUps.length > 0
                  ? `Save the conversation${of} as a case that expects this answer`
                  : `Save as a case that expects the answer${of}`
              }
              onClick={() => post({ type: 'save-case', lane: lane.id })}
            />
          ) : null}
        </>
      ) : null}
      {text === '' ? null : (
        <IconButton icon="copy" label={`Copy the answer${of}`} onClick={() => post({ type: 'copy', text })} />
      )}
      {exchange === 0 && state.lanes.length > 1 ? (
        <>
          <IconButton
            icon="server-environment"
            label={`Change the model of ${label}`}
            onClick={() => post({ type: 'change-lane', lane: lane.id, kind: 'model' })}
          />
          <IconButton
            icon="settings"
            label={`Change the parameters of ${label}`}
            onClick={() => post({ type: 'change-lane', lane: lane.id, kind: 'params' })}
          />
          <IconButton
            icon="close"
            label={`Remove ${label}`}
            onClick={() => post({ type: 'remove-lane', lane: lane.id })}
          />
        </>
      ) : null}
    </span>
  );
}

type LaneActionsProps = LaneCardProps & { readonly answer: AnswerState };
