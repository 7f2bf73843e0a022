import type { Span } from '../handlebarsTree.ts';
import { JinjaSyntaxError } from './jinjaError.ts';
import { isSpace } from './pythonText.ts';

/** A token of an expression. `value` is decoded for strings and numbers. */
export type Token = {
  readonly type: 'name' | 'string' | 'integer' | 'float' | 'operator' | 'end';
  readonly text: string;
  readonly span: Span;
};

/** Text and tags of a template in order, with white space around tags already removed where `-` says so. */
export type Segment =
  | { readonly type: 'text'; readonly value: string; readonly span: Span }
  | { readonly type: 'comment'; readonly span: Span }
  | { readonly type: 'output' | 'block'; readonly tokens: readonly Token[]; readonly span: Span };

const OPENING = /\{\{|\{%|\{#/g;

/**
 * Cuts a template into text and tags, by Jinja2's rules with its default settings: `-` strips white space on its side,
 * one line break at the very end is dropped, and CRLF reads as LF.
 *
 * @throws JinjaSyntaxError
 */
export function lexJinja(source: string): Segment[] {
  const segments: Segment[] = [];
  const end = source.length - (/(?:\r\n|\r|\n)$/.exec(source)?.[0].length ?? 0);
  let at = 0;
  let stripNext = false;
  const addText = (from: number, to: number, stripEnd: boolean) => {
    let [start, stop] = [from, to];
    if (stripNext) while (start < stop && isSpace(source[start])) start++;
    if (stripEnd) while (stop > start && isSpace(source[stop - 1])) stop--;
    if (stop > start) segments.push({ type: 'text', value: unixLines(source.slice(start, stop)), span: [start, stop] });
  };
  while (at < end) {
    OPENING.lastIndex = at;
    const open = OPENING.exec(source);
    const start = open && open.index < end ? open.index : end;
    const sign = source[start + 2];
    addText(at, start, start < end && sign === '-');
    stripNext = false;
    if (start === end || !open) break;
    const raw = rawBlock(source, start);
    if (raw) {
      stripNext = raw.stripStart;
      addText(raw.content[0], raw.content[1], raw.stripEnd);
      at = raw.end;
      stripNext = raw.stripAfter;
    } else if (open[0] === '{#') {
      const close = source.indexOf('#}', start + 2);
      if (close === -1) throw unclosed('comment', '#}', [start, start + 2]);
      stripNext = source[close - 1] === '-' && close - 1 > start + 1;
      at = close + 2;
      segments.push({ type: 'comment', span: [start, at] });
    } else {
      const isBlock = open[0] === '{%';
      const inside = start + 2 + (sign === '-' || sign === '+' ? 1 : 0);
      const lexed = lexTag(source, inside, isBlock ? '%}' : '}}', start);
      stripNext = lexed.strip;
      at = lexed.end;
      segments.push({ type: isBlock ? 'block' : 'output', tokens: lexed.tokens, span: [start, at] });
    }
  }
  return segments;
}

type RawBlock = {
  readonly content: Span;
  readonly end: number;
  readonly stripStart: boolean;
  readonly stripEnd: boolean;
  readonly stripAfter: boolean;
};

/** `{% raw %}…{% endraw %}`, whose content is text whatever stands in it. */
function rawBlock(source: string, start: number): RawBlock | null {
  const opening = /\{%[-+]?\s*raw\s*(-?)%\}/y;
  opening.lastIndex = start;
  const open = opening.exec(source);
  if (!open) return null;
  const closing = /\{%([-+]?)\s*endraw\s*([-+]?)%\}/g;
  closing.lastIndex = start + open[0].length;
  const close = closing.exec(source);
  if (!close) throw unclosed('raw block', '{% endraw %}', [start, start + open[0].length]);
  return {
    content: [start + open[0].length, close.index],
    end: close.index + close[0].length,
    stripStart: open[1] === '-',
    stripEnd: close[1] === '-',
    stripAfter: close[2] === '-',
  };
}

const NAME = /[\p{ID_Start}_][\p{ID_Continue}]*/uy;
const FLOAT = /(?<!\.)\d+(?:_\d+)*(?:(?:\.\d+(?:_\d+)*)?e[+-]?\d+(?:_\d+)*|\.\d+(?:_\d+)*)/iy;
const INTEGER = /0b(?:_?[01])+|0o(?:_?[0-7])+|0x(?:_?[\da-f])+|[1-9](?:_?\d)*|0(?:_?0)*/iy;
const STRING = /'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*"/y;
const OPERATOR = /\*\*|\/\/|==|!=|>=|<=|[-+*/%~<>=.:|,;()[\]{}]/y;
const PAIRS: { readonly [open: string]: string } = { '(': ')', '[': ']', '{': '}' };

/** Brackets hold the end of the tag back, so that `{{ {"a": {}} }}` is one tag. */
function lexTag(
  source: string,
  from: number,
  closing: string,
  tagStart: number,
): { readonly tokens: readonly Token[]; readonly end: number; readonly strip: boolean } {
  const tokens: Token[] = [];
  const open: string[] = [];
  let at = from;
  const read = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    return pattern.exec(source)?.[0] ?? null;
  };
  while (at < source.length) {
    if (isSpace(source[at])) {
      at++;
      continue;
    }
    if (open.length === 0) {
      const sign = source[at] === '-' || source[at] === '+' ? 1 : 0;
      // A plus sign closes blocks only, as in Jinja2.
      if (source.startsWith(closing, at + sign) && !(source[at] === '+' && closing === '}}')) {
        const span: Span = [at, at];
        tokens.push({ type: 'end', text: '', span });
        return { tokens, end: at + sign + 2, strip: source[at] === '-' };
      }
    }
    const start = at;
    const [type, text] = readToken(read);
    if (type === null) throw unexpected(source, start, tagStart, closing);
    at += text.length;
    tokens.push({ type, text: type === 'string' ? decoded(text, [start, at]) : text, span: [start, at] });
    if (type !== 'operator') continue;
    if (Object.hasOwn(PAIRS, text)) open.push(PAIRS[text] ?? '');
    else if (')]}'.includes(text) && open.pop() !== text) {
      const remedy = 'Check brackets and braces in this tag.';
      throw new JinjaSyntaxError('template-syntax', `This "${text}" closes nothing.`, remedy, [start, at]);
    }
  }
  throw unclosed('tag', closing, [tagStart, Math.min(source.length, lineEnd(source, tagStart))]);
}

function readToken(read: (pattern: RegExp) => string | null): [Token['type'], string] | [null, null] {
  const kinds: readonly [Token['type'], RegExp][] = [
    ['float', FLOAT],
    ['integer', INTEGER],
    ['name', NAME],
    ['string', STRING],
    ['operator', OPERATOR],
  ];
  for (const [type, pattern] of kinds) {
    const text = read(pattern);
    if (text !== null) return [type, text];
  }
  return [null, null];
}

const ESCAPES: { readonly [letter: string]: string } = {
  ...{ n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v', '\n': '' },
  ...{ '\\': '\\', "'": "'", '"': '"' },
};

/** Python's escapes; an unknown one keeps its backslash. */
function decoded(text: string, span: Span): string {
  const sequence = /\\(?:x([\da-f]{2})|u([\da-f]{4})|U([\da-f]{8})|([0-7]{1,3})|([\s\S]))/gi;
  return unixLines(text.slice(1, -1)).replace(sequence, (whole, x, u, wide, octal, letter) => {
    const hex = x ?? u ?? wide;
    const code = hex === undefined ? Number.parseInt(octal ?? '', 8) : Number.parseInt(hex, 16);
    if (letter === undefined) {
      if (code <= 0x10ffff) return String.fromCodePoint(code);
      const remedy = 'Write a code of at most 0010ffff.';
      throw new JinjaSyntaxError('template-syntax', `${whole} is no character.`, remedy, span);
    }
    return Object.hasOwn(ESCAPES, letter) ? (ESCAPES[letter] ?? '') : whole;
  });
}

function unexpected(source: string, at: number, tagStart: number, closing: string): JinjaSyntaxError {
  const character = String.fromCodePoint(source.codePointAt(at) ?? 0);
  if (character === '"' || character === "'") {
    const remedy = `Close the text with ${character}.`;
    const span: Span = [at, lineEnd(source, at)];
    return new JinjaSyntaxError('template-syntax', 'This text between quotes is not closed.', remedy, span);
  }
  if (source.indexOf(closing, at) === -1) return unclosed('tag', closing, [tagStart, lineEnd(source, tagStart)]);
  const remedy = 'Check the tag for stray characters and unmatched braces.';
  const span: Span = [at, at + character.length];
  return new JinjaSyntaxError('template-syntax', `"${character}" does not belong here.`, remedy, span);
}

function unclosed(what: string, closing: string, span: Span): JinjaSyntaxError {
  return new JinjaSyntaxError('template-syntax', `This ${what} is not closed.`, `Close it with ${closing}.`, span);
}

function lineEnd(source: string, at: number): number {
  const found = /[\r\n]/.exec(source.slice(at));
  return found ? at + found.index : source.length;
}

function unixLines(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}
