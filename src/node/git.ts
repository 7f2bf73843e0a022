import fs from 'node:fs';
import path from 'node:path';
import type { SimpleGit } from 'simple-git';
import type { GitState } from '../engine/run/run.ts';

/**
 * The commit that a folder stands at, and whether what is there differs from it: changed and untracked files below the folder,
 * ignored ones and submodules left out.
 *
 * Nothing that the repository configures is executed: no hooks, no file-system monitor, no filters, no fetching of missing
 * objects; and git never asks for anything.
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

/**
 * The text that a file has in the last commit, as it is stored there: no filter is applied. As `gitState`, it runs nothing that
 * the repository configures.
 *
 * @param root absolute
 * @param file absolute, below the root
 * @returns null when the commit does not hold it as UTF-8, or there is no commit
 */
export async function textAtHead(root: string, file: string): Promise<string | null> {
  const name = path.relative(root, file).split(path.sep).join('/');
  if (!isInRepository(root)) return null;
  try {
    const git = await safeGit(root);
    const bytes = await git().binaryCatFile(['blob', `HEAD:./${name}`]);
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The name that git gives to who works here; null when it knows none. */
export async function userName(root: string): Promise<string | null> {
  try {
    const git = await safeGit(root);
    return (await git().raw(['config', '--get', 'user.name'])).trim() || null;
  } catch {
    return null;
  }
}

/** Whether a folder or one above it holds `.git`, a folder or (of a worktree or submodule) a file. */
function isInRepository(folder: string): boolean {
  const above = path.dirname(folder);
  return fs.existsSync(path.join(folder, '.git')) || (above !== folder && isInRepository(above));
}

/** Git that runs nothing which the repository configures. */
async function safeGit(root: string, signal?: AbortSignal): Promise<(config?: readonly string[]) => SimpleGit> {
  const { simpleGit } = await import('simple-git');
  return (config = []) =>
    simpleGit({
      baseDir: root,
      abort: signal,
      config: [...SAFE_CONFIG, ...config],
      unsafe: { allowUnsafeFsMonitor: true, allowUnsafeHooksPath: true, allowUnsafeFilter: true },
      timeout: { block: GIT_TIMEOUT_MS },
      allowEnvironment: Object.keys(SAFE_ENVIRONMENT),
    }).env({ ...ambient(), ...SAFE_ENVIRONMENT });
}

const GIT_TIMEOUT_MS = 5_000;

/** All of these name programs that git would start, or where it would find some. */
const SAFE_CONFIG = ['core.fsmonitor=', 'core.hooksPath=/dev/null', 'safe.bareRepository=explicit'];

const SAFE_ENVIRONMENT = {
  GIT_TERMINAL_PROMPT: '0',
  // Without the lock, status does not write the index, which would run a hook.
  GIT_OPTIONAL_LOCKS: '0',
  // A partial clone fetches what it lacks through a program that its own config names.
  GIT_NO_LAZY_FETCH: '1',
  GIT_ALLOW_PROTOCOL: 'none',
};

const AMBIENT = [
  ...['PATH', 'PATHEXT', 'SYSTEMROOT', 'PROGRAMDATA', 'TEMP', 'TMP', 'TMPDIR'],
  ...['HOME', 'HOMEDRIVE', 'HOMEPATH', 'USERPROFILE', 'XDG_CONFIG_HOME', 'APPDATA', 'LOCALAPPDATA'],
];

/** What git needs to find itself and the user's config; an inherited GIT_DIR would lead it elsewhere. */
function ambient(): Record<string, string> {
  const entries = Object.entries(process.env).filter(([name]) => AMBIENT.includes(name.toUpperCase()));
  return Object.fromEntries(entries.map(([name, value]) => [name, value ?? '']));
}

async function isDirty(git: (config?: readonly string[]) => SimpleGit): Promise<boolean> {
  try {
    const filters = await ownFilters(git());
    // A name with other signs could not be overridden on a command line, so git is not let near the files.
    if (!filters.every((name) => /^[\w.-]+$/.test(name))) return true;
    const off = filters.flatMap((name) => [
      `filter.${name}.clean=`,
      `filter.${name}.process=`,
      `filter.${name}.required=false`,
    ]);
    const status = await git(off).raw(['status', '--porcelain', '-z', '--ignore-submodules=all', '--', '.']);
    return status !== '';
  } catch {
    return true;
  }
}

/** Filters that the repository itself defines; those of the user (Git LFS, as a rule) are the user's own programs. */
async function ownFilters(git: SimpleGit): Promise<string[]> {
  const listed = await git.raw([
    'config',
    '--show-scope',
    '-z',
    '--name-only',
    '--includes',
    '--get-regexp',
    '^filter\\.',
  ]);
  const words = listed.split('\0');
  const names = new Set<string>();
  for (let at = 0; at + 1 < words.length; at += 2) {
    const key = words[at + 1] ?? '';
    const isOwn = words[at] === 'local' || words[at] === 'worktree';
    if (isOwn) names.add(key.slice('filter.'.length, key.lastIndexOf('.')));
  }
  return [...names];
}
