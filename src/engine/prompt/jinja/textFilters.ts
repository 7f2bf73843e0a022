import type { Args, Shape } from './jinjaCall.ts';
import { JinjaValueError } from './jinjaError.ts';
import {
  checkLength,
  float,
  isDict,
  isTrue,
  type JinjaValue,
  lengthOf,
  numberOf,
  Tuple,
  textOf,
  Undefined,
} from './jinjaValue.ts';
import { formatPercent } from './pythonFormat.ts';
import { capitalize, center, replaceText, roundHalfEven, splitLines, strip } from './pythonText.ts';
import { toJson } from './toJson.ts';

export type SimpleFilter = Shape & { readonly run: (value: JinjaValue, args: Args) => JinjaValue };

/** Filters that make texts and numbers; names and results are Jinja2's. */
export const TEXT_FILTERS: ReadonlyMap<string, SimpleFilter> = new Map<string, SimpleFilter>([
  ['upper', text((value) => value.toUpperCase())],
  ['lower', text((value) => value.toLowerCase())],
  ['capitalize', text(capitalize)],
  ['title', text(title)],
  ['string', text((value) => value)],
  ['safe', text((value) => value)],
  ['trim', { params: ['chars?'], run: (value, args) => strip(textOf(value), args.text('chars'), 'both') }],
  ['escape', text(escapeHtml)],
  ['e', text(escapeHtml)],
  ['wordcount', { params: [], run: (value) => textOf(value).match(/[\p{L}\p{N}_]+/gu)?.length ?? 0 }],
  ['center', { params: ['width?'], run: centered }],
  ['indent', { params: ['width?', 'first?', 'blank?'], run: indent }],
  ['truncate', { params: ['length?', 'killwords?', 'end?', 'leeway?'], run: truncate }],
  ['replace', { params: ['old', 'new', 'count?'], run: replace }],
  ['format', { params: ['*'], run: format }],
  ['urlencode', { params: [], run: urlEncode }],
  ['tojson', { params: ['indent?'], run: (value, args) => toJson(value, args.integer('indent', 0)) }],
  ['int', { params: ['default?', 'base?'], run: toInteger }],
  ['float', { params: ['default?'], run: toFloat }],
  ['round', { params: ['precision?', 'method?'], run: round }],
  ['abs', { params: [], run: absolute }],
  ['length', { params: [], run: (value) => lengthOf(value) }],
  ['count', { params: [], run: (value) => lengthOf(value) }],
  ['default', { params: ['default_value?', 'boolean?'], run: byDefault }],
  ['d', { params: ['default_value?', 'boolean?'], run: byDefault }],
]);

function text(make: (value: string) => string): SimpleFilter {
  return { params: [], run: (value) => make(textOf(value)) };
}

