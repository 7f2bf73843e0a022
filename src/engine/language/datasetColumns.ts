import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { DatasetFormat } from '../dataset/case.ts';
import { cellSpans, delimitedRecords } from '../dataset/delimitedRecords.ts';
import { scanJson } from '../dataset/scanJson.ts';
import { LineIndex } from '../problem.ts';
import type { Span } from '../prompt/handlebarsTree.ts';
import type { VariablePlace } from './variableOccurrences.ts';

/** A dataset whose columns are the variables themselves: no suite maps them. */
export type DatasetText = { readonly path: string; readonly text: string; readonly format: DatasetFormat };

type Found = { readonly span: Span; readonly written: (name: string) => string };

/** Where a dataset names a column: its header, or the key in every row. A file that cannot be read has none. */
export async function columnPlaces({ path, text, format }: DatasetText, column: string): Promise<VariablePlace[]> {
  const lines = new LineIndex(text);
  const found = await findColumn(text, format, column);
  return found.map(({ span, written }) => ({ path, kind: 'column', span, range: lines.range(...span), written }));
}

async function findColumn(text: string, format: DatasetFormat, column: string): Promise<Found[]> {
  switch (format) {
    case 'csv':
      return inHeader(text, ',', column);
    case 'tsv':
      return inHeader(text, '\t', column);
    case 'jsonl':
      return jsonLines(text).flatMap(([start, end]) => inObject(text, start, end, column));
    case 'json': {
      const { members, outer, fault } = scanJson(text);
      return fault === null && outer === '['
        ? members.flatMap(({ start, end }) => inObject(text, start, end, column))
        : [];
    }
    case 'yaml':
      return inYaml(text, column);
  }
}

async function inHeader(text: string, delimiter: string, column: string): Promise<Found[]> {
  for await (const record of delimitedRecords(once(text), delimiter)) {
    if ('fault' in record) return [];
    if (record.raw.trim() === '') continue;
    const index = record.cells.findIndex((cell) => cell.trim() === column);
    const cell = cellSpans(record.raw, delimiter)[index];
    if (cell === undefined) return [];
    const written = record.raw.slice(cell.start, cell.end);
    const lead = cell.quoted ? 0 : written.length - written.trimStart().length;
    const span: Span = [
      record.start.offset + cell.start + lead,
      record.start.offset + cell.start + lead + (cell.quoted ? written.length : written.trim().length),
    ];
    const plain = (name: string) => (/["\r\n]/.test(name) || name.includes(delimiter) ? quote(name) : name);
    return [{ span, written: cell.quoted ? quote : plain }];
  }
  return [];
}

function inObject(text: string, start: number, end: number, column: string): Found[] {
  const row = text.slice(start, end);
  const { members, outer, fault } = scanJson(row);
  if (fault !== null || outer !== '{') return [];
  return members.flatMap((member): Found[] => {
    if (member.key !== column) return [];
    const before = row.slice(0, member.start);
    const key = /"(?:[^"\\]|\\.)*"\s*:\s*$/.exec(before);
    if (key === null) return [];
    const length = /^"(?:[^"\\]|\\.)*"/.exec(key[0])?.[0].length ?? 0;
    const from = start + key.index;
    return [{ span: [from, from + length], written: (name) => JSON.stringify(name) }];
  });
}

function inYaml(text: string, column: string): Found[] {
  const { contents, errors } = parseDocument(text, { logLevel: 'silent' });
  if (errors.length > 0 || !isSeq(contents)) return [];
  return contents.items.flatMap((row) =>
    (isMap(row) ? row.items : []).flatMap(({ key }): Found[] => {
      if (!isScalar(key) || key.value !== column || !key.range) return [];
      const written = (name: string) => (/^[\p{L}_][\p{L}\p{N}_ -]*$/u.test(name) ? name : JSON.stringify(name));
      return [{ span: [key.range[0], key.range[1]], written }];
    }),
  );
}

function jsonLines(text: string): Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    if (line.trim() !== '') spans.push([start, start + line.length]);
    start += line.length + 1;
  }
  return spans;
}

function quote(name: string): string {
  return `"${name.replace(/"/g, '""')}"`;
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}
