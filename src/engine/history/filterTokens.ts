/** `text`: between quotes. */
export type FilterToken = {
  readonly kind: 'word' | 'text' | 'operator' | '(' | ')' | 'end';
  readonly text: string;
  /** In UTF-16 units. */
  readonly at: number;
};

/** The text is no filter; the message is for the one who typed it. */
export class FilterTextError extends Error {
  constructor(
    message: string,
    readonly at: number,
  ) {
    super(message);
  }
}

const SPACE = /\s*/uy;
const OPERATOR = /!=|>=|<=|==|=|>|<|~/y;
/** `metrics."exact match"` is one word. */
const WORD = /(metrics|params)\.(?=["'])|[^\s()'"=<>!~]+/y;
const QUOTED = /'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/sy;

/** @throws FilterTextError at a sign that stands for nothing, or a quote that is not closed */
export function filterTokens(text: string): FilterToken[] {
  const tokens: FilterToken[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at += found[0].length;
    return found;
  };
  const quoted = (): string | null => {
    const found = take(QUOTED);
    return found && (found[1] ?? found[2] ?? '').replace(/\\(.)/gsu, '$1');
  };
  for (take(SPACE); at < text.length; take(SPACE)) {
    const start = at;
    const sign = text[at];
    if (sign === '(' || sign === ')') {
      tokens.push({ kind: sign, text: sign, at });
      at += 1;
      continue;
    }
    const operator = take(OPERATOR);
    if (operator) {
      tokens.push({ kind: 'operator', text: operator[0] === '==' ? '=' : operator[0], at: start });
      continue;
    }
    const word = take(WORD);
    if (word) {
      const name = word[1] === undefined ? '' : quoted();
      if (name === null) throw new FilterTextError('A quote is not closed.', start + word[0].length);
      tokens.push({ kind: 'word', text: word[0] + name, at: start });
      continue;
    }
    const value = quoted();
    if (value === null)
      throw new FilterTextError(sign === '!' ? 'Unequal is written !=' : 'A quote is not closed.', start);
    tokens.push({ kind: 'text', text: value, at: start });
  }
  return tokens;
}
