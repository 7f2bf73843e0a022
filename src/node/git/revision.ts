import path from 'node:path';
import { TouchstoneError } from '../../engine/error.ts';
import { isInRepository, safeGit } from './safeGit.ts';

/** A state of the repository that somebody named. */
export type Revision = {
  /** As it was named: `HEAD`, `main`, `v1.2`, the beginning of a commit. */
  readonly name: string;
  /** 40 or 64 hex digits. */
  readonly commit: string;
};

/** `main (abc1234)`; a commit by its first digits alone. */
export function revisionWords({ name, commit }: Revision): string {
  return commit.startsWith(name) ? commit.slice(0, 7) : `${name} (${commit.slice(0, 7)})`;
}

/**
 * The commit that a branch, a tag or a part of a hash stands for.
 *
 * @param root absolute
 * @throws TouchstoneError `not-found` where there is no repository, no commit, or none of that name
 */
export async function resolveRevision(root: string, name: string, signal?: AbortSignal): Promise<Revision> {
  if (!isInRepository(root)) throw noCommit(root);
  const git = await safeGit(root, signal);
  const asked = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`];
  const commit = await git()
    .raw(asked)
    .catch(() => '');
  if (/^[0-9a-f]{40,64}$/.test(commit.trim())) return { name, commit: commit.trim() };
  if (name === 'HEAD') throw noCommit(root);
  const isShallow = await git()
    .raw(['rev-parse', '--is-shallow-repository'])
    .catch(() => '');
  throw new TouchstoneError('not-found', `git knows no commit ${name} here.`, {
    remedy:
      isShallow.trim() === 'true'
        ? 'The clone is shallow: fetch with the whole history (`git fetch --unshallow`, in GitHub Actions `fetch-depth: 0`).'
        : 'Check the name, or `git fetch` first.',
  });
}

function noCommit(root: string): TouchstoneError {
  return new TouchstoneError('not-found', `There is no commit to compare with in ${root}.`, {
    remedy: 'Commit the prompt to a git repository first.',
  });
}

/**
 * The text that a file has in a commit, as it is stored there: no filter is applied.
 *
 * @param root absolute
 * @param file absolute, below the root
 * @param commit a revision that git knows
 * @returns null when the commit does not hold it as UTF-8, or there is no such commit
 */
export async function textAt(root: string, file: string, commit: string): Promise<string | null> {
  const name = path.relative(root, file).split(path.sep).join('/');
  if (!isInRepository(root)) return null;
  try {
    const git = await safeGit(root);
    const bytes = await git().binaryCatFile(['blob', `${commit}:./${name}`]);
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
