import { LineIndex, type SourceRange } from '../problem.ts';
import type { PromptDocument } from '../prompt/promptDocument.ts';
import { frontMatterOf } from './promptView.ts';
import { rolePlaces } from './rolePlaces.ts';

/** A part of a file for its outline. */
export type DocumentSymbol = {
  readonly name: string;
  readonly detail: string;
  readonly kind: 'message' | 'key' | 'variable' | 'metric';
  readonly range: SourceRange;
  /** What is selected when it is chosen; lies within `range`. */
  readonly selection: SourceRange;
  readonly children: readonly DocumentSymbol[];
};

/** The front matter's keys with the declared variables below, then the messages by role. */
export function promptSymbols(document: PromptDocument): DocumentSymbol[] {
  return [...keySymbols(document), ...messageSymbols(document)];
}

function keySymbols(document: PromptDocument): DocumentSymbol[] {
  const { keys, values } = frontMatterOf(document);
  const lines = new LineIndex(document.text);
  const symbol = (
    path: string,
    kind: DocumentSymbol['kind'],
    children: readonly DocumentSymbol[],
  ): DocumentSymbol[] => {
    const key = keys.get(path);
    if (!key) return [];
    const value = values.get(path) ?? key;
    const end = document.text.slice(0, Math.max(key[1], value[1])).trimEnd().length;
    const name = document.text.slice(...key).replace(/^["']|["']$/g, '');
    const shown = children.length > 0 ? '' : (document.text.slice(value[0], end).split('\n')[0] ?? '');
    const range = lines.range(key[0], Math.max(key[1], end));
    return [{ name, detail: shown === name ? '' : shown, kind, range, selection: lines.range(...key), children }];
  };
  const top = Object.keys(document.metadata.raw);
  return top.flatMap((key) => {
    const schemas = [...keys.keys()].filter(
      (path) => (key === 'input' || key === 'output') && new RegExp(`^${key}\\.schema\\.[^.]+$`).test(path),
    );
    return symbol(
      key,
      'key',
      schemas.flatMap((path) => symbol(path, 'variable', [])),
    );
  });
}

function messageSymbols(document: PromptDocument): DocumentSymbol[] {
  const { text, templateRange } = document;
  const lines = new LineIndex(text);
  const places = rolePlaces(document);
  return messageSpans(document)
    .map(({ role, span }, index): DocumentSymbol => {
      const tag = places.find(({ span: [start] }) => start === span[0]);
      const bodyStart = tag ? tag.span[1] : span[0];
      const [first = ''] = text.slice(bodyStart, span[1]).trim().split('\n');
      const selection = tag ? lines.range(...tag.span) : lines.range(span[0], span[0]);
      const range = lines.range(span[0], Math.max(span[1], selection.end.offset));
      const name = role ?? `message ${index + 1}`;
      return { name, detail: first.slice(0, 80), kind: 'message', range, selection, children: [] };
    })
    .filter(({ range }) => range.start.offset >= templateRange.start.offset);
}

/** The stretches of a template that belong to one role each; text before the first role is the user's. Offsets in the file. */
export function messageSpans(
  document: PromptDocument,
): { readonly role: string | null; readonly span: readonly [number, number] }[] {
  const { text, templateRange } = document;
  const [start, end] = [templateRange.start.offset, templateRange.end.offset];
  const places = rolePlaces(document);
  const spans = places.map(({ role, span }, index) => ({
    role,
    span: [span[0], places[index + 1]?.span[0] ?? end] as const,
  }));
  const first = places[0]?.span[0] ?? end;
  const lead = text
    .slice(start, first)
    .replace(/\{\{!(?:--[\s\S]*?--|[^}]*)\}\}/g, '')
    .trim();
  return lead === '' ? spans : [{ role: 'user', span: [start, first] as const }, ...spans];
}
