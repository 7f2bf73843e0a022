import fs from 'node:fs';
import path from 'node:path';

/** Whether a path is the folder or lies in it, by its name alone. */
export function isInside(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative === '' || (relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative));
}

/** The same after every symbolic link has been followed, so that no link leads out. */
export async function isReallyInside(folder: string, file: string): Promise<boolean> {
  return isInside(await realPath(folder), await realPath(file));
}

/** Of a file that is not there yet (an unsaved buffer) as much as is. */
async function realPath(file: string): Promise<string> {
  try {
    return await fs.promises.realpath(file);
  } catch {
    const parent = path.dirname(file);
    return parent === file ? file : path.join(await realPath(parent), path.basename(file));
  }
}

/** Relative to a root and with forward slashes, as paths stand in the history and in reports. */
export function portablePath(root: string, file: string): string {
  return path.relative(root, file).split(path.sep).join('/');
}
