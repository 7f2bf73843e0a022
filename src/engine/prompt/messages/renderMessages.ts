import { canonicalJson, type Json, type JsonObject } from '../../json.ts';
import type { TextPiece } from '../interpret.ts';
import type { Part } from '../message.ts';
import type { PromptDocument } from '../promptDocument.ts';
import { member, type Value } from '../scope.ts';
import type { TracedMessage } from '../toMessages.ts';
import type { MessageTemplate, SlotNode } from './messageTemplate.ts';

/** The messages as the file lists them, with the values in their places. Messages without any content are left out. */
export function renderMessages(
  messages: readonly MessageTemplate[],
  vars: JsonObject,
  document: PromptDocument,
): TracedMessage[] {
  return messages.flatMap(({ role, content }): TracedMessage[] => {
    const parts: { part: Part; pieces: readonly TextPiece[] | null }[] = [];
    let pieces: TextPiece[] = [];
    const close = () => {
      const text = textOf(pieces);
      if (text !== '') parts.push({ part: { text }, pieces });
      pieces = [];
    };
    for (const node of content) {
      if (node.type === 'text' || node.type === 'slot') {
        pieces.push(pieceOf(node, vars, document));
        continue;
      }
      close();
      if (node.type === 'part') parts.push({ part: node.part, pieces: null });
      else {
        const url = textOf(node.url.map((one) => pieceOf(one, vars, document)));
        if (url !== '') parts.push({ part: { media: { url } }, pieces: null });
      }
    }
    close();
    if (parts.length === 0) return [];
    const message = { role, content: parts.map(({ part }) => part) };
    return [{ message, pieces: parts.map((part) => part.pieces) }];
  });
}

function textOf(pieces: readonly TextPiece[]): string {
  return pieces.map(({ text }) => text).join('');
}

function pieceOf(node: SlotNode, vars: JsonObject, document: PromptDocument): TextPiece {
  const { span } = node;
  if (node.type === 'text') {
    const origin = { document, span, kind: 'text', variable: null, isMissing: false } as const;
    return { type: 'text', text: node.value, origin, skipped: 0, whole: node.value };
  }
  const value = node.parts.reduce<Value>(member, vars);
  const isMissing = value === undefined || value === null;
  const text = isMissing ? '' : shown(value);
  const origin = { document, span, kind: 'value', variable: node.parts.join('.'), isMissing } as const;
  return { type: 'text', text, origin, skipped: 0, whole: text };
}

/** Lists and mappings show as JSON: these formats say nothing of them. */
function shown(value: Json): string {
  if (typeof value === 'string') return value;
  return typeof value === 'object' ? canonicalJson(value) : String(value);
}
