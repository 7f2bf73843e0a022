// The process in which a model's queries run: opens a copy of the database that its argument names, then answers each
// question on stdin with rows, or with what is wrong. It can be ended when a query does not end, and the file is out of a query's reach.
import fs from 'node:fs';
import { createInterface } from 'node:readline';
import { looksLikeQuery } from '../../engine/metric/sql/sqlText.ts';
import { type Database, openDatabase } from '../store/database.ts';
import { checkStatement } from './sqlCheck.ts';

const MAX_ROWS = 10_000;
/** An answer is one line of at most a megabyte. */
const MAX_LENGTH = 500_000;

/** A query to run; with `check` a statement that is only to be looked at, against a list of what it may use. */
type Question = { readonly query: string; readonly check?: { readonly allow: readonly string[] | null } };

const file = process.argv[2] ?? '';
let database: Database | undefined;

for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
  const { id, ...question } = JSON.parse(line) as { readonly id: number } & Question;
  process.stdout.write(`${JSON.stringify({ id, ...answerTo(question) })}\n`);
}

function answerTo({ query, check }: Question): object {
  try {
    database ??= open();
  } catch (error) {
    process.stderr.write(messageOf(error));
    process.exit(1);
  }
  try {
    return check === undefined ? rowsOf(database, query) : checkStatement(database, query, check.allow, openEmpty);
  } catch (error) {
    return { refused: messageOf(error) };
  }
}

/** In memory: what a query might change is gone with the process. */
function open(): Database {
  const options = { busyTimeoutMs: 0, readonly: false };
  const isScript = /\.sql$/i.test(file);
  const copy = openDatabase(isScript ? ':memory:' : withoutWal(fs.readFileSync(file)), options);
  if (isScript) copy.exec(fs.readFileSync(file, 'utf8'));
  copy.pragma('query_only = ON');
  copy.pragma('trusted_schema = OFF');
  return copy;
}

function openEmpty(): Database {
  return openDatabase(':memory:', { busyTimeoutMs: 0, readonly: false });
}

/** A copy in memory has no write-ahead log; the two bytes say that the file had one (SQLite's file format, 1.3.3). */
function withoutWal(bytes: Buffer): Buffer {
  if (bytes.length > 20 && bytes[18] === 2 && bytes[19] === 2) bytes.fill(1, 18, 20);
  return bytes;
}

function rowsOf(database: Database, query: string): object {
  const statement = database.prepare(query);
  if (!statement.reader || !statement.readonly || !looksLikeQuery(query))
    return { refused: 'only a query that reads is run: SELECT, WITH or VALUES' };
  const rows: unknown[][] = [];
  let length = 0;
  for (const row of statement.raw().safeIntegers().iterate()) {
    if (rows.length === MAX_ROWS) return { refused: `it gives more than ${MAX_ROWS} rows` };
    const isHuge = (row as unknown[]).some((value) => Buffer.isBuffer(value) && value.length > MAX_LENGTH);
    const values = isHuge ? [] : (row as unknown[]).map(asJson);
    length += JSON.stringify(values).length;
    if (isHuge || length > MAX_LENGTH) return { refused: `it gives more than ${MAX_LENGTH} characters` };
    rows.push(values);
  }
  return { rows };
}

/** What JSON cannot say becomes a text: long integers, infinities, and the bytes of a blob. */
function asJson(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  return Buffer.isBuffer(value) ? `x'${value.toString('hex')}'` : value;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
