import fs from 'node:fs';
import { TouchstoneError } from '../engine/error.ts';

/**
 * Writes a file that is not there yet.
 *
 * @param remedy what to do where it is
 * @throws TouchstoneError `invalid-argument` when it is there already
 */
export function writeNew(file: string, text: string, remedy: string): void {
  try {
    fs.writeFileSync(file, text, { flag: 'wx' });
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw cause;
    throw new TouchstoneError('invalid-argument', `${file} is there already.`, { cause, remedy });
  }
}
