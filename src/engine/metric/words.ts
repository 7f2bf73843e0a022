import { canonicalJson } from '../json.ts';

const SHOWN = 80;
/** How much that both texts begin with is still shown before the place where they part. */
const CONTEXT = 20;

/** A text in quotes for a reason, on one line, cut to about 80 characters. */
export function quote(text: string): string {
  return cut(text, 0);
}

/** A value for a reason: texts in quotes, everything else as JSON, cut to about 80 characters. */
export function show(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  const text = jsonText(value);
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}…`;
}

/** `expected "billing", got "bug"`; of long texts, the stretch where they part. */
export function expectedGot(expected: unknown, got: unknown): string {
  const [a, b] = [expected, got].map((value) => (typeof value === 'string' ? value : jsonText(value))) as [
    string,
    string,
  ];
  const parting = commonPrefix(a, b);
  const from = Math.max(a.length, b.length) > SHOWN && parting > SHOWN / 2 ? parting - CONTEXT : 0;
  if (from === 0) return `expected ${show(expected)}, got ${show(got)}`;
  return `expected ${cut(a, from)}, got ${cut(b, from)} (they part after ${parting} characters)`;
}

/** A number for a reason: four significant digits. Only words are rounded, never a value. */
export function digits(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/** `3 tokens`, `1 token`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}

function cut(text: string, from: number): string {
  const head = from > 0 ? '…' : '';
  const shown = text.slice(from, from + SHOWN).toWellFormed();
  return `${head}${JSON.stringify(shown)}${from + SHOWN < text.length ? '…' : ''}`;
}

function jsonText(value: unknown): string {
  if (value === undefined) return 'nothing';
  try {
    return canonicalJson(value);
  } catch {
    // JSON.parse takes any depth, JSON.stringify does not.
    return '(a deeply nested value)';
  }
}

function commonPrefix(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  let at = 0;
  while (at < end && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  return at;
}
