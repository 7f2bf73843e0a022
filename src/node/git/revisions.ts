import type { NamedRevision } from '../../protocol/comparison.ts';
import { isInRepository, safeGit } from './safeGit.ts';

const MOST_COMMITS = 30;
const MOST_NAMES = 50;
/** What no subject and no name of a branch holds. */
const FIELDS = '%x1f';

/**
 * The last commits that touched some files, the newest first; then branches and tags by their last commit.
 *
 * @param root absolute
 * @param files absolute, below the root
 * @returns empty where there is no repository, or no commit
 */
export async function namedRevisions(root: string, files: readonly string[]): Promise<NamedRevision[]> {
  if (!isInRepository(root)) return [];
  try {
    const git = (await safeGit(root))();
    const format = `--format=%h${FIELDS}%cI${FIELDS}%s`;
    const [log, refs] = await Promise.all([
      git.raw(['log', `-${MOST_COMMITS}`, format, '--', ...files]),
      git.raw([
        ...['for-each-ref', '--sort=-committerdate', `--count=${MOST_NAMES}`],
        ...[
          '--format=%(refname)%1f%(committerdate:iso-strict)%1f%(subject)',
          'refs/heads',
          'refs/remotes',
          'refs/tags',
        ],
      ]),
    ]);
    return [...linesOf(log).map(toCommit), ...linesOf(refs).flatMap(toName)];
  } catch {
    return [];
  }
}

function linesOf(text: string): string[][] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\x1f'));
}

function toCommit([name = '', at = '', subject = '']: readonly string[]): NamedRevision {
  return { name, kind: 'commit', subject, at };
}

function toName([ref = '', at = '', subject = '']: readonly string[]): NamedRevision[] {
  const [, kind = '', ...rest] = ref.split('/');
  const name = rest.join('/');
  if (name === '' || name.endsWith('/HEAD')) return [];
  return [{ name, kind: kind === 'tags' ? 'tag' : 'branch', subject, at }];
}
