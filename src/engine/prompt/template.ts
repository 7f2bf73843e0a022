import * as prepare from 'handlebars/dist/cjs/handlebars/compiler/helpers.js';
import handlebarsParser from 'handlebars/dist/cjs/handlebars/compiler/parser.js';
import WhitespaceControl from 'handlebars/dist/cjs/handlebars/compiler/whitespace-control.js';
import { convertTree, MAX_DEPTH } from './convertTree.ts';
import type { HbPath, JisonLexer, JisonLocation, JisonParser, Span } from './handlebarsTree.ts';
import type { Program } from './syntaxTree.ts';

/** The syntax tree of a template, opaque to everything but this folder. */
export type TemplateProgram = Program;

export type TemplateError = {
  readonly code: 'template-syntax' | 'unbalanced-block' | 'nesting-too-deep';
  readonly message: string;
  readonly remedy: string;
  /** Offsets in the template. */
  readonly span: Span;
};

/**
 * Parses a Handlebars template with the handlebars package's grammar and its white-space rules. Nothing is compiled.
 * This file alone imports the package, and of it only the parser.
 */
export function parseTemplate(source: string): { readonly program: Program } | { readonly error: TemplateError } {
  try {
    const tree = parser.parse(source);
    return { program: convertTree(new WhitespaceControl().accept(tree)) };
  } catch (error) {
    if (error instanceof Failure) return { error: explain(source, error) };
    // The grammar's stack is on the heap, but the walks over the tree recurse.
    if (error instanceof RangeError) return { error: TOO_DEEP };
    const message = error instanceof Error ? error.message : String(error);
    return { error: { code: 'template-syntax', message, remedy: 'Mend the template.', span: [0, source.length] } };
  }
}

const OPENERS = ['OPEN_BLOCK', 'OPEN_INVERSE', 'OPEN_PARTIAL_BLOCK', 'OPEN_RAW_BLOCK'];

const TOO_DEEP: TemplateError = {
  code: 'nesting-too-deep',
  message: 'Blocks or expressions are nested too deeply to be read.',
  remedy: 'Split the template into partials.',
  span: [0, 0],
};

class Failure extends Error {
  constructor(
    message: string,
    readonly span: Span,
    readonly token: string | null = null,
  ) {
    super(message);
  }
}

/** A parser and lexer with state of their own; `ranges` makes the lexer keep offsets, which lines and columns do not give exactly. */
const parser: JisonParser = Object.assign(Object.create(handlebarsParser) as JisonParser, {
  lexer: boundedLexer(),
  yy: {
    ...prepare,
    locInfo: (loc: JisonLocation) => ({ start: {}, end: {}, range: loc.range }),
    preparePath: guarded(prepare.preparePath),
    prepareMustache: guarded(prepare.prepareMustache),
    prepareRawBlock: guarded(prepare.prepareRawBlock),
    prepareBlock: guarded(prepare.prepareBlock),
    preparePartialBlock: guarded(prepare.preparePartialBlock),
    parseError: (message: string, hash: { readonly token: string | number | null }) => {
      // The hash's own place is that of the token before the one that does not fit.
      const { yylloc, offset } = parser.lexer;
      const span: Span = hash.token === null ? [offset, offset + 1] : yylloc.range;
      throw new Failure(message, span, String(hash.token));
    },
  },
});

function newLexer(): JisonLexer {
  return Object.assign(Object.create(handlebarsParser.lexer) as JisonLexer, { options: { ranges: true } });
}

const KINDS = new Map(Object.entries(handlebarsParser.symbols_).map(([kind, symbol]) => [symbol, kind]));

function kindOf(token: number | string | undefined): string {
  return typeof token === 'number' ? (KINDS.get(token) ?? '') : (token ?? '');
}

/** A lexer that stops at too deep a nesting: the grammar copies its stack at every step, so depth costs its square. */
function boundedLexer(): JisonLexer {
  const lexer = newLexer();
  let open: number[] = [];
  let depth = 0;
  return Object.assign(lexer, {
    setInput(input: string) {
      open = [];
      depth = 0;
      return handlebarsParser.lexer.setInput.call(lexer, input);
    },
    next() {
      const token = handlebarsParser.lexer.next.call(lexer);
      const kind = kindOf(token);
      if (OPENERS.includes(kind) || kind === 'OPEN_SEXPR') {
        open.push(1);
        depth++;
      } else if (kind === 'OPEN_INVERSE_CHAIN') {
        open.push((open.pop() ?? 0) + 1);
        depth++;
      } else if (kind === 'OPEN_ENDBLOCK' || kind === 'END_RAW_BLOCK' || kind === 'CLOSE_SEXPR') {
        depth -= open.pop() ?? 0;
      }
      if (depth > MAX_DEPTH) throw new RangeError('too deep');
      return token;
    },
  });
}

