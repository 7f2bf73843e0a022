import { parse } from 'pgsql-ast-parser';
import type { Json } from '../engine/json.ts';
import type { SqlTree } from '../engine/metric/sql/sqlTree.ts';

/** The one place that knows the parser of SQL. */

/** Beyond this, numbers are not told apart any more. */
const EXACT_DIGITS = 15;

/** The tree of one statement. The parser's SQL is that of PostgreSQL; names in `` ` `` or [ ] and `==` are taken as SQLite and others have them. */
export function sqlTree(text: string): SqlTree {
  const plain = text.replace(TOKEN, (token) => {
    if (token === '==') return '=';
    if (token.startsWith('`')) return quoted(token.slice(1, -1));
    return token.startsWith('[') ? quoted(token.slice(1, -1)) : token;
  });
  if (new RegExp(`\\d{${EXACT_DIGITS + 1}}`).test(plain))
    return { error: 'it has a number of more digits than can be compared' };
  try {
    const statements = parse(plain);
    const [first] = statements;
    if (first === undefined || statements.length > 1) return { error: `it has ${statements.length} statements` };
    return { tree: JSON.parse(JSON.stringify(first)) as Json };
  } catch (error) {
    return { error: words(error) };
  }
}

// Comments and texts first, so that nothing in them is changed.
const TOKEN = /--[^\n]*|\/\*(?:[^*]|\*(?!\/))*\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\[[^\]\d'"][^\]'"]*\]|==/g;

function quoted(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

/** The parser draws the place and lists what it expected. */
function words(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const place = /line (\d+) col (\d+)/.exec(message);
  const unexpected = /Unexpected [^.]*/.exec(message)?.[0];
  const what = unexpected ? unexpected.replace(/ token\b/, '') : 'It cannot be read';
  return place ? `${what} in line ${place[1]}, column ${place[2]}` : what;
}
