import type { Marker } from './evaluate.ts';
import type { Piece } from './interpret.ts';
import type { Message, Part, Role } from './message.ts';

/** Text and parts between two changes of role. */
type Item = Exclude<Piece, { type: 'role' } | { type: 'history' }>;

/** A message being made, or one of the history, which is complete. */
type Draft = { role: Role; readonly items: Item[] } | Message;

/**
 * Messages as the pieces of a template make them, in the reference's way: text before any role is the user's, a role
 * without content is forgotten, text of white space alone is dropped, and what follows `{{history}}` is the model's
 * until a role is named. History that the template does not place goes before the last message if that is the user's,
 * and to the end otherwise.
 */
export function toMessages(pieces: readonly Piece[], history: readonly Message[] = []): readonly Message[] {
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
  const messages = drafts.flatMap((draft): Message[] => {
    if ('content' in draft) return [draft];
    return draft.items.length === 0 ? [] : [{ role: draft.role, content: toParts(draft.items) }];
  });
  return placeHistory(messages, history);
}

type Turn = Extract<Marker, { type: 'role' | 'history' }>;

/** Runs of text and parts, and the turns between them. A run of white space alone is nothing. */
function segments(pieces: readonly Piece[]): (Item[] | Turn)[] {
  const out: (Item[] | Turn)[] = [];
  let run: Item[] = [];
  const close = () => {
    if (run.some((item) => typeof item !== 'string' || item.trim() !== '')) out.push(run);
    run = [];
  };
  for (const piece of pieces) {
    if (typeof piece === 'string' || piece.type === 'media' || piece.type === 'section') run.push(piece);
    else {
      close();
      out.push(piece);
    }
  }
  close();
  return out;
}

function toParts(items: readonly Item[]): Part[] {
  const parts: Part[] = [];
  let text: string[] = [];
  const close = () => {
    const joined = text.join('');
    if (joined.trim() !== '') parts.push({ text: joined });
    text = [];
  };
  for (const item of items) {
    if (typeof item === 'string') text.push(item);
    else {
      close();
      parts.push(item.type === 'section' ? { metadata: { purpose: item.name, pending: true } } : mediaPart(item));
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

function placeHistory(messages: readonly Message[], history: readonly Message[]): readonly Message[] {
  if (messages.some((message) => message.metadata?.purpose === 'history')) return messages;
  const last = messages.at(-1);
  if (last?.role !== 'user') return [...messages, ...history];
  return [...messages.slice(0, -1), ...history, last];
}
