import type { FileEdits } from './fix.ts';
import { type VariableFamily, type VariablePlace, variableOccurrences } from './variableOccurrences.ts';

/** What a rename changes, or why it is refused, in words. */
export type Rename = { readonly changes: readonly FileEdits[] } | { readonly refusal: string };

/** Names with a meaning of their own in templates or in datasets. */
const RESERVED = ['this', 'true', 'false', 'null', 'undefined', 'else', 'as', 'id', 'tags', 'expected', 'history'];

/**
 * Renames a variable wherever it is read, declared, mapped or given. Nothing is renamed when the new name is not one, or is
 * taken by another variable or column of the same files.
 */
export async function renameVariable(family: VariableFamily, from: string, to: string): Promise<Rename> {
  if (from === to) return { changes: [] };
  if (!/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(to)) {
    return { refusal: `"${to}" is not the name of a variable: letters, digits, _ and - make one.` };
  }
  if (RESERVED.includes(to)) return { refusal: `"${to}" has a meaning of its own. Choose another name.` };
  const [taken] = await variableOccurrences(family, to);
  if (taken !== undefined) {
    return {
      refusal: `There is a variable or a column "${to}" already, in ${baseName(taken.path)}. Choose another name.`,
    };
  }
  const places = await variableOccurrences(family, from);
  if (places.length === 0) return { refusal: `There is no variable "${from}".` };
  return { changes: byFile(places, to) };
}

function byFile(places: readonly VariablePlace[], to: string): FileEdits[] {
  const files = [...new Set(places.map(({ path }) => path))];
  return files.map((path) => ({
    path,
    edits: places
      .filter((place) => place.path === path)
      .map(({ span: [start, end], written }) => ({ start, end, text: written(to) }))
      .sort((a, b) => a.start - b.start),
  }));
}

function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
