import path from 'node:path';
import { completePrompt } from '../../engine/language/completePrompt.ts';
import { completeSuite } from '../../engine/language/completeSuite.ts';
import type { FileEdits, Fix } from '../../engine/language/fix.ts';
import { formatPrompt } from '../../engine/language/formatPrompt.ts';
import { hoverPrompt } from '../../engine/language/hoverPrompt.ts';
import { hoverSuite } from '../../engine/language/hoverSuite.ts';
import { promptFixes } from '../../engine/language/promptFixes.ts';
import { promptFolds } from '../../engine/language/promptFolding.ts';
import { promptSymbols } from '../../engine/language/promptSymbols.ts';
import { suiteFixes } from '../../engine/language/suiteFixes.ts';
import { suiteSymbols } from '../../engine/language/suiteSymbols.ts';
import { LineIndex, type Problem } from '../../engine/problem.ts';
import { readPrompt } from '../../engine/prompt/formats/readPrompt.ts';
import type { PromptDocument } from '../../engine/prompt/promptDocument.ts';
import type { Cursor, LanguageApi, RangedEdits } from '../../protocol/language.ts';
import { checkFile } from '../workspace/checkFile.ts';
import { isSuitePath } from '../workspace/findSuites.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { languageNavigation } from './languageNavigation.ts';
import { languageProblems } from './languageProblems.ts';
import type { LanguageViews } from './languageViews.ts';
import { located } from './located.ts';
import { promptTokenHints } from './tokenHints.ts';
import type { Workspaces } from './workspaces.ts';

/** The language functions over the files of the workspace, with the unsaved buffers. */
export function createLanguageApi(workspaces: Workspaces, views: LanguageViews): LanguageApi {
  return {
    ...languageNavigation(workspaces, views),

    async completions(file, at) {
      const found = await views.of(workspaces.at(file), file);
      if (found === null) return [];
      const lines = new LineIndex(found.text);
      const offset = lines.offset(at.line, at.column);
      const offers = found.kind === 'suite' ? completeSuite(found.view, offset) : completePrompt(found.view, offset);
      return offers.map(({ span, ...rest }) => ({ ...rest, range: lines.range(...span) }));
    },

    async hover(file, at, caseIndex) {
      const found = await views.of(workspaces.at(file), file, caseIndex);
      if (found === null) return null;
      const offset = offsetAt(found.text, at);
      return found.kind === 'suite' ? hoverSuite(found.view, offset) : hoverPrompt(found.view, offset);
    },

    async fixes(file, from, to) {
      const workspace = workspaces.at(file);
      const problems = [
        ...located(workspace, await checkFile(workspace, file)),
        ...(await languageProblems(views, workspace, file)),
      ].filter((problem) => problem.file === path.resolve(file) && touches(problem, from, to));
      const found = problems.length === 0 ? null : await views.of(workspace, file);
      if (found === null) return [];
      const fixesOf = (problem: Problem): readonly Fix[] =>
        found.kind === 'suite' ? suiteFixes(found.view, problem) : promptFixes(found.view, problem);
      const fixes = problems.flatMap((problem) => fixesOf(problem).map((fix) => ({ ...fix, range: problem.range })));
      return Promise.all(fixes.map(async (fix) => ({ ...fix, changes: await ranged(workspace, fix.changes) })));
    },

    async symbols(file) {
      if (isSuitePath(file)) return suiteSymbols(await workspaces.at(file).files.readText(file));
      const document = await dotprompt(file);
      return document ? promptSymbols(document) : [];
    },
    async folds(file) {
      const document = await dotprompt(file);
      return document ? promptFolds(document) : [];
    },
    async format(file) {
      const document = await dotprompt(file);
      if (document === null) return [];
      const lines = new LineIndex(document.text);
      return formatPrompt(document).map(({ start, end, text }) => ({ range: lines.range(start, end), text }));
    },
    async tokenHints(file, caseIndex) {
      const found = await views.of(workspaces.at(file), file, caseIndex);
      return found?.kind === 'prompt' ? promptTokenHints(found.view) : [];
    },
  };

  /** The file without its surroundings; null when it is another tool's. */
  async function dotprompt(file: string): Promise<PromptDocument | null> {
    if (!file.endsWith('.prompt')) return null;
    const document = readPrompt(await workspaces.at(file).files.readText(file), file);
    return document.format === 'dotprompt' ? document : null;
  }
}

/** Edits by lines and columns: the editor may not have the file open. */
export async function ranged({ files }: Workspace, changes: readonly FileEdits[]): Promise<RangedEdits[]> {
  return Promise.all(
    changes.map(async ({ path: file, edits }) => {
      const lines = new LineIndex(await files.readText(file));
      return { path: file, edits: edits.map(({ start, end, text }) => ({ range: lines.range(start, end), text })) };
    }),
  );
}

export function offsetAt(text: string, { line, column }: Cursor): number {
  return new LineIndex(text).offset(line, column);
}

function touches({ range: { start, end } }: Problem, from: Cursor, to: Cursor): boolean {
  const before = (a: Cursor, b: Cursor) => a.line < b.line || (a.line === b.line && a.column <= b.column);
  return before(start, to) && before(from, end);
}
