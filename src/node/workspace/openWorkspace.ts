import fs from 'node:fs';
import path from 'node:path';
import type { Problem } from '../../engine/problem.ts';
import { isInside } from './paths.ts';
import { CONFIG_NAME, EMPTY_CONFIG, parseConfig, type TouchstoneConfig } from './touchstoneConfig.ts';
import type { Workspace, WorkspaceFiles } from './workspace.ts';
import { fileProblem, readTextSync, workspaceFiles } from './workspaceFiles.ts';

/**
 * The workspace of a file or folder.
 *
 * Its root is the nearest folder upward that has a `touchstone.yaml` or a `.touchstone` folder; else `cwd` (the editor's
 * workspace folder) when it contains the file; else the git repository's; else the folder itself.
 */
export function openWorkspace(
  startPath: string,
  options: { readonly cwd?: string; readonly files?: WorkspaceFiles; readonly trusted?: boolean } = {},
): Workspace {
  const start = path.resolve(startPath);
  const folder = fs.statSync(start, { throwIfNoEntry: false })?.isDirectory() ? start : path.dirname(start);
  const cwd = options.cwd === undefined ? undefined : path.resolve(options.cwd);
  const root =
    nearestWith(folder, [CONFIG_NAME, '.touchstone']) ??
    (cwd !== undefined && isInside(cwd, folder) ? cwd : (nearestWith(folder, ['.git']) ?? folder));
  const { config, problems } = readConfig(path.join(root, CONFIG_NAME));
  const { files = workspaceFiles(), trusted = true } = options;
  return { root, files, config, configProblems: problems, trusted };
}

function nearestWith(folder: string, names: readonly string[]): string | undefined {
  if (names.some((name) => fs.existsSync(path.join(folder, name)))) return folder;
  const parent = path.dirname(folder);
  return parent === folder ? undefined : nearestWith(parent, names);
}

function readConfig(file: string): { config: TouchstoneConfig; problems: readonly Problem[] } {
  if (!fs.existsSync(file)) return { config: EMPTY_CONFIG, problems: [] };
  try {
    return parseConfig(readTextSync(file), file);
  } catch (error) {
    return { config: EMPTY_CONFIG, problems: [fileProblem(error, file)] };
  }
}