/** The package's node builders throw where names do not match; this adds the place. */
function guarded(build: (...parts: unknown[]) => unknown) {
  return function (this: unknown, ...parts: unknown[]): unknown {
    try {
      return build.apply(this, parts);
    } catch (error) {
      if (error instanceof Failure) throw error;
      const open = parts[0] as { readonly path?: HbPath } | boolean;
      const whole = parts.at(-1) as JisonLocation;
      const span = typeof open === 'object' && open.path ? open.path.loc.range : whole.range;
      const message = error instanceof Error ? error.message.replace(/ - undefined:undefined$/, '') : String(error);
      throw new Failure(message, span, message.includes("doesn't match") ? 'MISMATCH' : null);
    }
  };
}

function explain(source: string, { message, span, token }: Failure): TemplateError {
  const remedy = 'Check the tag for stray characters and unmatched braces.';
  if (token === null) return { code: 'template-syntax', message: `${message}.`, remedy, span };
  const tagStart = token === 'MISMATCH' ? null : unclosedTag(source, span[0]);
  if (tagStart !== null) {
    const lineEnd = /[\r\n]|$/.exec(source.slice(tagStart))?.index ?? 0;
    return {
      code: 'template-syntax',
      message: 'This tag is not closed, or holds something that does not belong there.',
      remedy: 'Close it with }}, and check names, quotes and parentheses in it.',
      span: [tagStart, Math.min(Math.max(span[1], tagStart + 2), tagStart + lineEnd)],
    };
  }
  const imbalance = findImbalance(source);
  return imbalance ?? { code: 'template-syntax', message: 'The template cannot be read from here on.', remedy, span };
}

/** Start of the tag that the offset lies in, or null when it lies between tags. */
function unclosedTag(source: string, offset: number): number | null {
  const start = source.lastIndexOf('{{', Math.max(0, offset - 1));
  if (start === -1 || start === offset) return null;
  const close = source.indexOf('}}', start);
  return close === -1 || close >= offset ? start : null;
}

type Tag = { readonly name: string; readonly span: Span };

/**
 * The first block tag without its other half. A closing tag that fits a block further out leaves the inner one open;
 * one that fits none is itself the mistake.
 */
function findImbalance(source: string): TemplateError | null {
  const open: Tag[] = [];
  for (const { kind, start } of tokens(source)) {
    if (OPENERS.includes(kind)) open.push(tagAt(source, start));
    if (kind !== 'OPEN_ENDBLOCK' && kind !== 'END_RAW_BLOCK') continue;
    const closing = tagAt(source, start);
    const opening = open.pop();
    if (opening?.name === closing.name) continue;
    return open.some(({ name }) => name === closing.name) && opening
      ? unclosedBlock(opening)
      : strayClosing(source, closing);
  }
  const innermost = open.at(-1);
  return innermost ? unclosedBlock(innermost) : null;
}

/** The grammar's end of input, and what the lexer gives where the input ends within a comment or a raw block. */
const ENDS: readonly (number | string | undefined)[] = [handlebarsParser.symbols_.EOF, handlebarsParser.lexer.EOF];

function* tokens(source: string): Generator<{ kind: string; start: number }> {
  const lexer = Object.assign(newLexer(), { yy: {} });
  lexer.setInput(source);
  try {
    for (let token = lexer.lex(); !ENDS.includes(token); token = lexer.lex()) {
      yield { kind: kindOf(token), start: lexer.yylloc.range[0] };
    }
  } catch {
    // The lexer has no more to say after a character that it does not know.
  }
}

function tagAt(source: string, start: number): Tag {
  const close = source.indexOf('}}', start);
  const end = close === -1 ? source.length : close + (source.startsWith('}}}}', close) ? 4 : 2);
  const name = /^\{+~?(?:#>|[#^/>])?\*?\s*\/?([^\s~}|]*)/.exec(source.slice(start, end))?.[1] ?? '';
  return { name, span: [start, end] };
}

function unclosedBlock({ name, span }: Tag): TemplateError {
  const remedy = `Add {{/${name}}} where it ends.`;
  return { code: 'unbalanced-block', message: `The block "${name}" is never closed.`, remedy, span };
}

function strayClosing(source: string, { span }: Tag): TemplateError {
  const message = `${source.slice(...span)} does not close any block that is open here.`;
  const remedy = 'Remove it, or open its block before it with {{#…}}.';
  return { code: 'unbalanced-block', message, remedy, span };
}
