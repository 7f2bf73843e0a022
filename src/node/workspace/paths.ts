import fs from 'node:fs';
import path from 'node:path';
import { TouchstoneError } from '../../engine/error.ts';

/** Whether a path is the folder or lies in it, by its name alone. */
export function isInside(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative === '' || (relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative));
}

/** The same after every symbolic link has been followed, so that no link leads out. */
export async function isReallyInside(folder: string, file: string): Promise<boolean> {
  return isInside(await realPath(folder), await realPath(file));
}

/**
 * Stands before every file that a workspace's files name.
 *
 * @param what begins the message: `The prompt`
 * @throws TouchstoneError `invalid-argument` when the file lies outside the workspace, by its name or through a link
 */
export async function requireInside(root: string, file: string, what: string): Promise<void> {
  if (await isReallyInside(root, file)) return;
  throw new TouchstoneError('invalid-argument', `${what} ${file} lies outside the workspace ${root}.`, {
    remedy: 'Move it into the workspace, or put a touchstone.yaml into the folder that holds both and open that one.',
  });
}

/** Of a file that is not there yet (an unsaved buffer, a baseline to be written) as much as is. */
async function realPath(file: string, links = 0): Promise<string> {
  try {
    return await fs.promises.realpath(file);
  } catch {
    const parent = path.dirname(file);
    if (parent === file) return file;
    const folder = await realPath(parent, links);
    // A link to nothing is a way out all the same: writing makes the file at its end.
    const target = await fs.promises.readlink(file).catch(() => null);
    if (target === null || links >= MAX_LINKS) return path.join(folder, path.basename(file));
    return realPath(path.resolve(folder, target), links + 1);
  }
}

/** As many as Linux follows. */
const MAX_LINKS = 40;

/** Relative to a root and with forward slashes, as paths stand in the history and in reports. */
export function portablePath(root: string, file: string): string {
  return path.relative(root, file).split(path.sep).join('/');
}
