import type { LineIndex, Problem, Severity } from '../problem.ts';
import type { Span } from './handlebarsTree.ts';

/** A problem before its offsets are made into a range of the file. */
export type Draft = {
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
  readonly remedy?: string;
  readonly span: Span;
};

/** @param base offset in the file of the text that the spans count from */
export function placeDraft(draft: Draft, file: string, lines: LineIndex, base = 0): Problem {
  const { span, ...rest } = draft;
  return { ...rest, file, range: lines.range(base + span[0], base + span[1]) };
}
