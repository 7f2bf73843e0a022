import { isAlias, isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { LineIndex } from '../problem.ts';
import type { Draft } from './draft.ts';
import type { Span } from './handlebarsTree.ts';

/** Where a prompt file divides. Offsets in the file. */
export type Division = {
  /** From the first `---` to the end of the second; null without front matter. */
  readonly frontMatter: Span | null;
  readonly yaml: Span;
  readonly body: Span;
  readonly problems: readonly Draft[];
};

/** The YAML of a front matter. Offsets in the file. */
export type FrontMatter = {
  readonly value: JsonObject;
  readonly keys: ReadonlyMap<string, Span>;
  readonly values: ReadonlyMap<string, Span>;
  readonly problems: readonly Draft[];
};

/** How many mappings and lists may lie in one another. */
const MAX_DEPTH = 64;

/**
 * Divides a prompt file. Front matter begins at the first character or is not there.
 *
 * Three things are read here that the reference would send to the model as text, each with a problem: an empty front
 * matter, one behind a heading of comments, and one whose closing line ends the file without a line break.
 */
export function divide(text: string): Division {
  const bodyOnly: Division = { frontMatter: null, yaml: [0, 0], body: [0, text.length], problems: [] };
  const opening = openingLine(text);
  if (opening === null) return bodyOnly;
  const closing = closingLine(text, opening.end);
  if (closing === null) return opening.start > 0 ? bodyOnly : { ...bodyOnly, problems: [unclosed([0, 3])] };
  const yaml: Span = [opening.end, closing.start];
  if (opening.start > 0 && !looksLikeMetadata(text.slice(...yaml))) return bodyOnly;
  const body: Span = trimmed(text, closing.end);
  const problems = opening.start > 0 ? [misplaced([opening.start, opening.start + 3])] : [];
  if (text.slice(...yaml).trim() === '') problems.push(empty([opening.start, closing.start + 3]));
  else if (!/[\r\n]/.test(text.slice(closing.start))) problems.push(endsFile([closing.start, closing.start + 3]));
  return { frontMatter: [opening.start, closing.start + 3], yaml, body, problems };
}

/** Reads the YAML between the lines of a front matter; never throws. */
export function readYaml(text: string, [start, end]: Span): FrontMatter {
  const keys = new Map<string, Span>();
  const values = new Map<string, Span>();
  const problems: Draft[] = [];
  const fail = (message: string, span: Span) => problems.push(yamlProblem(message, span));
  let value: JsonObject = {};
  try {
    const document = parseDocument(text.slice(start, end), { prettyErrors: false, logLevel: 'error' });
    for (const { message, pos } of firstOfEachLine(document.errors, text.slice(start, end))) {
      fail(message, [start + pos[0], start + pos[1]]);
    }
    for (const { message, pos } of document.warnings) fail(message, [start + pos[0], start + pos[1]]);
    const plain = toJson(document.toJS({ maxAliasCount: 100 }), 0);
    if (isJsonObject(plain)) value = plain;
    else if (plain !== null && problems.length === 0) {
      problems.push(notMapping([start, end]));
    }
    if (document.contents) collectSpans(document.contents, '', start, keys, values, 0);
  } catch (error) {
    // Too many aliases, aliases of nothing, or nesting that no stack holds.
    if (problems.length === 0) fail(error instanceof Error ? error.message : String(error), [start, end]);
  }
  const wide = problems.length > 0 ? wideColon(text, [start, end]) : null;
  return { value, keys, values, problems: wide === null ? problems : [wide] };
}

/** A colon as Chinese and Japanese keyboards write it is none in YAML, which then finds fault with something else. */
function wideColon(text: string, [start, end]: Span): Draft | null {
  const found = /^[ ]*[A-Za-z][\w.]*(：)/m.exec(text.slice(start, end));
  if (found === null) return null;
  const at = start + found.index + found[0].length - 1;
  return {
    severity: 'error',
    code: 'front-matter-yaml',
    message: 'After a key stands `：`, a full-width colon, which YAML does not take for one.',
    remedy: 'Write `:` and a space.',
    span: [at, at + 1],
  };
}

/** The parser goes on after a mistake and then finds fault with every token that follows. */
function firstOfEachLine<E extends { readonly message: string; readonly pos: readonly [number, number] }>(
  errors: readonly E[],
  yaml: string,
): E[] {
  const lines = new LineIndex(yaml);
  const seen = new Set<number>();
  return errors.filter(({ message, pos }, index) => {
    const { line } = lines.position(pos[0]);
    if (seen.has(line) || (index > 0 && message.includes('in YAML stream'))) return false;
    seen.add(line);
    return true;
  });
}

const OPENING = /^---\s*?(?:\r\n|\r|\n)/;
const HEADING = /^\uFEFF?(?:[^\S\r\n]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))*/;

