import fs from 'node:fs';
import path from 'node:path';
import type { SimpleGit } from 'simple-git';

/** Whether a folder or one above it holds `.git`, a folder or (of a worktree or submodule) a file. */
export function isInRepository(folder: string): boolean {
  const above = path.dirname(folder);
  return fs.existsSync(path.join(folder, '.git')) || (above !== folder && isInRepository(above));
}

/**
 * Git that runs nothing which the repository configures: no hooks, no file-system monitor, no filters of its own, no fetching
 * of missing objects; and it never asks for anything.
 *
 * @param root absolute; where it is run
 * @param signal ends the programs that were started
 */
export async function safeGit(root: string, signal?: AbortSignal): Promise<(config?: readonly string[]) => SimpleGit> {
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

/** Git with the filters switched off that the repository itself defines; null where one has a name that no option could carry. */
export async function unfiltered(git: (config?: readonly string[]) => SimpleGit): Promise<SimpleGit | null> {
  const filters = await ownFilters(git());
  if (!filters.every((name) => /^[\w.-]+$/.test(name))) return null;
  return git(
    filters.flatMap((name) => [`filter.${name}.clean=`, `filter.${name}.process=`, `filter.${name}.required=false`]),
  );
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
