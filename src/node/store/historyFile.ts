import fs from 'node:fs';
import path from 'node:path';
import { APPLICATION_ID } from './migrations.ts';
import { corruptHistory, newerHistory } from './storeError.ts';

/** Where the history of a workspace is. */
export function historyPath(root: string): string {
  return path.join(root, '.touchstone', 'history.db');
}

/** Makes the folder of a history, which keeps itself out of git. */
export function makeHistoryFolder(file: string): void {
  const folder = path.dirname(file);
  fs.mkdirSync(folder, { recursive: true });
  const ignore = path.join(folder, '.gitignore');
  if (!fs.existsSync(ignore)) fs.writeFileSync(ignore, '# Made by Touchstone: runs and caches stay out of git.\n*\n');
}

/**
 * Looks at a file's first bytes before SQLite does, because even opening a database may change its file (recovery, a
 * checkpoint), and a file that is not ours or newer than us is to be left alone.
 *
 * @returns `damaged` when the file is shorter than it says: worth a whole check
 * @throws TouchstoneError history-corrupt or history-newer
 * Source: https://www.sqlite.org/fileformat2.html, section 1.3
 */
export function inspectHistoryFile(file: string, knownVersion: number): 'none' | 'ours' | 'damaged' {
  const header = readHeader(file);
  // SQLite itself makes an empty file first, so a process that died there leaves one.
  if (header === null || header.length === 0) return 'none';
  if (!isDatabase(header)) throw corruptHistory(file, 'it is not an SQLite database');
  const { applicationId, userVersion } = ownerOf(header);
  if (applicationId !== APPLICATION_ID && applicationId + userVersion > 0)
    throw corruptHistory(file, 'it is the database of another program');
  if (userVersion > knownVersion) throw newerHistory(file, userVersion, knownVersion);
  return fs.statSync(file).size < pageBytes(header) * header.readUInt32BE(28) ? 'damaged' : 'ours';
}

/** The bytes of a database, changed to need no journal in WAL mode: a copy in memory cannot have one. */
export function withoutJournal(bytes: Buffer): Buffer {
  bytes[WRITE_FORMAT_AT] = ROLLBACK_FORMAT;
  bytes[READ_FORMAT_AT] = ROLLBACK_FORMAT;
  return bytes;
}

const WRITE_FORMAT_AT = 18;
const READ_FORMAT_AT = 19;
const ROLLBACK_FORMAT = 1;
const HEADER_BYTES = 100;
const MAGIC = Buffer.from('SQLite format 3\0', 'latin1');

export function isDatabase(header: Buffer): boolean {
  return header.length >= HEADER_BYTES && header.subarray(0, MAGIC.length).equals(MAGIC);
}

/** Whose database it is, and in which version. */
export function ownerOf(header: Buffer): { readonly applicationId: number; readonly userVersion: number } {
  return { applicationId: header.readUInt32BE(68), userVersion: header.readUInt32BE(60) };
}

/** The first bytes of a file; null when there is none. */
export function readHeader(file: string): Buffer | null {
  let descriptor: number;
  try {
    descriptor = fs.openSync(file, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  try {
    const header = Buffer.alloc(HEADER_BYTES);
    return header.subarray(0, fs.readSync(descriptor, header, 0, HEADER_BYTES, 0));
  } finally {
    fs.closeSync(descriptor);
  }
}

/** 1 stands for 65,536. */
function pageBytes(header: Buffer): number {
  const stored = header.readUInt16BE(16);
  return stored === 1 ? 65_536 : stored;
}
