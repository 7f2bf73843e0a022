import type { Completion } from '../engine/language/completion.ts';
import type { Fix } from '../engine/language/fix.ts';
import type { Hover } from '../engine/language/hover.ts';
import type { Fold } from '../engine/language/promptFolding.ts';
import type { DocumentSymbol } from '../engine/language/promptSymbols.ts';
import type { SourceRange } from '../engine/problem.ts';

/** A cursor in a file, both from 0, as VS Code counts. */
export type Cursor = { readonly line: number; readonly column: number };

/**
 * What the editor asks about prompts (`.prompt`) and suites while they are written. Every answer is about the text with the
 * overlays that were sent before; files of other kinds get empty answers. Ranges are of the file that the answer names.
 */
export interface LanguageApi {
  completions(path: string, at: Cursor): Promise<readonly RangedCompletion[]>;
  /** @param caseIndex the case whose values are shown */
  hover(path: string, at: Cursor, caseIndex: number): Promise<Hover | null>;
  definition(path: string, at: Cursor): Promise<readonly FileRange[]>;
  references(path: string, at: Cursor): Promise<readonly FileRange[]>;
  /** What a rename at this place would rename. */
  renameTarget(path: string, at: Cursor): Promise<RenameTarget>;
  rename(path: string, at: Cursor, name: string): Promise<RenameAnswer>;
  /** Ways to mend the problems that touch a stretch of lines. */
  fixes(path: string, from: Cursor, to: Cursor): Promise<readonly RangedFix[]>;
  symbols(path: string): Promise<readonly DocumentSymbol[]>;
  folds(path: string): Promise<readonly Fold[]>;
  format(path: string): Promise<readonly RangedEdit[]>;
  /** Tokens of each message, rendered with a case. */
  tokenHints(path: string, caseIndex: number): Promise<readonly TokenHint[]>;
}

export type RangedCompletion = Omit<Completion, 'span'> & { readonly range: SourceRange };
export type FileRange = { readonly path: string; readonly range: SourceRange };
type RangedEdit = { readonly range: SourceRange; readonly text: string };
export type RangedEdits = { readonly path: string; readonly edits: readonly RangedEdit[] };
export type RangedFix = Omit<Fix, 'changes'> & {
  readonly range: SourceRange;
  readonly changes: readonly RangedEdits[];
};
type RenameTarget = { readonly range: SourceRange; readonly name: string } | { readonly refusal: string };
type RenameAnswer = { readonly changes: readonly RangedEdits[] } | { readonly refusal: string };
export type TokenHint = {
  /** Behind the tag that begins the message, or at the template's beginning. */
  readonly at: Cursor;
  readonly tokens: number;
  readonly exact: boolean;
};
