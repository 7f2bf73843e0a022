import path from 'node:path';
import { TouchstoneError } from '../../engine/error.ts';
import { safeGit, unfiltered } from './safeGit.ts';

/** What differs between a commit and the files as they are now. Paths are absolute. */
export type ChangedFiles = {
  /** Changed, new, deleted, and both names of what was renamed; what git ignores is left out. */
  readonly files: ReadonlySet<string>;
  /** The old path of each file that git takes for a renamed one. */
  readonly renamedFrom: ReadonlyMap<string, string>;
};

/**
 * @param root absolute; only what lies below it counts
 * @param commit a revision that git knows
 * @throws TouchstoneError `invalid-argument` when git cannot tell
 */
export async function changedFiles(root: string, commit: string, signal?: AbortSignal): Promise<ChangedFiles> {
  const git = await unfiltered(await safeGit(root, signal));
  if (git === null)
    throw new TouchstoneError(
      'invalid-argument',
      'The repository defines a filter with a name that git cannot be told to leave out.',
      {
        remedy: 'Evaluate without `--changed`, or rename the filter.',
      },
    );
  // No program of a diff is started, and a rename is found in the same way whatever the user set.
  const diff = ['diff', '--name-status', '-z', '--relative', '--no-ext-diff', '--no-textconv', '--find-renames=50%'];
  const [changed, untracked] = await Promise.all([
    git.raw([...diff, '--ignore-submodules=all', commit, '--', '.']),
    git.raw(['ls-files', '--others', '--exclude-standard', '-z', '--', '.']),
  ]);
  const files = new Set<string>();
  const renamedFrom = new Map<string, string>();
  const absolute = (name: string) => path.resolve(root, name);
  const words = changed.split('\0');
  for (let at = 0; at + 1 < words.length; ) {
    const status = words[at] ?? '';
    const first = absolute(words[at + 1] ?? '');
    files.add(first);
    const isPair = /^[RC]/.test(status);
    if (isPair) {
      const second = absolute(words[at + 2] ?? '');
      files.add(second);
      if (status.startsWith('R')) renamedFrom.set(second, first);
    }
    at += isPair ? 3 : 2;
  }
  for (const name of untracked.split('\0')) if (name !== '') files.add(absolute(name));
  return { files, renamedFrom };
}
