import { isNode, isSeq, parse, parseDocument, stringify } from 'yaml';
import { isJsonObject, type Json } from '../json.ts';
import { jsonEqual } from '../metric/structured/jsonEqual.ts';
import type { TextEdit } from '../textEdit.ts';
import type { Case, ColumnMapping, DatasetFormat } from './case.ts';
import { delimitedRecords } from './delimitedRecords.ts';
import { setOwn } from './row.ts';
import { scanJson } from './scanJson.ts';

/** A case to be written; without an id it gets that of its content when it is read. */
export type NewCase = Pick<Case, 'vars' | 'expected' | 'history'> & Partial<Pick<Case, 'id' | 'tags' | 'metadata'>>;

type Target = { readonly format: DatasetFormat; readonly columns: ColumnMapping };

/**
 * Edits that add a case to the end of a dataset and leave every other character of it alone; in a table they may add columns,
 * empty in the rows that are there.
 *
 * @returns `refusal` when the text is not sound enough to be added to, in words
 */
export async function appendCase(
  text: string,
  { format, columns }: Target,
  added: NewCase,
): Promise<{ readonly edits: readonly TextEdit[] } | { readonly refusal: string }> {
  switch (format) {
    case 'csv':
      return appendDelimited(text, ',', columns, added);
    case 'tsv':
      return appendDelimited(text, '\t', columns, added);
    case 'jsonl':
      return {
        edits: [insert(text.length, `${lineStart(text)}${JSON.stringify(rowOf(added, columns))}${eolOf(text)}`)],
      };
    case 'json':
      return appendJson(text, rowOf(added, columns));
    case 'yaml':
      return appendYaml(text, rowOf(added, columns));
  }
}

type Row = { readonly [column: string]: Json };

async function appendDelimited(text: string, delimiter: string, columns: ColumnMapping, added: NewCase) {
  const eol = eolOf(text);
  const ends: number[] = [];
  let header: readonly string[] | null = null;
  let at = 0;
  for await (const record of delimitedRecords(once(text), delimiter)) {
    if ('fault' in record) return { refusal: 'The dataset has a quote in the wrong place. Correct it first.' };
    const content = record.raw.replace(/\r?\n$/, '');
    if (content !== '') {
      header ??= record.cells.map((cell) => cell.trim());
      ends.push(at + content.length);
    }
    at += record.raw.length;
  }
  const known = header ?? [];
  const row = tableRow(added, columns, known);
  const missing = Object.keys(row).filter((column) => !known.includes(column));
  const cells = [...known, ...missing].map((column) => cell(row[column] ?? null, delimiter)).join(delimiter);
  // A line without anything would be passed over as blank.
  const last = insert(text.length, `${lineStart(text)}${cells === '' ? '""' : cells}${eol}`);
  if (header === null)
    return { edits: [insert(0, missing.map((name) => cell(name, delimiter)).join(delimiter) + eol), last] };
  if (missing.length === 0) return { edits: [last] };
  const [first = 0, ...others] = ends;
  const names = missing.map((name) => delimiter + cell(name, delimiter)).join('');
  return {
    edits: [insert(first, names), ...others.map((end) => insert(end, delimiter.repeat(missing.length))), last],
  };
}

/** Its cells by column; the expected value stands where the table has columns for its parts. */
function tableRow(added: NewCase, columns: ColumnMapping, known: readonly string[]): Row {
  const row: { [column: string]: Json } = {};
  for (const [column, value] of Object.entries(rowOf(added, columns))) {
    const isWhole = known.includes(column) || !isJsonObject(value);
    if (column === (columns.expected ?? 'expected') && !isWhole) spread(row, 'expected', value);
    else if (column === 'tags' || column === columns.tags) setOwn(row, column, (value as readonly string[]).join(', '));
    else setOwn(row, column, value);
  }
  return row;
}

/** One column for each member: `expected.category`. */
function spread(row: { [column: string]: Json }, name: string, value: Row): void {
  for (const [key, part] of Object.entries(value)) {
    setOwn(row, `${name}.${key}`, part);
  }
}

