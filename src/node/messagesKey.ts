import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from '../engine/json.ts';
import type { Message } from '../engine/prompt/message.ts';

/** Names rendered messages: the same for the same messages, so that an answer can be told from one to an older text. */
export function messagesKey(messages: readonly Message[]): string {
  const text = canonicalJson(messages as unknown as Json);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
