import type { Span } from '../prompt/handlebarsTree.ts';

/** Where a cursor stands in YAML that need not be complete. `[]` stands for an element of a list. */
export type YamlCursor = {
  /** Keys around the cursor, outermost first; for a value, its own key is the last. */
  readonly path: readonly string[];
  readonly at: 'key' | 'value';
  /** What stands between the beginning of the word and the cursor, quotes left out. */
  readonly typed: string;
  /** Of the whole word, quotes left out; offsets in the text. */
  readonly span: Span;
  /** Keys that stand beside the cursor already. */
  readonly siblings: readonly string[];
};

type Opened = { readonly key: string | null; readonly isList: boolean };

/**
 * Finds what is being written by looking at lines and indentation alone, so that it works in a file that does not parse.
 *
 * @returns null in a comment
 */
export function yamlCursor(text: string, [start, end]: Span, offset: number): YamlCursor | null {
  const lineStart = Math.max(start, text.lastIndexOf('\n', offset - 1) + 1);
  const newline = text.indexOf('\n', offset);
  const lineEnd = newline === -1 || newline > end ? end : newline;
  const line = text.slice(lineStart, Math.max(lineStart, lineEnd)).replace(/\r$/, '');
  const column = offset - lineStart;
  const { indent, dashes, content } = layout(line);
  const read = readLine(line.slice(0, column), Math.min(content, column));
  if (read === null) return null;

  const above = text.slice(start, lineStart).split('\n');
  const parents = blockPath(above, dashes > 0 ? indent : content, dashes > 0);
  const own = [...parents, ...(dashes > 0 ? ['[]'] : [])];
  const flow = read.opened.flatMap(({ key, isList }) => [...(key === null ? [] : [key]), ...(isList ? ['[]'] : [])]);
  const inList = read.opened.at(-1)?.isList === true;
  const at = read.key !== null || inList ? 'value' : 'key';
  const path = [...own, ...flow, ...(read.key === null ? [] : [read.key])];

  const rest = /^[^\s,:}\]"'#]*/.exec(line.slice(column))?.[0].length ?? 0;
  const span: Span = [lineStart + read.wordStart, offset + rest];
  const siblings =
    read.opened.length > 0 ? flowKeys(line) : blockKeys(text.slice(start, end), lineStart - start, content);
  return { path, at, typed: line.slice(read.wordStart, column), span, siblings };
}

function layout(line: string): { indent: number; dashes: number; content: number } {
  const [, spaces = '', dashes = ''] = /^([ \t]*)((?:- +|-$)*)/.exec(line) ?? [];
  return { indent: spaces.length, dashes: dashes.length, content: spaces.length + dashes.length };
}

/** Reads a line up to the cursor: the flow collections that are open there, the key that a value belongs to, the word. */
function readLine(line: string, from: number): { opened: Opened[]; key: string | null; wordStart: number } | null {
  const opened: Opened[] = [];
  let key: string | null = null;
  let word = from;
  let quote = '';
  const next = (at: number): void => {
    word = at;
  };
  for (let at = from; at < line.length; at += 1) {
    const char = line.charAt(at);
    if (quote !== '') {
      if (char === quote) quote = '';
      continue;
    }
    const written = line.slice(word, at).trim();
    if ((char === '"' || char === "'") && written === '') {
      quote = char;
    } else if (char === '#' && (at === 0 || /\s/.test(line.charAt(at - 1)))) {
      return null;
    } else if (char === ':' && /^(\s|$)/.test(line.slice(at + 1))) {
      key = unquoted(written);
      next(at + 1);
    } else if ((char === '{' || char === '[') && written === '') {
      opened.push({ key, isList: char === '[' });
      key = null;
      next(at + 1);
    } else if ((char === '}' || char === ']') && opened.length > 0) {
      key = opened.pop()?.key ?? null;
      next(at + 1);
    } else if (char === ',' && opened.length > 0) {
      key = null;
      next(at + 1);
    }
  }
  const space = /^\s*["']?/.exec(line.slice(word))?.[0].length ?? 0;
  return { opened, key, wordStart: word + space };
}

/** The keys above that a line of this indentation belongs to. */
function blockPath(above: readonly string[], indent: number, isElement: boolean): string[] {
  const path: string[] = [];
  let limit = indent;
  let inList = isElement;
  for (const line of [...above].reverse()) {
    if (/^\s*(#|$)/.test(line)) continue;
    const { indent: dash, dashes, content } = layout(line);
    const key = /^("[^"]*"|'[^']*'|[^\s#][^:#]*?)\s*:(?=\s|$)/.exec(line.slice(content))?.[1];
    if (dashes > 0 && content <= limit && !(inList && dash >= limit)) {
      if (content < limit && key !== undefined) path.unshift(unquoted(key));
      path.unshift('[]');
      limit = dash;
      inList = true;
    } else if (dashes === 0 && key !== undefined && (inList ? content <= limit : content < limit)) {
      path.unshift(unquoted(key));
      limit = content;
      inList = false;
    }
    if (limit === 0 && !inList) break;
  }
  return path;
}

/** Keys of the same mapping, above and below. */
function blockKeys(text: string, lineStart: number, indent: number): string[] {
  const lines = text.split('\n');
  const index = text.slice(0, lineStart).split('\n').length - 1;
  const keys: string[] = [];
  for (const step of [-1, 1]) {
    for (let at = index + step; at >= 0 && at < lines.length; at += step) {
      const line = lines[at] ?? '';
      if (line.trim() === '') continue;
      const { dashes, content } = layout(line);
      if (content < indent || (step === 1 && dashes > 0 && content <= indent)) break;
      const key = /^([^\s#:][^:#]*?)\s*:(?=\s|$)/.exec(line.slice(content))?.[1];
      if (content === indent && key !== undefined) keys.push(unquoted(key));
      if (dashes > 0 && content <= indent) break;
    }
  }
  return keys;
}

function flowKeys(line: string): string[] {
  return [...line.matchAll(/[{,]\s*([\w.$-]+)\s*:/g)].map((match) => match[1] ?? '');
}

function unquoted(text: string): string {
  return text.replace(/^(["'])(.*)\1$/, '$2');
}
