import fs from 'node:fs';
import path from 'node:path';
import { TouchstoneError } from '../../engine/error.ts';
import type { RunSummary } from '../../engine/run/run.ts';
import { type HistoryReader, readHistory } from '../../node/store/history.ts';
import { openWorkspace } from '../../node/workspace/openWorkspace.ts';
import type { Workspace } from '../../node/workspace/workspace.ts';
import type { Shell } from '../shell.ts';

/** Where the commands that look back find the history: in the workspace of this folder or file. */
export type WorkspaceOption = { readonly workspace?: string | undefined };

/**
 * Opens the history of a workspace, or of the one that `file` lies in, lets `use` read it, and closes it.
 *
 * @throws TouchstoneError not-found when nothing was run there yet
 */
export async function withHistory<T>(
  options: WorkspaceOption & { readonly file?: string | undefined },
  shell: Shell,
  use: (history: HistoryReader, workspace: Workspace) => T | Promise<T>,
): Promise<T> {
  const folder = path.resolve(shell.cwd, options.workspace ?? options.file ?? '.');
  if (options.workspace !== undefined && !fs.existsSync(folder))
    throw new TouchstoneError('not-found', `There is no folder ${options.workspace}.`);
  const workspace = openWorkspace(folder, { cwd: shell.cwd, within: shell.within });
  const history = readHistory(workspace.root);
  if (!history)
    throw new TouchstoneError('not-found', `Nothing was run yet in ${workspace.root}.`, {
      remedy: 'Run `touchstone eval` there first, or name another folder with --workspace.',
    });
  try {
    // Awaited, so that the file stays open until all was read.
    return await use(history, workspace);
  } finally {
    history.close();
  }
}

/** @throws TouchstoneError not-found */
export function findRun(history: HistoryReader, id: string): RunSummary {
  const summary = history.run(id);
  if (summary) return summary;
  throw new TouchstoneError(
    'not-found',
    id === 'latest' ? 'There is no run yet.' : `There is no run "${id}" in ${history.path}.`,
    {
      remedy: 'List the runs with `touchstone history`.',
    },
  );
}