function openingLine(text: string): { start: number; end: number } | null {
  const heading = HEADING.exec(text)?.[0].length ?? 0;
  for (const start of text.startsWith('---') ? [0] : [heading]) {
    const line = OPENING.exec(text.slice(start));
    if (line) return { start, end: start + line[0].length };
  }
  return null;
}

function closingLine(text: string, from: number): { start: number; end: number } | null {
  const line = /(?<=^|[\r\n])---[^\S\r\n]*(?:\r\n|\r|\n|$)/g;
  line.lastIndex = from;
  const found = line.exec(text);
  return found ? { start: found.index, end: found.index + found[0].length } : null;
}

/** The reference trims the body of a file that has front matter, and leaves every other file as it is. */
function trimmed(text: string, from: number): Span {
  const body = text.slice(from);
  const start = from + body.length - body.trimStart().length;
  return [start, Math.max(start, from + body.trimEnd().length)];
}

/** Between two rules of a Markdown file there is text; between the lines of a front matter there are keys. */
function looksLikeMetadata(yaml: string): boolean {
  return /^(?:model|config|input|output|tools|toolDefs|name|description|variant)[^\S\r\n]*:/m.test(yaml);
}

/** Plain data only. What JSON cannot say becomes null. */
function toJson(value: unknown, depth: number): Json {
  if (depth > MAX_DEPTH) throw new Error(`it is nested more than ${MAX_DEPTH} levels deep`);
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.map((item) => toJson(item, depth + 1));
  if (!isJsonObject(value)) return null;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toJson(item, depth + 1)]));
}

function collectSpans(
  node: unknown,
  path: string,
  base: number,
  keys: Map<string, Span>,
  values: Map<string, Span>,
  depth: number,
): void {
  if (depth > MAX_DEPTH) return;
  if (isSeq(node)) {
    for (const [index, item] of node.items.entries()) {
      const at = join(path, String(index));
      const span = spanOf(item, base);
      if (span) values.set(at, span);
      collectSpans(item, at, base, keys, values, depth + 1);
    }
  }
  if (!isMap(node)) return;
  for (const pair of node.items) {
    if (!isScalar(pair.key)) continue;
    const at = join(path, String(pair.key.value));
    const keySpan = spanOf(pair.key, base);
    if (keySpan) keys.set(at, keySpan);
    const isNothing = isScalar(pair.value) && pair.value.value === null;
    const span = isNothing ? keySpan : (spanOf(pair.value, base) ?? keySpan);
    if (span) values.set(at, span);
    collectSpans(pair.value, at, base, keys, values, depth + 1);
  }
}

function spanOf(node: unknown, base: number): Span | null {
  if (!isScalar(node) && !isMap(node) && !isSeq(node) && !isAlias(node)) return null;
  const range = (node as Node).range;
  return range ? [base + range[0], base + range[1]] : null;
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function unclosed(span: Span): Draft {
  return {
    severity: 'error',
    code: 'front-matter-unclosed',
    message: 'The front matter that begins here is never closed.',
    remedy: 'Add a line --- after it.',
    span,
  };
}

function misplaced(span: Span): Draft {
  return {
    severity: 'error',
    code: 'front-matter-not-first',
    message: 'Front matter must begin on the first line: here it would be sent to the model as text.',
    remedy: 'Move what stands above it below this line; YAML takes comments with #.',
    span,
  };
}

function empty(span: Span): Draft {
  return {
    severity: 'warning',
    code: 'front-matter-empty',
    message: 'The front matter is empty; other implementations send it to the model as text.',
    remedy: 'Remove it, or name the model in it.',
    span,
  };
}

function endsFile(span: Span): Draft {
  return {
    severity: 'warning',
    code: 'front-matter-ends-file',
    message: 'No template follows, and without a line break here other implementations send the front matter as text.',
    remedy: 'Write the template below this line.',
    span,
  };
}

function notMapping(span: Span): Draft {
  return {
    severity: 'error',
    code: 'front-matter-type',
    message: 'The front matter must be a mapping of keys to values.',
    remedy: 'Write lines such as model: openai/gpt-5-mini.',
    span,
  };
}

function yamlProblem(message: string, span: Span): Draft {
  const text = message.trim().replace(/\.$/, '');
  return {
    severity: 'error',
    code: 'front-matter-yaml',
    message: `The front matter is not valid YAML: ${text}.`,
    remedy: 'Put quotes around text with a colon, braces, quotes or | in it, and indent by spaces.',
    span,
  };
}
