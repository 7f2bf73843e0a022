import { createRequire } from 'node:module';
import type BetterSqlite3 from 'better-sqlite3';
import { TouchstoneError } from '../../engine/error.ts';

/** The one file that knows the SQLite driver. */
export type Database = BetterSqlite3.Database;
export type Statement<Parameters extends unknown[] = unknown[]> = BetterSqlite3.Statement<Parameters>;

const PAGE_BYTES = 8192;
/** 32 MB of journal before it is copied into the file: pages that change often are copied once. Saves a fifth of the writing. */
const CHECKPOINT_PAGES = 4_000;
const WAL_LIMIT_BYTES = 64 * 1024 * 1024;

/**
 * Opens a connection. A new file gets its page size and journal mode in `prepareForWriting`, its tables in `migrate`.
 *
 * @param source        a path, or the bytes of a database that is to be read in memory
 * @param busyTimeoutMs how long a statement waits for another process before SQLITE_BUSY
 * @param readonly      nothing is written to the file
 * @throws TouchstoneError `runtime-too-old`; else what the driver throws (see `toStoreError`)
 */
export function openDatabase(
  source: string | Buffer,
  options: { readonly busyTimeoutMs: number; readonly readonly: boolean },
): Database {
  const Driver = loadDriver();
  const database = new Driver(source, { readonly: options.readonly, timeout: options.busyTimeoutMs });
  try {
    database.pragma('foreign_keys = ON');
    // The first look into the file: a bad one fails here.
    database.pragma('schema_version');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Sets what stays with the file. Call it after the file is known to be ours: it writes to a new one.
 * The page size has an effect only before the first table exists, and before WAL.
 */
export function prepareForWriting(database: Database): void {
  database.pragma(`page_size = ${PAGE_BYTES}`);
  database.pragma('journal_mode = WAL');
  // In WAL a power cut may take the last transactions, but never the file; a killed process loses none of them.
  database.pragma('synchronous = NORMAL');
  database.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  database.pragma(`journal_size_limit = ${WAL_LIMIT_BYTES}`);
}

/** How long a statement waits for another process. */
export function busyTimeoutMs(database: Database): number {
  return Number(database.pragma('busy_timeout', { simple: true }));
}

export function setBusyTimeout(database: Database, milliseconds: number): void {
  database.pragma(`busy_timeout = ${milliseconds}`);
}

/** What the driver says went wrong, e.g. `SQLITE_BUSY_SNAPSHOT`; null for errors that are not SQLite's. */
export function sqliteCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  return error.code.startsWith('SQLITE_') ? error.code : null;
}

/**
 * Why this runtime cannot load the driver, or null. The driver needs Node-API 10: an older runtime does not refuse it, it
 * crashes.
 */
export function runtimeProblem(versions: { readonly node: string; readonly napi?: string | undefined }): string | null {
  const [major = 0, minor = 0] = versions.node.split('.').map(Number);
  const nodeIsNew = major > 22 || (major === 22 && minor >= 15);
  if (nodeIsNew && Number(versions.napi ?? 0) >= 10) return null;
  const found = `Node ${versions.node} (Node-API ${versions.napi ?? 'unknown'})`;
  return `Touchstone needs Node 22.15 or newer (Node-API 10); this is ${found}.`;
}

let driver: typeof BetterSqlite3 | undefined;

/** Loads the native module when a history is first opened, and only into a runtime that survives it. */
function loadDriver(): typeof BetterSqlite3 {
  if (driver) return driver;
  const problem = runtimeProblem(process.versions);
  if (problem)
    throw new TouchstoneError('runtime-too-old', problem, { remedy: 'Install a newer Node, or update the editor.' });
  const require = createRequire(import.meta.url);
  driver = require('better-sqlite3') as typeof BetterSqlite3;
  return driver;
}
