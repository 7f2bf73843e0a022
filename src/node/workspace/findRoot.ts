import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isInside } from './paths.ts';
import { CONFIG_NAME } from './touchstoneConfig.ts';

export type RootOptions = {
  /** The folder that the editor has open: nothing above it is looked at. */
  readonly within?: string | undefined;
  /** Where a command was started. */
  readonly cwd?: string | undefined;
};

/**
 * The root of the workspace that a folder belongs to: the nearest folder upward that has a `touchstone.yaml` or a `.touchstone`
 * folder, else the git repository, else the outermost folder that may be looked at.
 *
 * A file further up must not decide where a key is sent, so the way up ends at `within`; without it, at `cwd` or the repository,
 * whichever is further up; and where neither contains the folder, at once.
 */
export function findRoot(folder: string, { within, cwd }: RootOptions): string {
  const repository = repositoryOf(folder);
  const top = containing(folder, within) ?? outermost(containing(folder, cwd), repository) ?? folder;
  const marked = nearestWith(folder, [CONFIG_NAME, '.touchstone'], top);
  if (marked !== undefined) return marked;
  // In every folder of a repository the same root, wherever one stands.
  return repository !== undefined && isInside(top, repository) ? repository : top;
}

function containing(folder: string, around: string | undefined): string | undefined {
  const absolute = around === undefined ? undefined : path.resolve(around);
  return absolute !== undefined && isInside(absolute, folder) ? absolute : undefined;
}

/** Of two folders that both contain a third. */
function outermost(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return isInside(one, other) ? one : other;
}

/** A home under version control holds everything that its owner has, so it is no project. */
function repositoryOf(folder: string): string | undefined {
  const found = nearestWith(folder, ['.git'], path.parse(folder).root);
  return found !== os.homedir() || found === folder ? found : undefined;
}

function nearestWith(folder: string, names: readonly string[], top: string): string | undefined {
  if (names.some((name) => fs.existsSync(path.join(folder, name)))) return folder;
  return folder === top ? undefined : nearestWith(path.dirname(folder), names, top);
}
