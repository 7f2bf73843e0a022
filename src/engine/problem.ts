/** A place in a text. `line` and `column` count from 0, `column` and `offset` in UTF-16 units, as VS Code does. */
export type Position = { readonly line: number; readonly column: number; readonly offset: number };

/** A stretch of a text; `end` is exclusive. */
export type SourceRange = { readonly start: Position; readonly end: Position };

export type Severity = 'error' | 'warning' | 'info';

/** Something wrong in a user's file: what, where, and what to do about it. Expected, therefore data and never thrown. */
export type Problem = {
  readonly severity: Severity;
  /** Stable and kebab-case, e.g. `unknown-variable`. Code branches on it, never on the message. */
  readonly code: string;
  /** One sentence: what is wrong. */
  readonly message: string;
  /** One sentence: what to do. */
  readonly remedy?: string;
  /** The file as it was given to the parser. */
  readonly file: string;
  readonly range: SourceRange;
};

export const START: Position = { line: 0, column: 0, offset: 0 };
export const AT_START: SourceRange = { start: START, end: START };

export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === 'error');
}

/** `file:line:column: severity: message remedy (code)`, with line and column counted from 1. */
export function formatProblem(problem: Problem): string {
  const { line, column } = problem.range.start;
  const remedy = problem.remedy ? ` ${problem.remedy}` : '';
  return `${problem.file}:${line + 1}:${column + 1}: ${problem.severity}: ${problem.message}${remedy} (${problem.code})`;
}

/** Turns offsets into positions; built once for a text, then O(log lines) for each look-up. */
export class LineIndex {
  readonly #starts: number[] = [0];
  readonly #length: number;

  constructor(text: string) {
    this.#length = text.length;
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
  }

  /** @param offset clamped into 0..text.length */
  position(offset: number): Position {
    const at = Math.max(0, Math.min(offset, this.#length));
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low, column: at - (this.#starts[low] ?? 0), offset: at };
  }

  range(start: number, end: number): SourceRange {
    return { start: this.position(start), end: this.position(Math.max(start, end)) };
  }

  /** The offset of a position given by line and column, both from 0. */
  offset(line: number, column: number): number {
    return Math.min((this.#starts[line] ?? this.#length) + column, this.#length);
  }
}
