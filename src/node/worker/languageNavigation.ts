import path from 'node:path';
import { promptThing } from '../../engine/language/promptCursor.ts';
import { renameVariable } from '../../engine/language/renameVariable.ts';
import { suiteThing } from '../../engine/language/suiteCursor.ts';
import { variableOccurrences } from '../../engine/language/variableOccurrences.ts';
import { AT_START, LineIndex, type SourceRange } from '../../engine/problem.ts';
import type { Cursor, FileRange, LanguageApi } from '../../protocol/language.ts';
import { loadPrompt } from '../workspace/loadPrompt.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { offsetAt, ranged } from './languageApi.ts';
import { variableFamily } from './languageFamily.ts';
import type { LanguageViews } from './languageViews.ts';
import type { Workspaces } from './workspaces.ts';

type Target =
  | { readonly kind: 'variable'; readonly name: string; readonly range: SourceRange }
  | { readonly kind: 'file'; readonly path: string; readonly range: SourceRange };

/** From a name to where it is declared or used, across prompts, partials, suites and datasets. */
export function languageNavigation(
  workspaces: Workspaces,
  views: LanguageViews,
): Pick<LanguageApi, 'definition' | 'references' | 'renameTarget' | 'rename'> {
  const family = async (workspace: Workspace, file: string, variable: string) =>
    variableFamily(workspace, path.resolve(file), variable, await views.prompts(workspace));
  return {
    async definition(file, at) {
      const workspace = workspaces.at(file);
      const target = await targetAt(views, workspace, file, at);
      if (target === null) return [];
      if (target.kind === 'file') return [{ path: target.path, range: AT_START }];
      const places = await variableOccurrences(await family(workspace, file, target.name), target.name);
      const declared = places.filter(({ kind }) => kind === 'declaration');
      const own = declared.filter((place) => place.path === path.resolve(file));
      const columns = places.filter(({ kind }) => kind === 'column').slice(0, 1);
      return [own, declared, columns].find((found) => found.length > 0)?.map(toRange) ?? [];
    },
    async references(file, at) {
      const workspace = workspaces.at(file);
      const target = await targetAt(views, workspace, file, at);
      if (target === null) return [];
      if (target.kind === 'file') return includers(views, workspace, target.path);
      return (await variableOccurrences(await family(workspace, file, target.name), target.name)).map(toRange);
    },
    async renameTarget(file, at) {
      const target = await targetAt(views, workspaces.at(file), file, at);
      if (target?.kind !== 'variable') return { refusal: 'Only variables can be renamed.' };
      return { range: target.range, name: target.name };
    },
    async rename(file, at, name) {
      const workspace = workspaces.at(file);
      const target = await targetAt(views, workspace, file, at);
      if (target?.kind !== 'variable') return { refusal: 'Only variables can be renamed.' };
      const { obstacle, ...files } = await family(workspace, file, target.name);
      if (obstacle !== null) return { refusal: obstacle };
      const renamed = await renameVariable(files, target.name, name);
      return 'refusal' in renamed ? renamed : { changes: await ranged(workspace, renamed.changes) };
    },
  };
}

async function targetAt(views: LanguageViews, workspace: Workspace, file: string, at: Cursor): Promise<Target | null> {
  const found = await views.of(workspace, file);
  if (found === null) return null;
  const offset = offsetAt(found.text, at);
  const lines = new LineIndex(found.text);
  if (found.kind === 'suite') {
    const thing = suiteThing(found.view, offset);
    if (thing === null) return null;
    const range = lines.range(...thing.span);
    if (thing.kind === 'variable') return { kind: 'variable', name: thing.name, range };
    if (thing.kind !== 'prompt' && thing.kind !== 'dataset') return null;
    const named = path.resolve(path.dirname(file), thing.name);
    return (await workspace.files.exists(named)) ? { kind: 'file', path: named, range } : null;
  }
  const thing = promptThing(found.view, offset);
  if (thing?.kind === 'variable') {
    // Of a path, only the first step is the variable.
    const { range, name } = thing;
    const from = found.text.slice(range.start.offset, range.end.offset).indexOf(name);
    const start = range.start.offset + Math.max(0, from);
    return { kind: 'variable', name, range: lines.range(start, start + name.length) };
  }
  if (thing?.kind !== 'partial') return null;
  const partial = found.view.closure.partials.get(thing.name);
  return partial ? { kind: 'file', path: partial.path, range: thing.range } : null;
}

/** Tags that include a partial, in all prompts of the workspace. */
async function includers(views: LanguageViews, workspace: Workspace, partial: string): Promise<FileRange[]> {
  const found: FileRange[] = [];
  for (const prompt of await views.prompts(workspace)) {
    const loaded = await loadPrompt(workspace, prompt).catch(() => null);
    if (!loaded) continue;
    for (const { name, range } of loaded.closure.document.partials) {
      if (loaded.closure.partials.get(name)?.path === partial) found.push({ path: prompt, range });
    }
  }
  return found;
}

function toRange({ path: file, range }: FileRange): FileRange {
  return { path: file, range };
}
