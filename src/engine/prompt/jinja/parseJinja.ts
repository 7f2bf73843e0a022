import { nearest } from '../../suite/nearest.ts';
import type { Span } from '../handlebarsTree.ts';
import { JinjaSyntaxError } from './jinjaError.ts';
import type {
  Assignment,
  Branch,
  FilterCall,
  JinjaExpression,
  JinjaStatement,
  JinjaTree,
  Target,
} from './jinjaTree.ts';
import { lexJinja, type Segment } from './lexJinja.ts';
import { parseExpression, parseFilterCall, parseTuple } from './parseExpression.ts';
import { TokenStream } from './tokenStream.ts';

/**
 * Parses the part of Jinja2 that prompts use: output, if, for, set, with, filter, macro, include, raw and comments. Nothing
 * is compiled. What else Jinja2 has (inheritance, imports, `call`, `do`) is an error at its tag.
 */
export function parseJinja(source: string): { readonly tree: JinjaTree } | { readonly error: JinjaSyntaxError } {
  try {
    const parser = new Parser(lexJinja(source));
    return { tree: { body: parser.all() } };
  } catch (error) {
    if (error instanceof JinjaSyntaxError) return { error };
    throw error;
  }
}

const MAX_DEPTH = 100;

/** The tags that end each block, and those that only part it. */
const STATEMENTS = ['if', 'for', 'set', 'with', 'filter', 'macro', 'include', 'raw'];
const UNSUPPORTED: readonly string[] = [
  ...['extends', 'block', 'import', 'from', 'call', 'do', 'break', 'continue', 'autoescape', 'trans', 'debug'],
];

type Body = readonly JinjaStatement[];

class Parser {
  readonly #segments: readonly Segment[];
  #at = 0;
  #depth = 0;

  constructor(segments: readonly Segment[]) {
    this.#segments = segments;
  }

  all(): Body {
    const { body, end } = this.#body([]);
    if (end) throw end.tokens.unexpected('a statement');
    return body;
  }

  /** Statements up to one of these tags, whose name is then read already; to the end of the template without any. */
  #body(ends: readonly string[], opening?: Span): { body: Body; end: { name: string; tokens: TokenStream } | null } {
    const body: JinjaStatement[] = [];
    for (let segment = this.#segments[this.#at]; segment; segment = this.#segments[this.#at]) {
      this.#at++;
      const { span } = segment;
      if (segment.type === 'text') body.push(segment);
      else if (segment.type === 'comment') body.push({ type: 'comment', span });
      else if (segment.type === 'output') body.push(output(new TokenStream(segment.tokens, span)));
      else {
        const tokens = new TokenStream(segment.tokens, span);
        const name = tokens.expectName();
        if (ends.includes(name.text)) return { body, end: { name: name.text, tokens } };
        body.push(this.#deeper(() => this.#statement(name.text, name.span, tokens), span));
      }
    }
    if (ends.length === 0) return { body, end: null };
    const closing = ends.at(-1);
    const message = `This block is never closed.`;
    throw new JinjaSyntaxError('unbalanced-block', message, `Add {% ${closing} %} where it ends.`, opening ?? [0, 0]);
  }

  /** The content of a block and its closing tag. */
  #block(closing: string, opening: Span): Body {
    const { body, end } = this.#body([closing], opening);
    end?.tokens.expectEnd();
    return body;
  }

  #deeper<T>(read: () => T, span: Span): T {
    if (++this.#depth > MAX_DEPTH) {
      const message = 'Blocks are nested too deeply to be read.';
      throw new JinjaSyntaxError('nesting-too-deep', message, 'Split the template by {% include %}.', span);
    }
    const result = read();
    this.#depth--;
    return result;
  }

  #statement(name: string, nameSpan: Span, tokens: TokenStream): JinjaStatement {
    const span = tokens.tag;
    switch (name) {
      case 'if':
        return this.#if(tokens);
      case 'for':
        return this.#for(tokens);
      case 'set':
        return this.#set(tokens);
      case 'with': {
        const values: Assignment[] = [];
        while (!tokens.isAtEnd) {
          if (values.length > 0) tokens.expectOperator(',');
          const target = parseTarget(tokens, false);
          tokens.expectOperator('=');
          values.push({ target, value: parseExpression(tokens) });
        }
        return { type: 'with', values, body: this.#block('endwith', span), span };
      }
      case 'filter': {
        const filters = filterChain(tokens);
        return { type: 'filter', filters, body: this.#block('endfilter', span), span };
      }
      case 'macro':
        return this.#macro(tokens);
      case 'include':
        return include(tokens);
      default:
        throw unknownTag(name, nameSpan);
    }
  }

  #if(tokens: TokenStream): JinjaStatement {
    const branches: Branch[] = [];
    const span = tokens.tag;
    let current = tokens;
    for (;;) {
      const test = parseTuple(current, false);
      current.expectEnd();
      const { body, end } = this.#body(['elif', 'else', 'endif'], span);
      branches.push({ test, body });
      if (end?.name === 'elif') current = end.tokens;
      else {
        end?.tokens.expectEnd();
        const otherwise = end?.name === 'else' ? this.#block('endif', span) : [];
        return { type: 'if', branches, otherwise, span };
      }
    }
  }

  #for(tokens: TokenStream): JinjaStatement {
    const span = tokens.tag;
    const target = parseTarget(tokens, true);
    tokens.expectWord('in');
    const list = parseTuple(tokens, false);
    const condition = tokens.takeName('if') ? parseExpression(tokens) : null;
    if (tokens.isName('recursive')) throw unsupported('A recursive loop', tokens.current.span);
    tokens.expectEnd();
    const { body, end } = this.#body(['else', 'endfor'], span);
    end?.tokens.expectEnd();
    const otherwise = end?.name === 'else' ? this.#block('endfor', span) : [];
    return { type: 'for', target, list, condition, body, otherwise, span };
  }

  #set(tokens: TokenStream): JinjaStatement {
    const span = tokens.tag;
    const target = parseTarget(tokens, true);
    if (tokens.takeOperator('=')) {
      const value = parseTuple(tokens);
      tokens.expectEnd();
      return { type: 'set', target, value, span };
    }
    const filters = tokens.takeOperator('|') ? filterChain(tokens) : [];
    tokens.expectEnd();
    return { type: 'setBlock', target, filters, body: this.#block('endset', span), span };
  }

  #macro(tokens: TokenStream): JinjaStatement {
    const name = tokens.expectName().text;
    tokens.expectOperator('(');
    const params: { name: string; fallback: JinjaExpression | null }[] = [];
    while (!tokens.isOperator(')')) {
      if (params.length > 0) tokens.expectOperator(',');
      const param = tokens.expectName().text;
      params.push({ name: param, fallback: tokens.takeOperator('=') ? parseExpression(tokens) : null });
    }
    tokens.expectOperator(')');
    tokens.expectEnd();
    return { type: 'macro', name, params, body: this.#block('endmacro', tokens.tag), span: tokens.tag };
  }
}

