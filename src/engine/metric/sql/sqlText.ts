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

/** The text in a Markdown fence that is all there is, else the text itself. */
export function withoutFence(text: string): string {
  const trimmed = text.trim();
  const opening = /^```[\w-]*[ \t]*\r?\n/.exec(trimmed)?.[0];
  const isFenced = opening !== undefined && trimmed.endsWith('```') && trimmed.length >= opening.length + 3;
  const inner = isFenced ? trimmed.slice(opening.length, -3) : trimmed;
  return inner.includes('```') ? trimmed : inner.trim();
}
