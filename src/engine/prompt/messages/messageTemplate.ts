import type { TemplateUse, VariableUse } from '../checkTemplate.ts';
import type { Span } from '../handlebarsTree.ts';
import type { Part, Role } from '../message.ts';

/** A message of a file that lists its messages one by one. Spans are offsets in the file. */
export type MessageTemplate = {
  readonly role: Role;
  readonly roleSpan: Span;
  readonly content: readonly MessageNode[];
};

export type MessageNode =
  | SlotNode
  | { readonly type: 'media'; readonly url: readonly SlotNode[]; readonly span: Span }
  /** A call of a tool or its answer, which no variable reaches. */
  | { readonly type: 'part'; readonly part: Part; readonly span: Span };

/** Text, or the place of a variable in it. */
export type SlotNode =
  | { readonly type: 'text'; readonly value: string; readonly span: Span }
  | { readonly type: 'slot'; readonly parts: readonly string[]; readonly span: Span };

const SLOT = /\{\{\s*([\p{L}_][\p{L}\p{N}_-]*(?:\.[\p{L}\p{N}_-]+)*)\s*\}\}/gu;

/**
 * A text with `{{variable}}` in it, which is all that these files have of a template: other braces are text.
 *
 * @param offsets where each character of the text stands in the file, and last where the text ends
 */
export function readSlots(text: string, offsets: readonly number[]): SlotNode[] {
  const nodes: SlotNode[] = [];
  const spanOf = (start: number, end: number): Span => [offsets[start] ?? 0, (offsets[end - 1] ?? 0) + 1];
  const addText = (start: number, end: number) => {
    // Cut wherever the file has something between two characters, so that each piece is a copy of its place.
    for (let from = start, to = start + 1; from < end; from = to, to++) {
      while (to < end && offsets[to] === (offsets[to - 1] ?? 0) + 1) to++;
      nodes.push({ type: 'text', value: text.slice(from, to), span: spanOf(from, to) });
    }
  };
  let at = 0;
  for (const match of text.matchAll(SLOT)) {
    const end = match.index + match[0].length;
    addText(at, match.index);
    nodes.push({ type: 'slot', parts: (match[1] ?? '').split('.'), span: spanOf(match.index, end) });
    at = end;
  }
  addText(at, text.length);
  return nodes;
}

/** What messages read of the input. */
export function checkMessages(messages: readonly MessageTemplate[]): TemplateUse {
  const variables: VariableUse[] = [];
  const visit = (nodes: readonly MessageNode[]) => {
    for (const node of nodes) {
      if (node.type === 'media') visit(node.url);
      if (node.type !== 'slot') continue;
      variables.push({ parts: node.parts, path: node.parts.join('.'), absolute: false, span: node.span });
    }
  };
  for (const { content } of messages) visit(content);
  return { variables, partials: [], inlines: new Set(), problems: [] };
}
