import type { Marker } from './evaluate.ts';
import type { Piece, TextPiece } from './interpret.ts';
import type { Message, Part, Role } from './message.ts';

/** Text and parts between two changes of role. */
type Item = Exclude<Piece, { type: 'role' } | { type: 'history' }>;

/** A message being made, or one of the history, which is complete. */
type Draft = { role: Role; readonly items: Item[] } | Message;

/** A message and, for each of its parts, the pieces that its text is made of; null for other parts and for the history's. */
export type TracedMessage = { readonly message: Message; readonly pieces: readonly (readonly TextPiece[] | null)[] };

/**
 * Messages as the pieces of a template make them, in the reference's way: text before any role is the user's, a role
 * without content is forgotten, text of white space alone is dropped, and what follows `{{history}}` is the model's
 * until a role is named. History that the template does not place goes before the last message if that is the user's,
 * and to the end otherwise.
 */
export function toMessages(pieces: readonly Piece[], history: readonly Message[] = []): readonly TracedMessage[] {
  let current: { role: Role; items: Item[] } = { role: 'user', items: [] };
  const drafts: Draft[] = [current];
  for (const piece of segments(pieces)) {
    if (Array.isArray(piece)) current.items.push(...piece);
    else if (piece.type === 'history') {
      drafts.push(...history.map(asHistory));
      current = { role: 'model', items: [] };
      drafts.push(current);
    } else if (current.items.length === 0) current.role = piece.role;
    else {
      current = { role: piece.role, items: [] };
      drafts.push(current);
    }
  }
  const messages = drafts.flatMap((draft): TracedMessage[] => {
    if ('content' in draft) return [untraced(draft)];
    if (draft.items.length === 0) return [];
    const parts = toParts(draft.items);
    const message = { role: draft.role, content: parts.map(({ part }) => part) };
    return [{ message, pieces: parts.map(({ pieces }) => pieces) }];
  });
  return placeHistory(messages, history);
}

type Turn = Extract<Marker, { type: 'role' | 'history' }>;

/** Runs of text and parts, and the turns between them. A run of white space alone is nothing. */
function segments(pieces: readonly Piece[]): (Item[] | Turn)[] {
  const out: (Item[] | Turn)[] = [];
  let run: Item[] = [];
  const close = () => {
    if (run.some((item) => item.type !== 'text' || item.text.trim() !== '')) out.push(run);
    run = [];
  };
  for (const piece of pieces) {
    if (piece.type === 'text' || piece.type === 'media' || piece.type === 'section') run.push(piece);
    else {
      close();
      out.push(piece);
    }
  }
  close();
  return out;
}

type TracedPart = { readonly part: Part; readonly pieces: readonly TextPiece[] | null };

function toParts(items: readonly Item[]): TracedPart[] {
  const parts: TracedPart[] = [];
  let pieces: TextPiece[] = [];
  const close = () => {
    const text = pieces.map((piece) => piece.text).join('');
    if (text.trim() !== '') parts.push({ part: { text }, pieces });
    pieces = [];
  };
  for (const item of items) {
    if (item.type === 'text') pieces.push(item);
    else {
      close();
      const part: Part =
        item.type === 'section' ? { metadata: { purpose: item.name, pending: true } } : mediaPart(item);
      parts.push({ part, pieces: null });
    }
  }
  close();
  return parts;
}

function mediaPart({ url, contentType }: Extract<Marker, { type: 'media' }>): Part {
  return { media: contentType === undefined ? { url } : { url, contentType } };
}

function asHistory(message: Message): Message {
  return { ...message, metadata: { ...message.metadata, purpose: 'history' } };
}

/** Earlier turns where the template has no place for them: before the last message if that is the user's, else at the end. */
export function placeHistory(
  messages: readonly TracedMessage[],
  history: readonly Message[],
): readonly TracedMessage[] {
  if (messages.some(({ message }) => message.metadata?.purpose === 'history')) return messages;
  const earlier = history.map(untraced);
  const last = messages.at(-1);
  if (last?.message.role !== 'user') return [...messages, ...earlier];
  return [...messages.slice(0, -1), ...earlier, last];
}

function untraced(message: Message): TracedMessage {
  return { message, pieces: message.content.map(() => null) };
}
