/**
 * The beginning of an output as a row of the grid shows it: of a JSON output its values, for its braces and names are the same
 * in every row. The text may have been cut anywhere.
 */
export function outputExcerpt(text: string): string {
  const trimmed = text.trim().replace(/^```(?:json)?\s*|\s*```$/gi, '');
  if (!/^[[{]/.test(trimmed)) return text;
  const values: string[] = [];
  const tokens = trimmed.match(/"(?:[^"\\]|\\.)*"?|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
  for (const [index, token] of tokens.entries()) {
    const isName = token.startsWith('"') && tokens[index + 1] === ':';
    if (!isName && !/^[{}[\],:]$/.test(token)) values.push(token.startsWith('"') ? unquoted(token) : token);
  }
  return values.length === 0 ? text : values.join(' · ');
}

function unquoted(token: string): string {
  const inner = token.slice(1).replace(/(?<!\\)"$/, '');
  return inner.replace(/\\u([0-9a-f]{4})|\\(.)/gi, (_match, hex: string | undefined, sign: string | undefined) =>
    hex === undefined ? (ESCAPES[sign ?? ''] ?? sign ?? '') : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

const ESCAPES: { readonly [sign: string]: string } = { n: ' ', t: ' ', r: ' ', b: '', f: '' };
