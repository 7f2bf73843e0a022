import { namesOutside, statementKind } from '../../engine/metric/sql/sqlText.ts';
import type { Database } from '../store/database.ts';

/** A table with the columns that may be used; null for all. */
type Allowed = ReadonlyMap<string, ReadonlySet<string> | null>;

/**
 * Prepares a statement, which is then not run: the kind of statement that it is, or what SQLite says against it.
 *
 * Against `allow` it is prepared a second time, in an empty database that has only what is allowed: what SQLite misses there is
 * used, whatever the statement calls it.
 *
 * @param reduced makes the empty database that a list is checked in
 */
export function checkStatement(
  database: Database,
  query: string,
  allow: readonly string[] | null,
  reduced: () => Database,
): object {
  const kind = statementKind(query);
  // Others, such as PRAGMA, may have an effect while they are prepared.
  if (kind === null) return { refused: 'it is no SELECT, VALUES, INSERT, UPDATE or DELETE' };
  const statement = database.prepare(query);
  if (allow === null) return { kind };
  const outside = namesOutside(query);
  if (outside !== null) return { kind, stranger: `it uses ${outside}` };
  const missing = allow.find((entry) => !isThere(database, entry));
  if (missing !== undefined) return { unknown: missing };
  const small = reduced();
  try {
    const isCut = createAllowed(small, database, readAllowed(allow));
    if (isCut && /\bnatural\b/i.test(query))
      return { kind, stranger: 'NATURAL JOIN takes columns without naming them' };
    const again = small.prepare(query);
    const isWider = statement.reader && statement.columns().length !== again.columns().length;
    return isWider ? { kind, stranger: 'it takes all columns by *' } : { kind };
  } catch (error) {
    return { kind, stranger: error instanceof Error ? error.message : String(error) };
  } finally {
    small.close();
  }
}

/** `orders` is a table with all its columns, `orders.total` one column of it. */
function readAllowed(allow: readonly string[]): Allowed {
  const tables = new Map<string, Set<string> | null>();
  for (const entry of allow) {
    const [table = '', column] = entry.toLowerCase().split('.');
    const known = tables.get(table);
    if (column === undefined) tables.set(table, null);
    else if (known !== null) tables.set(table, (known ?? new Set<string>()).add(column));
  }
  return tables;
}

function isThere(database: Database, entry: string): boolean {
  const [table, column] = entry.toLowerCase().split('.');
  const columns = (database.prepare('SELECT name FROM pragma_table_xinfo(?)').pluck().all(table) as string[]).map(
    (name) => name.toLowerCase(),
  );
  return columns.length > 0 && (column === undefined || columns.includes(column));
}

/** @returns whether a table has fewer columns than it had */
function createAllowed(small: Database, database: Database, allowed: Allowed): boolean {
  let isCut = false;
  const tables = database
    .prepare("SELECT name, type, sql FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY rootpage = 0, name")
    .all() as { readonly name: string; readonly type: string; readonly sql: string | null }[];
  for (const { name, type, sql } of tables) {
    const columns = allowed.get(name.toLowerCase());
    if (columns === undefined || sql === null) continue;
    if (columns === null && type === 'table') {
      small.exec(sql);
      continue;
    }
    const all = database.prepare('SELECT name FROM pragma_table_xinfo(?)').pluck().all(name) as string[];
    const kept = all.filter((column) => columns === null || columns.has(column.toLowerCase()));
    if (kept.length < all.length) isCut = true;
    if (kept.length === 0) continue;
    const list = kept.map(quoted).join(', ');
    // Without a rowid, which is another name of the key.
    const end = columns === null ? ')' : `, PRIMARY KEY (${list})) WITHOUT ROWID`;
    small.exec(`CREATE TABLE ${quoted(name)} (${list}${end}`);
  }
  return isCut;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
