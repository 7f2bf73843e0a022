import { type Marker, RenderFailure } from '../evaluate.ts';
import type { Piece, TextPiece } from '../interpret.ts';
import type { Role } from '../message.ts';

/** A line with nothing but a role and a colon; `#` before it and attributes in brackets are Prompty's own. */
const ROLE_LINE = /^\s*#?\s*(system|user|assistant|developer|function|tool)\s*(?:\[[^\]\n]*\])?\s*:\s*$/i;
const ROLES: { readonly [name: string]: Role } = {
  ...{ system: 'system', developer: 'system', user: 'user', assistant: 'model', function: 'tool', tool: 'tool' },
};

/** The role that a line of a Prompty template begins; null for any other line. */
export function roleOfLine(line: string): Role | null {
  const name = ROLE_LINE.exec(line)?.[1];
  return name === undefined ? null : (ROLES[name.toLowerCase()] ?? null);
}

type Line = { readonly items: Piece[]; end: TextPiece | null };

/**
 * Cuts what a Prompty template rendered to at its role lines. What makes a turn is the template's own text: a line that a
 * value has a part in, or whose ends come from a value, stays text. The one exception is a template line such as
 * `{{item.role}}:`, by which the author lets the data name the role of a turn, but not begin one anywhere else.
 *
 * @throws RenderFailure for a picture that is a file
 */
export function cutTurns(pieces: readonly Piece[], rule: 'prompty-1' | 'prompty-2'): Piece[] {
  const out: Piece[] = [];
  let role: Role = 'system';
  let content: Line[] = [];
  const close = () => {
    out.push(...messageOf(content, role, rule));
    content = [];
  };
  let before: TextPiece | null = null;
  for (const line of linesOf(pieces)) {
    const begun = [before, line.end].every(isOwnText) ? turnOf(line, rule) : null;
    before = line.end;
    if (begun === null) content.push(line);
    else {
      close();
      if (begun === 'thread') out.push({ type: 'history' });
      role = begun === 'thread' ? 'user' : begun;
    }
  }
  close();
  return out;
}

function linesOf(pieces: readonly Piece[]): Line[] {
  const lines: Line[] = [];
  let line: Line = { items: [], end: null };
  for (const piece of pieces) {
    if (piece.type !== 'text') {
      line.items.push(piece);
      continue;
    }
    let from = 0;
    for (let at = piece.text.indexOf('\n'); at !== -1; at = piece.text.indexOf('\n', from)) {
      line.items.push(slicePiece(piece, from, at));
      line.end = slicePiece(piece, at, at + 1);
      lines.push(line);
      line = { items: [], end: null };
      from = at + 1;
    }
    line.items.push(slicePiece(piece, from, piece.text.length));
  }
  if (line.items.some((item) => item.type !== 'text' || item.text !== '')) lines.push(line);
  return lines;
}

function isOwnText(piece: TextPiece | null): boolean {
  return piece === null || piece.origin.kind === 'text';
}

function turnOf({ items }: Line, rule: 'prompty-1' | 'prompty-2'): Role | 'thread' | null {
  const texts = items.filter((item) => item.type === 'text');
  if (texts.length < items.length) return null;
  const text = texts.map((piece) => piece.text).join('');
  const values = texts.filter((piece) => piece.origin.kind !== 'text');
  if (values.length === 0 && rule === 'prompty-1' && text.trim().startsWith('![thread]')) return 'thread';
  if (values.length > 1 || values.some(({ origin }) => !/(?:^|\.)role$/.test(origin.variable ?? ''))) return null;
  return roleOfLine(text);
}

/** The first version removes white space around a message, the second only line breaks, but all of it beside a thread. */
function messageOf(lines: readonly Line[], role: Role, rule: 'prompty-1' | 'prompty-2'): Piece[] {
  const items = lines.flatMap(({ items, end }, index) => {
    return end === null || index === lines.length - 1 ? items : [...items, end];
  });
  const isThreaded = items.some((item) => item.type === 'history');
  const out: Piece[] = [];
  let run: TextPiece[] = [];
  const close = () => {
    if (run.length === 0) return;
    const kept = trimmed(run, rule === 'prompty-1' || isThreaded ? /\s/ : /\n/);
    out.push(...(rule === 'prompty-1' ? withImages(kept) : kept));
    run = [];
  };
  out.push({ type: 'role', role });
  for (const item of items) {
    if (item.type === 'text') run.push(item);
    else {
      close();
      out.push(item);
      // What follows earlier turns belongs to the role that their place stands in.
      if (item.type === 'history') out.push({ type: 'role', role });
    }
  }
  close();
  return out;
}

function trimmed(pieces: readonly TextPiece[], blank: RegExp): TextPiece[] {
  const text = pieces.map((piece) => piece.text).join('');
  let [start, end] = [0, text.length];
  while (start < end && blank.test(text[start] ?? '')) start++;
  while (end > start && blank.test(text[end - 1] ?? '')) end--;
  return slicePieces(pieces, start, end);
}

const IMAGE = /!\[[^\]]*\]\(([^)\n]*)\)/g;

/** Pictures in Markdown whose brackets are the template's own; what stands around them loses its white space. */
function withImages(pieces: readonly TextPiece[]): Piece[] {
  const text = pieces.map((piece) => piece.text).join('');
  const out: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(IMAGE)) {
    const [whole, url = ''] = match;
    const start = match.index;
    const urlStart = start + whole.length - 1 - url.length;
    const marks = [
      ...slicePieces(pieces, start, urlStart),
      ...slicePieces(pieces, start + whole.length - 1, start + whole.length),
    ];
    if (!marks.every(isOwnText)) continue;
    const between = slicePieces(pieces, at, start);
    out.push(...trimmed(between, /\s/), mediaOf(url, marks[0]));
    at = start + whole.length;
  }
  return at === 0 ? [...pieces] : [...out, ...trimmed(slicePieces(pieces, at, text.length), /\s/)];
}

function mediaOf(written: string, mark: TextPiece | undefined): Marker {
  const [url = ''] = written.trim().split(' ');
  if (/^(?:https?:|data:)/.test(url)) return { type: 'media', url, contentType: undefined };
  const message = 'A picture is given by an https: or data: URL; files are not read into messages.';
  const remedy = 'Give its address, or the picture itself as a data: URL.';
  throw new RenderFailure('media-url', message, remedy, mark?.origin.span ?? [0, 0], mark?.origin.document ?? null);
}

function slicePieces(pieces: readonly TextPiece[], start: number, end: number): TextPiece[] {
  const out: TextPiece[] = [];
  let at = 0;
  for (const piece of pieces) {
    const [from, to] = [Math.max(start - at, 0), Math.min(end - at, piece.text.length)];
    if (from < to || (piece.text === '' && at >= start && at <= end)) out.push(slicePiece(piece, from, to));
    at += piece.text.length;
  }
  return out;
}

function slicePiece(piece: TextPiece, from: number, to: number): TextPiece {
  return { ...piece, text: piece.text.slice(from, to), skipped: piece.skipped + from };
}
