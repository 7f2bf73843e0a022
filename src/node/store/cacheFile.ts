import path from 'node:path';
import * as z from 'zod';
import type { Json } from '../../engine/json.ts';
import type { ModelResponse } from '../../engine/model/modelClient.ts';
import { openDatabase, prepareForWriting } from './database.ts';
import { isDatabase, makeHistoryFolder, ownerOf, readHeader } from './historyFile.ts';

/** Answers by the request that they were given to. What cannot be read or written is as if it were not there. */
export type ResponseCache = {
  readonly get: (key: string) => ModelResponse | null;
  readonly set: (key: string, response: ModelResponse) => void;
  readonly close: () => void;
};

/** Marks the file as ours ("Tstc"). */
const APPLICATION_ID = 0x54737463;
const VERSION = 1;
const BUSY_TIMEOUT_MS = 1_000;

export function cachePath(root: string): string {
  return path.join(root, '.touchstone', 'cache.db');
}

/**
 * Opens the cache of a workspace, or makes it. Deleting the file loses nothing but the calls that it saves.
 *
 * @param root the workspace's root, absolute
 * @returns a note for the user where the file cannot be used; it is then as it was
 */
export function openCache(root: string): { readonly cache: ResponseCache } | { readonly note: string } {
  const file = cachePath(root);
  try {
    const obstacle = obstacleIn(file);
    return obstacle === null ? { cache: open(file) } : { note: noteOf(file, obstacle) };
  } catch (error) {
    return { note: noteOf(file, error instanceof Error ? error.message : String(error)) };
  }
}

/** Looked at before SQLite does: even opening a file may change it. */
function obstacleIn(file: string): string | null {
  const header = readHeader(file);
  if (header === null || header.length === 0) return null;
  if (!isDatabase(header)) return 'it is not an SQLite database';
  const { applicationId, userVersion } = ownerOf(header);
  if (applicationId !== APPLICATION_ID && applicationId + userVersion > 0) return 'it is the file of another program';
  return userVersion > VERSION ? 'a newer Touchstone wrote it' : null;
}

function noteOf(file: string, detail: string): string {
  return `The response cache ${file} is not used: ${detail}. It was left as it is; delete it to begin a new one.`;
}

function open(file: string): ResponseCache {
  makeHistoryFolder(file);
  const database = openDatabase(file, { readonly: false, busyTimeoutMs: BUSY_TIMEOUT_MS });
  try {
    prepareForWriting(database);
    database.exec(
      'CREATE TABLE IF NOT EXISTS response (key TEXT PRIMARY KEY, answer TEXT NOT NULL) STRICT, WITHOUT ROWID',
    );
    database.pragma(`application_id = ${APPLICATION_ID}`);
    database.pragma(`user_version = ${VERSION}`);
    const find = database.prepare<[string], { answer: string }>('SELECT answer FROM response WHERE key = ?');
    const put = database.prepare('INSERT OR REPLACE INTO response (key, answer) VALUES (?, ?)');
    return {
      get: (key) => quietly(() => readAnswer(find.get(key)?.answer)) ?? null,
      set: (key, response) => void quietly(() => put.run(key, JSON.stringify({ ...response, rawRequest: null }))),
      close: () => database.close(),
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

/** A cache that fails costs a call, never a score. */
function quietly<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}

function readAnswer(text: string | undefined): ModelResponse | null {
  const parsed = text === undefined ? null : answerShape.safeParse(JSON.parse(text));
  return parsed?.success ? parsed.data : null;
}

const number = z.number().nullable();
const answerShape = z.object({
  output: z.string(),
  toolCalls: z.array(z.object({ id: z.string(), name: z.string(), arguments: z.string() })),
  finishReason: z.string().nullable(),
  usage: z
    .object({ inputTokens: number, outputTokens: number, cachedInputTokens: number, reasoningTokens: number })
    .nullable(),
  latencyMs: number,
  firstTokenMs: number,
  costUsd: number,
  rawRequest: z.json(),
  rawResponse: z.json() as z.ZodType<Json>,
  attempts: z.int(),
});
