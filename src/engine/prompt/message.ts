import type { Json, JsonObject } from '../json.ts';

/** The shapes of the dotprompt format, so that its conformance suites compare without translation. */
export type Role = 'system' | 'user' | 'model' | 'tool';
export const ROLES: readonly Role[] = ['system', 'user', 'model', 'tool'];

export type Part = { readonly metadata?: JsonObject } & (
  | { readonly text: string }
  | { readonly media: { readonly url: string; readonly contentType?: string } }
  | { readonly data: JsonObject }
  | { readonly toolRequest: { readonly name: string; readonly ref?: string; readonly input?: Json } }
  | { readonly toolResponse: { readonly name: string; readonly ref?: string; readonly output?: Json } }
  | { readonly metadata: JsonObject & { readonly pending: true } }
);

export type Message = { readonly role: Role; readonly content: readonly Part[]; readonly metadata?: JsonObject };

/** The text of a message; parts that are not text are left out. */
export function messageText(message: Message): string {
  return message.content.map((part) => ('text' in part ? part.text : '')).join('');
}
