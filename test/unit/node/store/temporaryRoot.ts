import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach } from 'vitest';
import { type Database, openDatabase } from '../../../../src/node/store/database.ts';
import { type History, type HistoryOptions, openHistory } from '../../../../src/node/store/history.ts';
import { historyPath } from '../../../../src/node/store/historyFile.ts';

const roots: string[] = [];
const open: { close(): void }[] = [];

afterEach(() => {
  for (const each of open.splice(0)) each.close();
  for (const root of roots.splice(0)) fs.rmSync(root, { recursive: true, force: true });
});

/** An empty folder that is gone after the test. */
export function temporaryRoot(): string {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'touchstone-store-'));
  // Others may read it: one test looks at it as somebody else.
  fs.chmodSync(root, 0o755);
  roots.push(root);
  return root;
}

/** Closed after the test, if not before. */
export function closing<T extends { close(): void }>(resource: T): T {
  open.push(resource);
  return resource;
}

export function newHistory(options?: HistoryOptions): { readonly root: string; readonly history: History } {
  const root = temporaryRoot();
  return { root, history: closing(openHistory(root, options)) };
}

/** The same history, opened anew. */
export function reopened(history: History, options?: HistoryOptions): History {
  return closing(openHistory(path.dirname(path.dirname(history.path)), options));
}

/** The database of a root, past the store: to look inside or to do it harm. */
export function rawDatabase(root: string): Database {
  return closing(openDatabase(historyPath(root), { readonly: false, busyTimeoutMs: 0 }));
}

/** The code of what a function throws; null when it throws nothing. */
export function thrownCode(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
  return null;
}
