import { isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';
import { LineIndex } from '../problem.ts';
import type { DocumentSymbol } from './promptSymbols.ts';

/** The keys of a suite, with its metrics below theirs. */
export function suiteSymbols(text: string): DocumentSymbol[] {
  const { contents } = parseDocument(text, { logLevel: 'silent' });
  const lines = new LineIndex(text);
  if (!isMap(contents)) return [];
  return contents.items.flatMap(({ key, value }): DocumentSymbol[] => {
    if (!isScalar(key) || !key.range) return [];
    const node = value as Node | null;
    const end = text.slice(0, Math.max(key.range[1], node?.range?.[1] ?? 0)).trimEnd().length;
    const range = lines.range(key.range[0], Math.max(key.range[1], end));
    const selection = lines.range(key.range[0], key.range[1]);
    const detail = isScalar(node) ? String(node.value ?? '') : '';
    const children =
      key.value === 'metrics' && isSeq(node) ? node.items.flatMap((item) => metric(item, text, lines)) : [];
    return [{ name: String(key.value), detail, kind: 'key', range, selection, children }];
  });
}

function metric(item: unknown, text: string, lines: LineIndex): DocumentSymbol[] {
  const name = isScalar(item) ? item : isMap(item) ? item.items[0]?.key : null;
  const range = (item as Node).range;
  if (!isScalar(name) || !name.range || !range) return [];
  const end = text.slice(0, range[1]).trimEnd().length;
  const whole = lines.range(Math.min(range[0], name.range[0]), Math.max(end, name.range[1]));
  return [
    {
      name: String(name.value),
      detail: '',
      kind: 'metric',
      range: whole,
      selection: lines.range(name.range[0], name.range[1]),
      children: [],
    },
  ];
}
