import { isMap, isNode, isScalar, type Pair, type YAMLMap } from 'yaml';
import type { TextEdit } from '../textEdit.ts';

/** Sets keys of an entry of a list; one that is a bare word becomes a mapping with the word as its first key. */
export function withKeys(
  text: string,
  entry: unknown,
  keys: readonly (readonly [key: string, value: string])[],
  isInFlow: boolean,
): TextEdit[] {
  if (isMap(entry)) return mergedInserts(keys.map(([key, value]) => setKey(text, entry, key, value)));
  if (!isScalar(entry) || !entry.range) return [];
  const [start, end] = entry.range;
  const word = text.slice(start, end);
  const indent = ' '.repeat(columnOf(text, start));
  const pairs = keys.map(([key, value]) => `${key}: ${value}`);
  const written = isInFlow
    ? `{ ${word}: , ${pairs.join(', ')} }`
    : [`${word}:`, ...pairs.map((pair) => `${indent}${pair}`)].join('\n');
  return [{ start, end, text: written }];
}

/** The edit that gives a key of a mapping a value, in the mapping's own style; the key is added where there is none. */
export function setKey(text: string, map: YAMLMap, key: string, value: string): TextEdit {
  const pair = map.items.find((one: Pair) => isScalar(one.key) && one.key.value === key);
  const known = isNode(pair?.value) ? pair.value.range : undefined;
  if (known) return { start: known[0], end: known[1], text: value };
  const [start, end] = map.range ?? [0, 0];
  if (map.flow) {
    const inside = text.slice(0, end - 1).trimEnd().length;
    const separator = map.items.length === 0 ? ' ' : ', ';
    const closing = inside === end - 1 && map.items.length === 0 ? ' ' : '';
    return { start: inside, end: inside, text: `${separator}${key}: ${value}${closing}` };
  }
  const at = endOfLine(text, endOf(map));
  return { start: at, end: at, text: `\n${' '.repeat(columnOf(text, start))}${key}: ${value}` };
}

/** Several additions at one place are one, so that their order is theirs. */
function mergedInserts(edits: readonly TextEdit[]): TextEdit[] {
  const merged: TextEdit[] = [];
  for (const edit of edits) {
    const last = merged.at(-1);
    if (last && last.start === last.end && edit.start === edit.end && edit.start === last.start) {
      merged[merged.length - 1] = { ...last, text: last.text + edit.text };
    } else merged.push(edit);
  }
  return merged;
}

/** Where the last value of a block mapping ends; comments behind it are not a part of it. */
function endOf(map: YAMLMap): number {
  const last: unknown = map.items.at(-1);
  const { key, value } = (last ?? {}) as { key?: unknown; value?: unknown };
  if (isMap(value) && !value.flow && value.items.length > 0) return endOf(value);
  const node = isNode(value) && value.range ? value : isNode(key) ? key : map;
  return node.range?.[1] ?? 0;
}

function endOfLine(text: string, offset: number): number {
  // A block scalar ends behind its line break.
  const from = text[offset - 1] === '\n' ? offset - 1 : offset;
  const at = text.indexOf('\n', from);
  const end = at === -1 ? text.length : at;
  return text[end - 1] === '\r' ? end - 1 : end;
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}
