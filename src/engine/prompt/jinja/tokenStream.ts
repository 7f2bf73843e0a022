import type { Span } from '../handlebarsTree.ts';
import { JinjaSyntaxError } from './jinjaError.ts';
import type { Token } from './lexJinja.ts';

/** How many brackets, calls and operators may lie in one another: every walk over the tree recurses. */
const MAX_DEPTH = 100;

/** The tokens of one tag, read from left to right. */
export class TokenStream {
  readonly tag: Span;
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  /** @param tokens end with one of type `end` */
  constructor(tokens: readonly Token[], tag: Span) {
    this.#tokens = tokens;
    this.tag = tag;
  }

  get current(): Token {
    return this.#tokens[this.#at] ?? { type: 'end', text: '', span: [this.tag[1], this.tag[1]] };
  }

  /** Where the token before this one ends. */
  get lastEnd(): number {
    return this.#tokens[this.#at - 1]?.span[1] ?? this.current.span[0];
  }

  get isAtEnd(): boolean {
    return this.current.type === 'end';
  }

  next(): Token {
    const token = this.current;
    if (token.type !== 'end') this.#at++;
    return token;
  }

  peek(): Token {
    return this.#tokens[this.#at + 1] ?? { type: 'end', text: '', span: this.tag };
  }

  isOperator(text: string): boolean {
    return this.current.type === 'operator' && this.current.text === text;
  }

  isName(...names: readonly string[]): boolean {
    return this.current.type === 'name' && names.includes(this.current.text);
  }

  takeOperator(text: string): boolean {
    const found = this.isOperator(text);
    if (found) this.next();
    return found;
  }

  takeName(name: string): boolean {
    const found = this.isName(name);
    if (found) this.next();
    return found;
  }

  expectOperator(text: string): void {
    if (!this.takeOperator(text)) throw this.unexpected(`"${text}"`);
  }

  expectWord(name: string): void {
    if (!this.takeName(name)) throw this.unexpected(`"${name}"`);
  }

  expectName(): Token {
    if (this.current.type !== 'name') throw this.unexpected('a name');
    return this.next();
  }

  expectEnd(): void {
    if (!this.isAtEnd) throw this.unexpected('the end of the tag');
  }

  unexpected(expected: string): JinjaSyntaxError {
    const { type, text, span } = this.current;
    const remedy = 'Correct the tag.';
    if (type === 'end') {
      return new JinjaSyntaxError('template-syntax', `The tag ends where ${expected} is expected.`, remedy, this.tag);
    }
    const shown = type === 'string' ? 'a text' : `"${text}"`;
    return new JinjaSyntaxError('template-syntax', `Here ${expected} is expected, not ${shown}.`, remedy, span);
  }

  /** Reads something that may hold itself. */
  nested<T>(read: () => T): T {
    if (++this.#depth > MAX_DEPTH) {
      const message = 'Expressions are nested too deeply to be read.';
      throw new JinjaSyntaxError('nesting-too-deep', message, 'Use {% set %} for parts of it.', this.tag);
    }
    try {
      return read();
    } finally {
      this.#depth--;
    }
  }
}
