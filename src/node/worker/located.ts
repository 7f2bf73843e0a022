import path from 'node:path';
import type { Problem } from '../../engine/problem.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** Problems with absolute files: a parser names files as they were given to it, and the editor needs to find them. */
export function located(workspace: Workspace, problems: readonly Problem[]): readonly Problem[] {
  return problems.map((problem) => ({ ...problem, file: path.resolve(workspace.root, problem.file) }));
}
