import path from 'node:path';
import { TouchstoneError } from '../../engine/error.ts';
import { type Revision, revisionWords } from './revision.ts';
import { safeGit } from './safeGit.ts';

export type Commit = {
  /** 40 or 64 hex digits. */
  readonly commit: string;
  readonly author: string;
  /** ISO time. */
  readonly at: string;
  readonly subject: string;
};

const FIELDS = '--format=%H%x1f%an%x1f%aI%x1f%s';
/** A merge is one change, as the branch that it came to sees it. */
const ONE_LINE = ['--first-parent', '--diff-merges=first-parent'];

/**
 * The commits after one and up to another that changed some files, the earliest first.
 *
 * @param root  absolute
 * @param files absolute
 * @throws TouchstoneError `invalid-argument` where the one does not come before the other
 */
export async function commitsBetween(
  root: string,
  { from, to }: { readonly from: Revision; readonly to: Revision },
  files: readonly string[],
  signal?: AbortSignal,
): Promise<Commit[]> {
  const git = (await safeGit(root, signal))();
  const base = await git.raw(['merge-base', from.commit, to.commit]).catch(() => '');
  if (base.trim() !== from.commit || from.commit === to.commit)
    throw new TouchstoneError(
      'invalid-argument',
      `${revisionWords(from)} does not come before ${revisionWords(to)}, so there is nothing between them.`,
      { remedy: 'Name an earlier commit of the same branch, such as one of `git log`.' },
    );
  const range = `${from.commit}..${to.commit}`;
  return read(
    await git.raw(['log', '--reverse', ...ONE_LINE, FIELDS, range, '--', ...files.map((file) => inRoot(root, file))]),
  );
}

/** The last commits that changed some files, the newest first. */
export async function lastCommits(
  root: string,
  files: readonly string[],
  limit: number,
  signal?: AbortSignal,
): Promise<Commit[]> {
  const git = (await safeGit(root, signal))();
  return read(await git.raw(['log', `-${limit}`, FIELDS, '--', ...files.map((file) => inRoot(root, file))]));
}

/** One commit. */
export async function commitOf(root: string, { commit }: Revision, signal?: AbortSignal): Promise<Commit> {
  const [found] = read(await (await safeGit(root, signal))().raw(['log', '-1', FIELDS, commit]));
  if (!found) throw new TouchstoneError('not-found', `git knows no commit ${commit} here.`);
  return found;
}

/**
 * The commits that changed a file, the newest first, also under the names that it had before; each with its name then.
 *
 * @param root absolute
 * @param file absolute
 * @returns empty where there is no such file in any commit
 */
export async function commitsOf(
  root: string,
  file: string,
  limit: number,
  signal?: AbortSignal,
): Promise<(Commit & { readonly file: string })[]> {
  const git = (await safeGit(root, signal))();
  const text = await git.raw([
    ...['log', `-${limit}`, '--follow', '--relative', '--name-only', '-z'],
    ...[`--format=%x1e${FIELDS.slice('--format='.length)}%x1f`, '--', inRoot(root, file)],
  ]);
  return text
    .split('\x1e')
    .slice(1)
    .map((record) => {
      const [commit = '', author = '', at = '', subject = '', names = ''] = record.split('\x1f');
      const name = names
        .split('\0')
        .map((one) => one.trim())
        .find((one) => one !== '');
      return { commit, author, at, subject, file: name === undefined ? file : path.resolve(root, name) };
    });
}

function read(text: string): Commit[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [commit = '', author = '', at = '', subject = ''] = line.split('\x1f');
      return { commit, author, at, subject };
    });
}

function inRoot(root: string, file: string): string {
  return `:(literal)${path.relative(root, file).split(path.sep).join('/')}`;
}
