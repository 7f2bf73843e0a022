import { TouchstoneError } from '../../engine/error.ts';
import { type Revision, resolveRevision, revisionWords, textAt } from '../git/revision.ts';
import type { Workspace, WorkspaceFiles } from './workspace.ts';

/**
 * The workspace with its files as a commit has them. Its configuration stays that of the working copy.
 *
 * @param revision its commit may be any name that git knows, as `HEAD`; what is wrong with it is told when a file is not found
 */
export function workspaceAt(workspace: Workspace, revision: Revision): Workspace {
  return { ...workspace, files: filesAt(workspace.root, revision) };
}

export function filesAt(root: string, revision: Revision): WorkspaceFiles {
  const texts = new Map<string, Promise<string | null>>();
  const textOf = (file: string): Promise<string | null> => {
    const text = texts.get(file) ?? textAt(root, file, revision.commit);
    texts.set(file, text);
    return text;
  };
  const readText = async (file: string): Promise<string> => (await textOf(file)) ?? refuse(root, file, revision);
  return {
    readText,
    async *chunks(file) {
      yield await readText(file);
    },
    exists: async (file) => (await textOf(file)) !== null,
    hasOverlays: () => false,
    setOverlay: () => {
      throw new Error('A commit has no unsaved buffers.');
    },
  };
}

async function refuse(root: string, file: string, { name }: Revision): Promise<never> {
  const revision = await resolveRevision(root, name);
  throw new TouchstoneError('not-found', `${revisionWords(revision)} does not hold ${file}.`, {
    remedy: 'Commit the file to compare with it.',
  });
}
