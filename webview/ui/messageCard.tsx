import type { ComponentChildren } from 'preact';
import { type Message, messageText, type Part } from '../../src/engine/prompt/message.ts';
import { countOf } from '../format.ts';
import { FoldedText } from './foldedText.tsx';
import { Icon } from './icon.tsx';

/** A chat message as it is sent. All of it is text: nothing in it is ever interpreted. */
export function MessageCard({ message, note, textOf }: MessageCardProps) {
  return (
    <article class={`card role-${message.role}`}>
      <header class="card-head">
        <h3>{message.role}</h3>
        <span class="note">{note ?? countOf(messageText(message).length, 'character')}</span>
      </header>
      <div class="card-body">
        {message.content.map((part, index) => (
          <MessagePart key={index} part={part} shown={'text' in part ? textOf?.(part.text, index) : undefined} />
        ))}
      </div>
    </article>
  );
}

type MessageCardProps = {
  readonly message: Message;
  /** In place of the number of characters. */
  readonly note?: string | null;
  /** Shows the text of a part otherwise than plainly. */
  readonly textOf?: (text: string, part: number) => ComponentChildren;
};

function MessagePart({ part, shown }: { readonly part: Part; readonly shown: ComponentChildren }) {
  if ('text' in part) return <>{shown ?? <FoldedText text={part.text} />}</>;
  const { icon, title, text } = describePart(part);
  return (
    <div class="card-part">
      <p class="note">
        <Icon name={icon} /> {title}
      </p>
      {text === '' ? null : <FoldedText text={text} maxLines={12} />}
    </div>
  );
}

function describePart(part: Exclude<Part, { readonly text: string }>): { icon: string; title: string; text: string } {
  if ('media' in part) return { icon: 'file-media', title: part.media.contentType ?? 'media', text: part.media.url };
  if ('toolRequest' in part)
    return { icon: 'tools', title: `calls ${part.toolRequest.name}`, text: indented(part.toolRequest.input) };
  if ('toolResponse' in part)
    return { icon: 'tools', title: `${part.toolResponse.name} answers`, text: indented(part.toolResponse.output) };
  if ('data' in part) return { icon: 'json', title: 'data', text: indented(part.data) };
  return { icon: 'ellipsis', title: 'filled in later', text: '' };
}

function indented(value: unknown): string {
  return value === undefined ? '' : JSON.stringify(value, null, 2);
}
