import fs from 'node:fs';
import path from 'node:path';
import { TouchstoneError } from '../engine/error.ts';
import type { Shell } from './shell.ts';

/**
 * Where `--out` and its like point, absolute; the folders up to it are made. Asked before the work: a report that cannot be
 * written is told before any model is asked, not after.
 *
 * @param given undefined or `-` for stdout
 * @returns null for stdout
 * @throws TouchstoneError `invalid-argument` when nothing can be written there
 */
export function outputFile({ cwd }: Pick<Shell, 'cwd'>, given: string | undefined): string | null {
  if (given === undefined || given === '-') return null;
  const target = path.resolve(cwd, given);
  let known: fs.Stats | undefined;
  try {
    fs.mkdirSync(path.dirname(target), { recursive: true });
    known = fs.statSync(target, { throwIfNoEntry: false });
    if (known === undefined) tryToMake(target);
    else fs.accessSync(target, fs.constants.W_OK);
  } catch (cause) {
    throw new TouchstoneError('invalid-argument', `${given} cannot be written.`, { cause, remedy: ELSEWHERE });
  }
  if (known?.isDirectory())
    throw new TouchstoneError('invalid-argument', `${given} is a folder.`, { remedy: 'Name a file in it.' });
  return target;
}

/** Some folders take no files although they seem writable. */
function tryToMake(target: string): void {
  fs.closeSync(fs.openSync(target, 'a'));
  fs.rmSync(target);
}

const ELSEWHERE = 'Choose another place for it.';
