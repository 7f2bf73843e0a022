import { JinjaValueError } from './jinjaError.ts';
import { isDict, itemsOf, type JinjaValue, represent, textOf, Undefined } from './jinjaValue.ts';

const MAX_DEPTH = 200;

/**
 * JSON as Jinja2's `tojson` writes it: keys sorted, ASCII only, and `<>&'` as escapes.
 *
 * @throws JinjaValueError for what JSON has not
 */
export function toJson(value: JinjaValue, indent: number): string {
  const json = write(value, Math.min(Math.max(indent, 0), 100), 0);
  return json.replace(/[<>&']/g, unicodeEscape);
}

function write(value: JinjaValue, indent: number, depth: number): string {
  if (depth > MAX_DEPTH) throw new JinjaValueError('The value is nested too deeply for JSON.');
  if (value === null) return 'null';
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return quoted(value);
  const items = itemsOf(value);
  const inner = (item: JinjaValue) => write(item, indent, depth + 1);
  if (items) return enclosed('[', ']', items.map(inner), indent, depth);
  if (isDict(value)) {
    const keys = Object.keys(value).sort(byCodePoint);
    const entries = keys.map((key) => `${quoted(key)}: ${inner(value[key] ?? null)}`);
    return enclosed('{', '}', entries, indent, depth);
  }
  if (value instanceof Undefined) throw new JinjaValueError(`"${value.name}" has no value, which JSON cannot say.`);
  return represent(value);
}

function enclosed(open: string, close: string, entries: readonly string[], indent: number, depth: number): string {
  if (entries.length === 0) return open + close;
  if (indent === 0) return `${open}${entries.join(', ')}${close}`;
  const space = `\n${' '.repeat(indent * (depth + 1))}`;
  return `${open}${space}${entries.join(`,${space}`)}\n${' '.repeat(indent * depth)}${close}`;
}

function quoted(text: string): string {
  return JSON.stringify(textOf(text)).replace(/[\u007f-\uffff]/g, unicodeEscape);
}

function unicodeEscape(character: string): string {
  return character === '\u007f' ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
