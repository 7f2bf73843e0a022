import type { Json, JsonObject } from '../json.ts';
import type { Position, Problem, SourceRange } from '../problem.ts';

/** A row as its format gives it, before any column means anything. */
export type Row = {
  readonly values: JsonObject;
  readonly start: Position;
  /** Where the value of a column stands; the whole row without a column, or when the row does not have it. */
  readonly locate: (column?: string) => SourceRange;
};

/** What every reader of rows is given. */
export type RowSource = {
  readonly path: string;
  readonly onProblem: (problem: Problem) => void;
  /** Called once, before the first row, by the formats that have a header. */
  readonly onHeader?: (columns: readonly string[], range: SourceRange) => void;
  /** True when nobody wants to hear of further problems. */
  readonly isFull?: () => boolean;
};

export function rowProblem(source: RowSource, range: SourceRange, code: string, message: string, remedy: string): void {
  source.onProblem({ severity: 'error', code, message, remedy, file: source.path, range });
}

/** The position after `text`, when `text` begins at `from`. */
export function advance(from: Position, text: string): Position {
  let line = from.line;
  let lineStart = -1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    line += 1;
    lineStart = at + 1;
  }
  const column = lineStart === -1 ? from.column + text.length : text.length - lineStart;
  return { line, column, offset: from.offset + text.length };
}

/** The range of `text[start..end]`, when `text` begins at `from`. */
export function rangeWithin(from: Position, text: string, start: number, end: number): SourceRange {
  const first = advance(from, text.slice(0, start));
  return { start: first, end: advance(first, text.slice(start, Math.max(start, end))) };
}

/** Sets an own property whatever its name: assigning to `__proto__` would set the prototype instead. */
export function setOwn(target: { [key: string]: Json }, key: string, value: Json): void {
  if (key !== '__proto__') target[key] = value;
  else Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
}
