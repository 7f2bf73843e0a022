import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { Problem } from '../../../../src/engine/problem.ts';

/** A folder with these files, gone after the test. */
export function folderWith(files: { readonly [name: string]: string | Uint8Array }): string {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'touchstone-')));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), content);
  }
  return folder;
}

/** `file:line:column code`, counted from 1, the file relative to a folder. */
export function brief(folder: string, { file, range, code }: Problem): string {
  const name = path.relative(folder, file).split(path.sep).join('/');
  return `${name}:${range.start.line + 1}:${range.start.column + 1} ${code}`;
}