function rowOf({ id, vars, expected, tags = [], metadata = {}, history }: NewCase, columns: ColumnMapping): Row {
  const row: { [column: string]: Json } = {};
  if (id !== undefined) setOwn(row, columns.id ?? 'id', id);
  for (const [name, value] of Object.entries(vars)) {
    const column =
      columns.vars === undefined ? name : Object.hasOwn(columns.vars, name) ? columns.vars[name] : undefined;
    if (column !== undefined) setOwn(row, column, value);
  }
  if (expected !== undefined) setOwn(row, columns.expected ?? 'expected', expected);
  if (tags.length > 0) setOwn(row, columns.tags ?? 'tags', [...tags]);
  for (const [key, value] of Object.entries(metadata)) setOwn(row, `metadata.${key}`, value);
  if (history !== undefined && history.length > 0) setOwn(row, 'history', history as unknown as Json);
  return row;
}

function appendJson(text: string, row: Row) {
  const scan = scanJson(text);
  if (text.trim() === '') return { edits: [insert(text.length, `${JSON.stringify([row], null, 2)}\n`)] };
  if (scan.fault !== null || scan.outer !== '[')
    return { refusal: 'The dataset is not a JSON list. Correct it first.' };
  const last = scan.members.at(-1);
  if (last === undefined) {
    const open = text.indexOf('[');
    return { edits: [{ start: open, end: text.lastIndexOf(']') + 1, text: JSON.stringify([row], null, 2) }] };
  }
  const before = text.slice(text.lastIndexOf('\n', last.start - 1) + 1, last.start);
  const indent = /^\s*$/.test(before) ? before : null;
  if (indent === null) return { edits: [insert(last.end, `, ${JSON.stringify(row)}`)] };
  const isTall = text.slice(last.start, last.end).includes('\n');
  const written = isTall ? JSON.stringify(row, null, 2).replaceAll('\n', `\n${indent}`) : JSON.stringify(row);
  return { edits: [insert(last.end, `,\n${indent}${written}`.replaceAll('\n', eolOf(text)))] };
}

function appendYaml(text: string, row: Row) {
  const document = parseDocument(text, { prettyErrors: false });
  if (document.errors.length > 0) return { refusal: 'The dataset is not sound YAML. Correct it first.' };
  const eol = eolOf(text);
  if (document.contents === null) return { edits: [insert(text.length, lineStart(text) + yamlItem(row, '', eol))] };
  const list = document.contents;
  if (!isSeq(list) || !list.range) return { refusal: 'The dataset is not a YAML list. Correct it first.' };
  const last = list.items.at(-1);
  if (list.flow || last === undefined || !isNode(last) || !last.range) {
    const close = list.range[1] - 1;
    return { edits: [insert(close, `${list.items.length > 0 ? ', ' : ''}${JSON.stringify(row)}`)] };
  }
  // The dash stands where the list begins.
  const indent = text.slice(text.lastIndexOf('\n', list.range[0] - 1) + 1, list.range[0]);
  if (!/^ *$/.test(indent))
    return { refusal: 'The dataset begins its list behind something else. Add the case by hand.' };
  const at = endOfLine(text, last.range[1]);
  const start = at > 0 && text[at - 1] !== '\n' ? eol : '';
  return { edits: [insert(at, start + yamlItem(row, indent, eol))] };
}

function yamlItem(row: Row, indent: string, eol: string): string {
  const written = stringify([row], { lineWidth: 0, blockQuote: 'literal' }).replace(/\n$/, '');
  // A text that ends in line ends, or is an odd kind of space, may not come back from the printer's short forms.
  const isExact = ['\n', '\n\n', '\n# end'].every((behind) => jsonEqual(parse(written + behind), [row]));
  const lines = isExact ? written.split('\n') : [`- ${JSON.stringify(row)}`];
  return lines.map((line) => (line === '' ? '' : indent + line) + eol).join('');
}

/** After the line end at or behind the offset; an offset at the start of a line is there already. */
function endOfLine(text: string, offset: number): number {
  if (offset > 0 && text[offset - 1] === '\n') return offset;
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}

function cell(value: Json, delimiter: string): string {
  const text = value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  return /["\r\n]|^\s|\s$/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text;
}

function insert(at: number, text: string): TextEdit {
  return { start: at, end: at, text };
}

/** What must stand before something that begins a line at the end of the text. */
function lineStart(text: string): string {
  return text === '' || text.endsWith('\n') ? '' : eolOf(text);
}

function eolOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}
