import { TouchstoneError } from '../../engine/error.ts';
import { sqliteCode } from './database.ts';

/**
 * Turns what SQLite or the file system threw into the one error class; a TouchstoneError passes as it is.
 * The file itself is never touched: the user decides what becomes of it.
 */
export function toStoreError(error: unknown, path: string): TouchstoneError {
  if (error instanceof TouchstoneError) return error;
  const code = sqliteCode(error) ?? systemCode(error) ?? '';
  const detail = error instanceof Error ? error.message : String(error);
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return corruptHistory(path, detail, error);
  if (/^SQLITE_(BUSY|LOCKED)/.test(code))
    return new TouchstoneError('history-locked', `Another process is holding the history ${path}.`, {
      cause: error,
      remedy: 'Wait until it is done, or close the program that has the file open, and try again.',
    });
  if (/^(SQLITE_FULL|ENOSPC)/.test(code))
    return new TouchstoneError('history-unwritable', `The disk is full: the history ${path} cannot grow.`, {
      cause: error,
      remedy: 'Free some space and try again; what was written before is kept.',
    });
  if (/^(SQLITE_(READONLY|CANTOPEN|PERM|IOERR|AUTH)|E(ACCES|PERM|ROFS|NOTDIR|EXIST|ISDIR|NOENT|IO))/.test(code))
    return new TouchstoneError('history-unwritable', `The history ${path} cannot be written: ${detail}.`, {
      cause: error,
      remedy: 'Make the .touchstone folder writable, or evaluate in a folder that is.',
    });
  return new TouchstoneError('internal', `The history ${path} failed: ${detail}.`, { cause: error });
}

export function corruptHistory(path: string, detail: string, cause?: unknown): TouchstoneError {
  return new TouchstoneError('history-corrupt', `The history ${path} is damaged or is not a history: ${detail}.`, {
    cause,
    remedy:
      'It was left as it is. Rename or move it, and a new one is made; `sqlite3 history.db .recover` may save what it held.',
  });
}

export function newerHistory(path: string, found: number, known: number): TouchstoneError {
  return new TouchstoneError(
    'history-newer',
    `The history ${path} was written by a newer Touchstone (format ${found}; this one knows ${known}).`,
    { remedy: 'Update Touchstone. The file was left as it is.' },
  );
}

function systemCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