function output(tokens: TokenStream): JinjaStatement {
  const value = parseTuple(tokens);
  tokens.expectEnd();
  return { type: 'output', value, span: tokens.tag };
}

function filterChain(tokens: TokenStream): FilterCall[] {
  const filters = [parseFilterCall(tokens)];
  while (tokens.takeOperator('|')) filters.push(parseFilterCall(tokens));
  tokens.expectEnd();
  return filters;
}

function parseTarget(tokens: TokenStream, several: boolean): Target {
  const first = oneTarget(tokens);
  if (!several || !tokens.isOperator(',')) return first;
  const targets = [first];
  while (tokens.takeOperator(',') && tokens.current.type !== 'end' && !tokens.isName('in') && !tokens.isOperator('='))
    targets.push(oneTarget(tokens));
  return { type: 'targets', targets, span: [first.span[0], tokens.lastEnd] };
}

function oneTarget(tokens: TokenStream): Target {
  if (tokens.isOperator('(')) {
    const [start] = tokens.next().span;
    const inner = tokens.nested(() => parseTarget(tokens, true));
    tokens.expectOperator(')');
    return { ...inner, span: [start, tokens.lastEnd] };
  }
  const { text, span } = tokens.expectName();
  if (RESERVED.includes(text)) {
    const message = `"${text}" cannot be assigned.`;
    throw new JinjaSyntaxError('template-syntax', message, 'Choose another name.', span);
  }
  if (!tokens.takeOperator('.')) return { type: 'name', name: text, span };
  const name = tokens.expectName();
  return { type: 'attribute', object: text, name: name.text, span: [span[0], name.span[1]] };
}

const RESERVED: readonly string[] = ['true', 'false', 'none', 'True', 'False', 'None', 'loop'];

function include(tokens: TokenStream): JinjaStatement {
  const file = tokens.current;
  if (file.type !== 'string') throw unsupported('A file whose name is computed', file.span);
  tokens.next();
  let optional = false;
  if (tokens.takeName('ignore')) {
    tokens.expectWord('missing');
    optional = true;
  }
  let withContext = true;
  if (tokens.isName('with', 'without')) {
    withContext = tokens.next().text === 'with';
    tokens.expectWord('context');
  }
  tokens.expectEnd();
  return { type: 'include', name: file.text, nameSpan: file.span, optional, withContext, span: tokens.tag };
}

function unknownTag(name: string, span: Span): JinjaSyntaxError {
  if (UNSUPPORTED.includes(name)) return unsupported(`{% ${name} %}`, span);
  if (name.startsWith('end') || ['else', 'elif'].includes(name)) {
    const message = `{% ${name} %} does not belong to any block that is open here.`;
    return new JinjaSyntaxError('unbalanced-block', message, 'Remove it, or open its block before it.', span);
  }
  const near = nearest(name, STATEMENTS);
  const remedy = near === null ? `Use one of ${STATEMENTS.join(', ')}.` : `Did you mean ${near}?`;
  return new JinjaSyntaxError('template-syntax', `There is no tag {% ${name} %}.`, remedy, span);
}

function unsupported(what: string, span: Span): JinjaSyntaxError {
  const remedy = 'Write it with if, for, set, macro or include.';
  return new JinjaSyntaxError('unsupported-template', `${what} is not supported here.`, remedy, span);
}
