/** A query without its comments, quoted names and texts, and what stands in parentheses: what its outermost clauses say. */
function outermost(query: string): string {
  let depth = 0;
  let kept = '';
  for (const [token] of query.matchAll(TOKEN)) {
    if (token === '(') depth += 1;
    else if (token === ')') depth -= 1;
    else if (depth === 0) kept += /^(?:--|\/\*|['"`[])/.test(token) ? ' ' : token;
  }
  return kept;
}

// What is not closed goes to the end.
const TOKEN =
  /--[^\n]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/|$)|'(?:[^']|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)|`[^`]*(?:`|$)|\[[^\]]*(?:\]|$)|[()]|[^()'"`[/-]+|[/-]/g;

export function isOrdered(query: string): boolean {
  return /\border\s+by\b/i.test(outermost(query));
}

/** Whether a text is meant as a query rather than as a value. */
export function looksLikeQuery(text: string): boolean {
  return /^\s*(?:select|with|values)\b/i.test(outermost(text));
}

export const STATEMENTS = ['select', 'insert', 'update', 'delete'] as const;
export type StatementKind = (typeof STATEMENTS)[number];

/** What a statement does, by its outermost words; null for any other, such as PRAGMA or CREATE. */
export function statementKind(text: string): StatementKind | null {
  const [, first, rest = ''] =
    /^[\s;]*(select|values|insert|replace|update|delete|with)\b([\s\S]*)/i.exec(outermost(text)) ?? [];
  const word =
    first?.toLowerCase() === 'with' ? /\b(?:select|values|insert|replace|update|delete)\b/i.exec(rest)?.[0] : first;
  const kind = word?.toLowerCase().replace('values', 'select').replace('replace', 'insert');
  return STATEMENTS.find((one) => one === kind) ?? null;
}

/** A table of SQLite itself that a statement names, through which the schema can be read; null when there is none. */
export function namesOutside(text: string): string | null {
  const names = [...text.matchAll(TOKEN)].map(([token]) => (/^(?:--|\/\*|')/.test(token) ? ' ' : token)).join('');
  return (
    /\b(?:sqlite_(?:temp_)?(?:master|schema)|sqlite_(?:sequence|stat\d|dbpage|stmt)|pragma_\w+|dbstat)\b/i.exec(
      names,
    )?.[0] ?? null
  );
}

/** The text in a Markdown fence that is all there is, else the text itself. */
export function withoutFence(text: string): string {
  const trimmed = text.trim();
  const opening = /^```[\w-]*[ \t]*\r?\n/.exec(trimmed)?.[0];
  const isFenced = opening !== undefined && trimmed.endsWith('```') && trimmed.length >= opening.length + 3;
  const inner = isFenced ? trimmed.slice(opening.length, -3) : trimmed;
  return inner.includes('```') ? trimmed : inner.trim();
}
