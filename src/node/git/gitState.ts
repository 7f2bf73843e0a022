import type { SimpleGit } from 'simple-git';
import type { GitState } from '../../engine/run/run.ts';
import { isInRepository, safeGit, unfiltered } from './safeGit.ts';

/**
 * The commit that a folder stands at, and whether what is there differs from it: changed and untracked files below the folder,
 * ignored ones and submodules left out.
 *
 * @param root absolute
 * @param signal ends the programs that were started
 * @returns null when git is missing, takes too long, or the folder has no commit. `dirty` is true also when that could not
 * be found out.
 */
export async function gitState(root: string, signal?: AbortSignal): Promise<GitState | null> {
  // Loading the package and starting git takes longer than to look.
  if (!isInRepository(root)) return null;
  try {
    const git = await safeGit(root, signal);
    const commit = (await git().raw(['rev-parse', '--verify', 'HEAD'])).trim();
    if (!/^[0-9a-f]{40,64}$/.test(commit)) return null;
    return { commit, dirty: await isDirty(git) };
  } catch {
    // Not a repository, no commit, no git: a run without a commit is as good as any.
    return null;
  }
}

async function isDirty(git: (config?: readonly string[]) => SimpleGit): Promise<boolean> {
  try {
    const plain = await unfiltered(git);
    if (plain === null) return true;
    return (await plain.raw(['status', '--porcelain', '-z', '--ignore-submodules=all', '--', '.'])) !== '';
  } catch {
    return true;
  }
}