/** The first letter of each word large, the rest small. */
function title(value: string): string {
  return value
    .split(/([-\s({[<]+)/)
    .map(capitalize)
    .join('');
}

const ENTITIES: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  "'": '&#39;',
  '"': '&#34;',
};

function escapeHtml(value: string): string {
  return value.replace(/[&<>'"]/g, (character) => ENTITIES[character] ?? character);
}

function centered(value: JinjaValue, args: Args): JinjaValue {
  const width = args.integer('width', 80);
  checkLength(width);
  return center(textOf(value), width);
}

function indent(value: JinjaValue, args: Args): JinjaValue {
  const width = args.get('width') ?? 4;
  if (typeof width === 'number') checkLength(width);
  const space = typeof width === 'string' ? width : ' '.repeat(Math.max(0, numberOf(width) ?? 0));
  const lines = splitLines(`${textOf(value)}\n`);
  checkLength(lines.length * space.length);
  const indented = lines.map((line, index) => (index > 0 && (args.flag('blank') || line !== '') ? space + line : line));
  return (args.flag('first') ? space : '') + indented.join('\n');
}

/** Up to 5 characters more than asked for are left alone, as in Jinja2. */
function truncate(value: JinjaValue, args: Args): JinjaValue {
  const all = [...textOf(value)];
  const length = args.integer('length', 255);
  const end = args.text('end') ?? '...';
  const kept = length - [...end].length;
  if (kept < 0) throw new JinjaValueError('The length to truncate to is shorter than what is put at the end.');
  if (all.length <= length + args.integer('leeway', 5)) return textOf(value);
  const cut = all.slice(0, kept).join('');
  if (args.flag('killwords')) return cut + end;
  const space = cut.lastIndexOf(' ');
  return (space === -1 ? cut : cut.slice(0, space)) + end;
}

function replace(value: JinjaValue, args: Args): JinjaValue {
  return replaced(textOf(value), args.text('old') ?? '', args.text('new') ?? '', args.integer('count', -1));
}

export function replaced(value: string, old: string, by: string, count: number): string {
  checkLength((value.length / Math.max(1, old.length) + 1) * by.length);
  return replaceText(value, old, by, count);
}

function format(value: JinjaValue, { given }: Args): JinjaValue {
  const { positional, named } = given;
  if (positional.length > 0 && named.size > 0)
    throw new JinjaValueError('Values to be formatted are given either by place or by name.');
  return formatPercent(textOf(value), named.size > 0 ? Object.fromEntries(named) : new Tuple(positional));
}

function urlEncode(value: JinjaValue): JinjaValue {
  const quote = (part: string) =>
    encodeURIComponent(part.toWellFormed()).replace(
      /[!'()*]/g,
      (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  const inQuery = (part: JinjaValue) => quote(textOf(part)).replaceAll('%20', '+');
  if (isDict(value)) {
    return Object.entries(value)
      .map(([key, item]) => `${inQuery(key)}=${inQuery(item)}`)
      .join('&');
  }
  return quote(textOf(value)).replaceAll('%2F', '/');
}

function toInteger(value: JinjaValue, args: Args): JinjaValue {
  const fallback = args.get('default') ?? 0;
  const base = args.integer('base', 10);
  if (value instanceof Undefined) return fallback;
  const number = numberOf(value);
  if (number !== null) return Number.isFinite(number) ? Math.trunc(number) : fallback;
  if (typeof value !== 'string') return fallback;
  const written = strip(value, null, 'both').replace(/(?<=[\da-z])_(?=[\da-z])/gi, '');
  if (base === 10)
    return /^[-+]?\d+$/.test(written)
      ? Number(written)
      : Math.trunc(parseFloatText(written) ?? NaN) || zeroOr(written, fallback);
  const digits = written.replace(/^([-+]?)0[xob]/i, '$1').toLowerCase();
  const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz'.slice(0, base);
  const isNumber = new RegExp(`^[-+]?[${alphabet}]+$`).test(digits);
  return isNumber ? Number.parseInt(digits, base) : fallback;
}

function zeroOr(written: string, fallback: JinjaValue): JinjaValue {
  const number = parseFloatText(written);
  return number === null || !Number.isFinite(number) ? fallback : 0;
}

function toFloat(value: JinjaValue, args: Args): JinjaValue {
  const fallback = args.get('default') ?? float(0);
  if (value instanceof Undefined) return fallback;
  const number = numberOf(value) ?? (typeof value === 'string' ? parseFloatText(strip(value, null, 'both')) : null);
  return number === null ? fallback : float(number);
}

function parseFloatText(written: string): number | null {
  if (/^[-+]?(?:inf|infinity)$/i.test(written)) return written.startsWith('-') ? -Infinity : Infinity;
  const isNumber = /^[-+]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[-+]?\d+)?$/i.test(written);
  return isNumber ? Number(written.replaceAll('_', '')) : null;
}

function round(value: JinjaValue, args: Args): JinjaValue {
  const number = numberOf(value);
  if (number === null) throw new JinjaValueError('Only a number can be rounded.');
  const precision = args.integer('precision', 0);
  const method = args.text('method') ?? 'common';
  if (precision < 0 || precision > 80) throw new JinjaValueError('The precision to round to is 0 to 80.');
  if (method === 'common') {
    return typeof value === 'number' && Number.isInteger(value) ? value : float(roundHalfEven(number, precision));
  }
  if (method !== 'ceil' && method !== 'floor') throw new JinjaValueError('The method is common, ceil or floor.');
  const scale = 10 ** precision;
  return float((method === 'ceil' ? Math.ceil(number * scale) : Math.floor(number * scale)) / scale);
}

function absolute(value: JinjaValue): JinjaValue {
  const number = numberOf(value);
  if (number === null) throw new JinjaValueError('Only a number has an absolute value.');
  return typeof value === 'object' ? float(Math.abs(number)) : Math.abs(number);
}

function byDefault(value: JinjaValue, args: Args): JinjaValue {
  const isAbsent = value instanceof Undefined || (args.flag('boolean') && !isTrue(value));
  return isAbsent ? (args.get('default_value') ?? '') : value;
}
