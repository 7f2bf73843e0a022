import { LineIndex } from '../problem.ts';
import type { PromptDocument } from '../prompt/promptDocument.ts';
import type { Program } from '../prompt/syntaxTree.ts';
import { messageSpans } from './promptSymbols.ts';
import { frontMatterOf } from './promptView.ts';

/** Lines from 0; the last one is folded away too. */
export type Fold = { readonly start: number; readonly end: number };

/** The front matter, its mappings, the messages and the blocks. Half-typed templates have no blocks to fold. */
export function promptFolds(document: PromptDocument): Fold[] {
  const { text, frontMatterRange, program, templateRange } = document;
  const lines = new LineIndex(text);
  const folds: Fold[] = [];
  const add = (start: number, end: number) => {
    const trimmed = text.slice(0, end).trimEnd().length;
    const fold = { start: lines.position(start).line, end: lines.position(Math.max(start, trimmed)).line };
    if (fold.end > fold.start) folds.push(fold);
  };
  if (frontMatterRange !== null) add(frontMatterRange.start.offset, frontMatterRange.end.offset);
  const { keys, values } = frontMatterOf(document);
  for (const [path, [start]] of keys) add(start, values.get(path)?.[1] ?? start);
  for (const { span } of messageSpans(document)) add(...span);
  walk(program?.language === 'handlebars' ? program.tree : null);
  return [...new Map(folds.map((fold) => [`${fold.start}-${fold.end}`, fold])).values()].sort(
    (a, b) => a.start - b.start || b.end - a.end,
  );

  function walk(part: Program | null): void {
    for (const statement of part?.body ?? []) {
      if (statement.type === 'text' || statement.type === 'output' || statement.type === 'decorator') continue;
      const base = templateRange.start.offset;
      // The closing tag stays in sight, as of a bracket.
      const end = base + statement.span[1];
      const closing = text.lastIndexOf('{{', end - 1);
      if (statement.type !== 'comment') add(base + statement.span[0], Math.max(base + statement.span[0], closing));
      else add(base + statement.span[0], end);
      if (statement.type === 'block') {
        walk(statement.program);
        walk(statement.inverse);
      } else if (statement.type === 'inline') walk(statement.program);
      else if (statement.type === 'partial') walk(statement.block);
    }
  }
}
