import { isJsonObject, type Json } from '../src/engine/json.ts';

/** What stands in a dataset as a text, or as indented JSON when it is not one. */
export function readableJson(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

/**
 * The same JSON, indented. Only white space changes: numbers and escapes stay as the model wrote them.
 *
 * @returns null when the text is not a JSON object or array
 */
export function indentJson(text: string): string | null {
  const trimmed = text.trim();
  return /^[[{]/.test(trimmed) && isJson(trimmed) ? indent(trimmed) : null;
}

/** The beginning of a JSON object or list that is still being written, indented; null when it does not begin as one. */
export function indentGrowingJson(text: string): string | null {
  const trimmed = text.trim();
  return /^[[{]/.test(trimmed) && trimmed.length <= MAX_GROWING ? indent(trimmed) : null;
}

/** A text that grows is indented anew with every frame. */
const MAX_GROWING = 100_000;

/** A text that ends in the middle of a string is indented up to there. */
function indent(text: string): string {
  let depth = 0;
  let indented = '';
  const tokens = text.match(/"(?:[^"\\]|\\.)*"?|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 1];
    const isOpen = token === '{' || token === '[';
    const isClose = token === '}' || token === ']';
    if (isClose) depth--;
    if (before !== undefined && ((isClose && before !== '{' && before !== '[') || startsMember(before, isClose)))
      indented += `\n${'  '.repeat(depth)}`;
    indented += token === ':' ? ': ' : token;
    if (isOpen) depth++;
  }
  return indented;
}

/**
 * Both sides of a comparison in the same form: when both are JSON, indented with sorted keys, so that only what differs
 * in content is seen.
 */
export function comparableTexts(
  expected: Json,
  output: string,
): { readonly expected: string; readonly output: string } {
  const wanted = typeof expected === 'string' ? parseStructure(expected) : expected;
  const got = parseStructure(output);
  if (wanted === undefined || got === undefined || typeof wanted !== 'object' || wanted === null)
    return { expected: readableJson(expected), output };
  return { expected: sortedJson(wanted), output: sortedJson(got) };
}

function startsMember(before: string, isClose: boolean): boolean {
  return !isClose && (before === '{' || before === '[' || before === ',');
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function parseStructure(text: string): Json | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function sortedJson(value: Json): string {
  const sort = (_key: string, member: unknown) =>
    isJsonObject(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : member;
  return JSON.stringify(value, sort, 2);
}
