import { isMap, isScalar, type Pair, parseDocument, type YAMLMap } from 'yaml';
import { propertyName } from '../prompt/picoschema.ts';
import type { PromptDocument } from '../prompt/promptDocument.ts';
import type { TextEdit } from '../textEdit.ts';
import { frontMatterOf } from './promptView.ts';

/**
 * Edits of a front matter that leave every other character alone: comments, quotes and the order of keys stay.
 *
 * @returns null where the front matter cannot be read, or has a value in the place of a mapping
 */
export function setKey(document: PromptDocument, path: readonly string[], value: string): readonly TextEdit[] | null {
  const { text, frontMatterRange } = document;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  if (frontMatterRange === null) {
    const block = blockText(path, value, 0).join(eol);
    return [{ start: 0, end: 0, text: `---${eol}${block}${eol}---${eol}` }];
  }
  const { yaml } = frontMatterOf(document);
  if (yaml === null) return null;
  const [start, end] = yaml;
  const root = parseDocument(text.slice(start, end), { logLevel: 'silent' });
  if (root.errors.length > 0) return null;
  if (root.contents === null || (isScalar(root.contents) && root.contents.value === null)) {
    return [{ start: end, end, text: `${blockText(path, value, 0).join(eol)}${eol}` }];
  }
  if (!isMap(root.contents)) return null;

  let map: YAMLMap = root.contents;
  for (const [depth, key] of path.entries()) {
    const pair = pairOf(map, key);
    const rest = path.slice(depth);
    if (pair === undefined) return [insertPair(text, start, map, rest, value, eol)];
    if (depth === path.length - 1) return null;
    if (isMap(pair.value)) map = pair.value;
    else if (pair.value === null || (isScalar(pair.value) && pair.value.value === null)) {
      const at = start + (isScalar(pair.key) ? (pair.key.range?.[1] ?? 0) : 0);
      const colon = text.indexOf(':', at) + 1;
      const indent = columnOf(text, start + (isScalar(pair.key) ? (pair.key.range?.[0] ?? 0) : 0)) + 2;
      return [{ start: colon, end: colon, text: eol + blockText(path.slice(depth + 1), value, indent).join(eol) }];
    } else return null;
  }
  return null;
}

/** Takes a key with its value out; the whole line where it has one for itself. */
export function removeKey(document: PromptDocument, path: readonly string[]): readonly TextEdit[] | null {
  const { text } = document;
  const { yaml } = frontMatterOf(document);
  if (yaml === null) return null;
  const [start, end] = yaml;
  const root = parseDocument(text.slice(start, end), { logLevel: 'silent' });
  let node: unknown = root.contents;
  for (const [depth, key] of path.entries()) {
    if (!isMap(node)) return null;
    const pair = pairOf(node, key);
    if (pair === undefined || !isScalar(pair.key) || !pair.key.range) return null;
    if (depth < path.length - 1) {
      node = pair.value;
      continue;
    }
    const from = start + pair.key.range[0];
    const to = start + (valueEnd(pair) ?? pair.key.range[1]);
    if (node.flow === true) return [{ ...flowGap(text, from, to), text: '' }];
    const lineStart = text.lastIndexOf('\n', from - 1) + 1;
    const newline = text.indexOf('\n', Math.max(from, to - (text[to - 1] === '\n' ? 1 : 0)));
    return [{ start: lineStart, end: newline === -1 || newline >= end ? end : newline + 1, text: '' }];
  }
  return null;
}

/** Path of the key that declares a variable, as written (`product?`); null when no schema of properties declares it. */
export function declarationPath(document: PromptDocument, variable: string): readonly string[] | null {
  const { keys } = frontMatterOf(document);
  for (const base of ['input.schema.properties', 'input.schema']) {
    for (const [key, [start]] of keys) {
      if (!key.startsWith(`${base}.`)) continue;
      const written = key.slice(base.length + 1);
      const inText = document.text.slice(start).replace(/^["']/, '');
      if (inText.startsWith(written) && propertyName(written) === variable) return [...base.split('.'), written];
    }
  }
  return null;
}

/** Adds a variable to the input schema in the schema's own notation. */
export function declareVariable(document: PromptDocument, variable: string): readonly TextEdit[] | null {
  const { keys } = frontMatterOf(document);
  const isJsonSchema = keys.has('input.schema.properties');
  const path = isJsonSchema ? ['input', 'schema', 'properties', variable] : ['input', 'schema', variable];
  return setKey(document, path, isJsonSchema ? '{ type: string }' : 'string');
}

function insertPair(
  text: string,
  base: number,
  map: YAMLMap,
  path: readonly string[],
  value: string,
  eol: string,
): TextEdit {
  const last = map.items.at(-1);
  const range = map.range ?? [0, 0, 0];
  if (map.flow === true || last === undefined) {
    const flow = `${path.map((key) => quotedKey(key)).join(': { ')}: ${value}${' }'.repeat(path.length - 1)}`;
    if (last === undefined) {
      const at = base + range[0] + 1;
      return { start: at, end: at, text: ` ${flow} ` };
    }
    const at = base + (valueEnd(last) ?? range[1] - 1);
    return { start: at, end: at, text: `, ${flow}` };
  }
  const [first] = map.items;
  const firstKey = isScalar(first?.key) ? (first.key.range?.[0] ?? 0) : 0;
  const indent = columnOf(text, base + firstKey);
  const lines = blockText(path, value, indent);
  // Behind the last value, and behind a comment on its line.
  const stop = base + (valueEnd(last) ?? (isScalar(last.key) ? (last.key.range?.[1] ?? 0) : 0));
  const newline = text.indexOf('\n', stop - (text[stop - 1] === '\n' ? 1 : 0));
  const at = newline === -1 ? text.length : newline + 1;
  return { start: at, end: at, text: `${newline === -1 ? eol : ''}${lines.join(eol)}${eol}` };
}

function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === key);
}

function valueEnd({ value }: Pair): number | undefined {
  const range = (value as { readonly range?: readonly [number, number, number] | null } | null)?.range;
  return range?.[1];
}

/** Of `a: 1, b: 2`, `b: 2` with the comma before it, or `a: 1` with the one behind it. */
function flowGap(text: string, from: number, to: number): { start: number; end: number } {
  const before = /,\s*$/.exec(text.slice(0, from))?.[0].length ?? 0;
  if (before > 0) return { start: from - before, end: to };
  return { start: from, end: to + (/^\s*,\s*/.exec(text.slice(to))?.[0].length ?? 0) };
}

function blockText(path: readonly string[], value: string, indent: number): string[] {
  return path.map((key, depth) => {
    const space = ' '.repeat(indent + 2 * depth);
    return depth === path.length - 1 ? `${space}${quotedKey(key)}: ${value}` : `${space}${quotedKey(key)}:`;
  });
}

function quotedKey(key: string): string {
  return /^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(key) ? key : JSON.stringify(key);
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}
