import type { Span } from '../prompt/handlebarsTree.ts';

/** What is being written in a tag that need not be closed. */
export type TagCursor = {
  readonly at:
    | 'name' // the first word: a variable or a helper
    | 'block' // the first word after #
    | 'close' // after /
    | 'partial' // after >
    | 'nested' // the first word in parentheses
    | 'argument' // a further word
    | 'string'; // between quotes
  /** The first word of the tag or of the innermost parentheses; '' while it is being written. */
  readonly head: string;
  /** What stands between the beginning of the word and the cursor. */
  readonly typed: string;
  /** Of the whole word; offsets in the text. */
  readonly span: Span;
};

const WORD = /[^\s"'(){}=|~#>/&!^[\]]*$/u;
const REST = /^[^\s"'(){}=|~#>&!^[\]]*/u;

/** @returns null where the cursor stands in text or in a comment */
export function tagCursor(text: string, from: number, offset: number): TagCursor | null {
  const open = text.lastIndexOf('{{', offset - 1);
  if (open < from || (open > from && text.charAt(open - 1) === '\\')) return null;
  const sigil = /^\{\{\{?~?(#>|#\*|[#>/^&!])?[ \t]*/.exec(text.slice(open, offset));
  if (sigil === null || open + 2 > offset) return null;
  const inside = text.slice(open + sigil[0].length, offset);
  if (sigil[1] === '!' || text.slice(open, offset).includes('}}')) return null;

  const quoted = openQuote(inside);
  if (quoted !== null) {
    const rest = /^[^"'\n}]*/.exec(text.slice(offset))?.[0].length ?? 0;
    const span: Span = [offset - quoted.length, offset + rest];
    return { at: 'string', head: headOf(inside), typed: quoted, span };
  }
  const typed = WORD.exec(inside)?.[0] ?? '';
  const rest = REST.exec(text.slice(offset))?.[0].length ?? 0;
  const before = inside.slice(0, inside.length - typed.length);
  const word = { typed, span: [offset - typed.length, offset + rest] as Span };
  if (/\(\s*$/.test(before)) return { at: 'nested', head: '', ...word };
  if (before.trim() !== '') return { at: 'argument', head: headOf(inside), ...word };
  switch (sigil[1]) {
    case '#':
      return { at: 'block', head: '', ...word };
    case '/':
      return { at: 'close', head: '', ...word };
    case '>':
    case '#>': {
      // A partial's name may hold slashes.
      const whole = /[^\s"'(){}=~]*$/.exec(inside)?.[0] ?? '';
      return { at: 'partial', head: '', typed: whole, span: [offset - whole.length, word.span[1]] };
    }
    default:
      return { at: 'name', head: '', ...word };
  }
}

/** Names of the blocks that are open at an offset, innermost last. */
export function openBlocks(
  text: string,
  from: number,
  offset: number,
): { readonly name: string; readonly at: number }[] {
  const open: { name: string; at: number }[] = [];
  const tags = /\{\{(?:!--[\s\S]*?--\}\}|![^}]*\}\}|~?(#>|#\*?|\/)\s*([^\s~}]+))/g;
  tags.lastIndex = from;
  for (let tag = tags.exec(text); tag !== null && tag.index < offset; tag = tags.exec(text)) {
    const [, sigil, name = ''] = tag;
    if (sigil === undefined) continue;
    if (sigil !== '/') open.push({ name, at: tag.index });
    else if (open.at(-1)?.name === name) open.pop();
  }
  return open;
}

function openQuote(inside: string): string | null {
  let quote = '';
  let start = 0;
  for (let at = 0; at < inside.length; at += 1) {
    const char = inside.charAt(at);
    if (quote === '' && (char === '"' || char === "'")) {
      quote = char;
      start = at + 1;
    } else if (char === quote) quote = '';
  }
  return quote === '' ? null : inside.slice(start);
}

function headOf(inside: string): string {
  let depth = 0;
  for (let at = inside.length - 1; at >= 0; at -= 1) {
    if (inside[at] === ')') depth += 1;
    else if (inside[at] === '(' && depth === 0) return /^\s*([^\s)]*)/.exec(inside.slice(at + 1))?.[1] ?? '';
    else if (inside[at] === '(') depth -= 1;
  }
  return /^\s*([^\s}]*)/.exec(inside)?.[1] ?? '';
}
