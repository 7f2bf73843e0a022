import { toCurl, toHttp } from '../../src/engine/model/curl.ts';
import { messageText } from '../../src/engine/prompt/message.ts';
import type { PreviewState, RequestState } from '../../src/protocol/views.ts';
import { countOf } from '../format.ts';
import type { MessageView } from '../navigation.ts';
import type { Store } from '../state/store.ts';
import { FoldedText } from '../ui/foldedText.tsx';
import { IconButton } from '../ui/icon.tsx';
import { MessageCard } from '../ui/messageCard.tsx';
import { Section } from '../ui/section.tsx';
import { SourcedText } from './sourcedText.tsx';
import { fieldId } from './variablesForm.tsx';

/** What will be sent. A text that cannot be rendered leaves the last one that could, dimmed. */
export function Messages({ store, preview }: { readonly store: Store; readonly preview: PreviewState }) {
  const { messages, sources, problems, isStale } = preview;
  const cursor = store.cursor.value;
  const request = store.request.value;
  const view = store.navigation.value.messageView;
  const copied = () =>
    view === 'rendered' ? messages.map(messageText).join('\n\n') : wireText(view, preview, request);
  const tokens = store.tokens.value;
  const note = isStale ? 'as of the last text without errors' : totalText(tokens, messages.length);
  return (
    <Section
      title="Messages"
      note={note}
      actions={
        <>
          <ViewChoice view={view} onChange={store.setMessageView} />
          <IconButton
            icon="copy"
            label={`Copy as ${VIEWS[view]}`}
            onClick={() => store.post({ type: 'copy', text: copied() })}
          />
        </>
      }
    >
      {messages.length === 0 ? (
        <p class="note">Nothing to send{problems.length > 0 ? ' until the problems are solved' : ''}.</p>
      ) : view !== 'rendered' ? (
        <Wire view={view} text={wireText(view, preview, request)} />
      ) : (
        <div class={`messages${isStale ? ' is-stale' : ''}`}>
          {messages.map((message, index) => (
            <MessageCard
              key={index}
              message={message}
              note={tokenText(tokens, index)}
              textOf={(text, part) => (
                <SourcedText
                  text={text}
                  place={`${index}.${part}`}
                  sources={sources[index]?.[part] ?? []}
                  cursor={cursor?.message === index && cursor.part === part ? cursor.offset : null}
                  onReveal={(offset) => store.post({ type: 'reveal-source', message: index, part, offset })}
                  onMissing={focusField}
                  originOf={(variable) => originText(preview, variable)}
                />
              )}
            />
          ))}
        </div>
      )}
    </Section>
  );
}

const VIEWS: { readonly [view in MessageView]: string } = {
  rendered: 'text',
  request: 'request',
  json: 'JSON',
  curl: 'cURL',
};

function ViewChoice({
  view,
  onChange,
}: {
  readonly view: MessageView;
  readonly onChange: (view: MessageView) => void;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: buttons of which one is pressed, as in the editor
    <span class="view-choice" role="group" aria-label="Show the messages as">
      {(Object.keys(VIEWS) as MessageView[]).map((each) => (
        <button type="button" key={each} aria-pressed={each === view} onClick={() => onChange(each)}>
          {VIEWS[each]}
        </button>
      ))}
    </span>
  );
}

function Wire({ view, text }: { readonly view: MessageView; readonly text: string }) {
  return (
    <div class="card">
      <div class="card-body">
        <FoldedText key={view} text={text} maxLines={60} />
      </div>
    </div>
  );
}

/** What goes over the wire, with the key by its name. */
function wireText(view: MessageView, { messages }: PreviewState, request: RequestState | null): string {
  if (view === 'json') return JSON.stringify(messages, null, 2);
  if (request === null) return '';
  if ('note' in request) return request.note;
  return view === 'curl' ? toCurl(request) : toHttp(request);
}

type Tokens = Store['tokens']['value'];

function tokenText(tokens: Tokens, index: number): string | null {
  const count = tokens?.counts[index];
  return count === undefined ? null : `${tokens?.exact ? '' : '~'}${countOf(count, 'token')}`;
}

function totalText(tokens: Tokens, messages: number): string | null {
  if (tokens === null || messages < 2) return null;
  const total = tokens.counts.reduce((sum, count) => sum + count, 0);
  return `${tokens.exact ? '' : '~'}${countOf(total, 'token')}${tokens.exact ? '' : ', estimated'}`;
}

/** A variable and where its value comes from, for the reader who asks what they are looking at. */
function originText({ edited, given, caseId }: PreviewState, variable: string): string {
  const [name = variable] = variable.split('.');
  if (edited.includes(name)) return `${variable}: edited here`;
  if (given.includes(name)) return `${variable}: from the case ${caseId}`;
  return `${variable}: the default of the prompt`;
}

/** `user.name` is asked for by the field of `user`. */
function focusField(variable: string): void {
  const [name = variable] = variable.split('.');
  document.getElementById(fieldId(name))?.focus();
}
