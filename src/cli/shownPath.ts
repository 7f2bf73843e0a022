import path from 'node:path';

/** A path as a person in this folder would write it: relative, unless it lies two or more folders up. */
export function shownPath(cwd: string, file: string): string {
  const relative = path.relative(cwd, path.resolve(cwd, file));
  if (relative === '') return '.';
  return relative.startsWith(path.join('..', '..')) ? path.resolve(cwd, file) : relative;
}
