import { isJsonObject, type Json } from '../../json.ts';
import type { Message, Role } from '../message.ts';

const ROLES: { readonly [name: string]: Role } = {
  ...{ system: 'system', developer: 'system', user: 'user', assistant: 'model', model: 'model', tool: 'tool' },
};

/** Earlier turns given as a value: a list of `{ role, content }` with texts. What is no turn is left out. */
export function threadMessages(value: Json | undefined): Message[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((turn: Json): Message[] => {
    if (!isJsonObject(turn) || typeof turn['role'] !== 'string') return [];
    const name = turn['role'].toLowerCase();
    const role = Object.hasOwn(ROLES, name) ? ROLES[name] : undefined;
    const text = textOf(turn['content']);
    return role === undefined || text === null ? [] : [{ role, content: [{ text }] }];
  });
}

/** A text, or the texts of a list of parts. */
function textOf(content: Json | undefined): string | null {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return null;
  return content.map((part) => (isJsonObject(part) && typeof part['text'] === 'string' ? part['text'] : '')).join('');
}
