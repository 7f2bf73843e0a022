import type { PreviewState } from '../../src/protocol/views.ts';
import type { Store } from '../state/store.ts';
import { MessageCard } from '../ui/messageCard.tsx';
import { Section } from '../ui/section.tsx';
import { SourcedText } from './sourcedText.tsx';
import { fieldId } from './variablesForm.tsx';

/** What will be sent. A text that cannot be rendered leaves the last one that could, dimmed. */
export function Messages({ store, preview }: { readonly store: Store; readonly preview: PreviewState }) {
  const { messages, sources, problems, isStale } = preview;
  const cursor = store.cursor.value;
  const note = isStale ? 'as of the last text without errors' : null;
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
              textOf={(text, part) => (
                <SourcedText
                  text={text}
                  sources={sources[index]?.[part] ?? []}
                  cursor={cursor?.message === index && cursor.part === part ? cursor.offset : null}
                  onReveal={(offset) => store.post({ type: 'reveal-source', message: index, part, offset })}
                  onMissing={focusField}
                />
              )}
            />
          ))}
        </div>
      )}
    </Section>
  );
}

/** `user.name` is asked for by the field of `user`. */
function focusField(variable: string): void {
  const [name = variable] = variable.split('.');
  document.getElementById(fieldId(name))?.focus();
}
