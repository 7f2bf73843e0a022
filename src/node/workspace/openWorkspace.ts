import fs from 'node:fs';
import path from 'node:path';
import type { Problem } from '../../engine/problem.ts';
import { findRoot, type RootOptions } from './findRoot.ts';
import { CONFIG_NAME, EMPTY_CONFIG, parseConfig, type TouchstoneConfig } from './touchstoneConfig.ts';
import type { Workspace, WorkspaceFiles } from './workspace.ts';
import { fileProblem, readTextSync, workspaceFiles } from './workspaceFiles.ts';

export type OpenOptions = RootOptions & {
  /** By default true: a command that names a file is trust enough. The editor asks its user. */
  readonly trusted?: boolean;
  readonly files?: WorkspaceFiles;
};

/** The workspace of a file or folder. */
export function openWorkspace(startPath: string, options: OpenOptions = {}): Workspace {
  const start = path.resolve(startPath);
  const folder = fs.statSync(start, { throwIfNoEntry: false })?.isDirectory() ? start : path.dirname(start);
  const root = findRoot(folder, options);
  const { config, problems } = readConfig(path.join(root, CONFIG_NAME));
  const { files = workspaceFiles(), trusted = true } = options;
  return { root, files, config, configProblems: problems, trusted };
}

function readConfig(file: string): { config: TouchstoneConfig; problems: readonly Problem[] } {
  if (!fs.existsSync(file)) return { config: EMPTY_CONFIG, problems: [] };
  try {
    return parseConfig(readTextSync(file), file);
  } catch (error) {
    return { config: EMPTY_CONFIG, problems: [fileProblem(error, file)] };
  }
}
