import { TouchstoneError } from '../../engine/error.ts';
import { gitState, textAtHead } from '../git.ts';
import type { Workspace, WorkspaceFiles } from './workspace.ts';

/** The workspace with its files as the last commit has them. Its configuration stays that of the working copy. */
export function workspaceAtHead(workspace: Workspace): Workspace {
  const { root } = workspace;
  const texts = new Map<string, Promise<string | null>>();
  const textOf = (file: string): Promise<string | null> => {
    const text = texts.get(file) ?? textAtHead(root, file);
    texts.set(file, text);
    return text;
  };
  const readText = async (file: string): Promise<string> => (await textOf(file)) ?? refuse(root, file);
  const files: WorkspaceFiles = {
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
  return { ...workspace, files };
}

async function refuse(root: string, file: string): Promise<never> {
  const state = await gitState(root);
  throw state === null
    ? new TouchstoneError('not-found', `There is no commit to compare with in ${root}.`, {
        remedy: 'Commit the prompt to a git repository first.',
      })
    : new TouchstoneError('not-found', `The last commit (${state.commit.slice(0, 7)}) does not hold ${file}.`, {
        remedy: 'Commit the prompt to compare with it.',
      });
}
