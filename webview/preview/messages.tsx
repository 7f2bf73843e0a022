import type { PreviewState } from '../../src/protocol/views.ts';
import { countOf } from '../format.ts';
import type { Store } from '../state/store.ts';
import { MessageCard } from '../ui/messageCard.tsx';
import { Section } from '../ui/section.tsx';
import { SourcedText } from './sourcedText.tsx';
import { fieldId } from './variablesForm.tsx';

/** What will be sent. A text that cannot be rendered leaves the last one that could, dimmed. */
export function Messages({ store, preview }: { readonly store: Store; readonly preview: PreviewState }) {
  const { messages, sources, problems, isStale } = preview;
  const cursor = store.cursor.value;
  const tokens = store.tokens.value;
  const note = isStale ? 'as of the last text without errors' : totalText(tokens, messages.length);
  return (
    <Section title="Messages" note={note}>
      {messages.length === 0 ? (
        <p class="note">Nothing to send{problems.length > 0 ? ' until the problems are solved' : ''}.</p>
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
