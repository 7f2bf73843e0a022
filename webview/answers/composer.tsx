import { useLayoutEffect, useRef } from 'preact/hooks';
import type { AnswersState } from '../../src/protocol/answers.ts';
import { isAnswering } from '../state/answers.ts';
import type { Store } from '../state/store.ts';
import { Button } from '../ui/toolkit.tsx';
import { answerAt } from './laneCard.tsx';

/** Where the conversation goes on, and where an earlier turn is said otherwise. What is typed is the host's at once. */
export function Composer({ store, state }: { readonly store: Store; readonly state: AnswersState }) {
  const { draft, lanes, followUps } = state;
  const field = useRef<HTMLTextAreaElement>(null);
  const edited = draft.target === null ? '' : `${draft.target.exchange} ${draft.target.lane}`;
  const lastEdited = useRef('');
  useLayoutEffect(() => {
    const input = field.current;
    const isOther = edited !== lastEdited.current;
    lastEdited.current = edited;
    if (!input) return;
    // While it has the focus it is the writer's: what comes back from the host is older.
    if (isOther || document.activeElement !== input || input.value === '' || draft.text === '')
      input.value = draft.text;
    if (isOther && edited !== '') input.focus();
  }, [edited, draft.text]);
  const last = lanes.map((_, index) => answerAt(state, index, followUps.length));
  const goesOn = last.some(({ status }) => status === 'done' || status === 'cancelled');
  if (!goesOn && draft.target === null && draft.text === '') return null;
  const calls = last.flatMap((answer) => (answer.status === 'done' ? answer.toolCalls : []));
  const label = labelOf(draft.target, calls.length > 0);
  const isBusy = isAnswering(state);
  const send = () => {
    if (!field.current || field.current.value.trim() === '' || isBusy) return;
    field.current.value = '';
    store.post({ type: 'send-draft' });
  };
  const cancel = () => store.post({ type: 'edit-turn', target: null });
  const onKeyDown = (event: KeyboardEvent) => {
    const isSend = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
    const isCancel = event.key === 'Escape' && draft.target !== null && !isBusy;
    if (!isSend && !isCancel) return;
    // The editor's own key would run the prompt.
    event.preventDefault();
    event.stopPropagation();
    if (isSend) send();
    else cancel();
  };
  return (
    <div class="composer">
      <label for="composer" class="note">
        {label}
      </label>
      <textarea
        ref={field}
        id="composer"
        rows={2}
        placeholder={`${MODIFIER}+Enter sends`}
        onKeyDown={onKeyDown}
        onInput={(event) => store.post({ type: 'set-draft', text: event.currentTarget.value })}
      />
      <div class="composer-actions">
        {draft.target === null ? null : <Button onClick={cancel}>Cancel</Button>}
        <Button icon="send" disabled={isBusy} onClick={send}>
          {draft.target === null ? 'Send' : 'Replace'}
        </Button>
      </div>
    </div>
  );
}

const MODIFIER = /Mac/.test(navigator.platform) ? 'Cmd' : 'Ctrl';

function labelOf(target: AnswersState['draft']['target'], hasCalls: boolean): string {
  if (target === null) return hasCalls ? 'Answer for the tools that the model calls' : 'Go on with the conversation';
  return target.lane === null
    ? 'What was said: all that follows is asked again'
    : 'What the model answered: all that follows is asked again';
}
