import type { Json } from '../json.ts';
import type { SourceRange } from '../problem.ts';
import { cellSpans, type DelimitedRecord, delimitedRecords, MAX_RECORD_LENGTH } from './delimitedRecords.ts';
import { type Row, type RowSource, rangeWithin, rowProblem, setOwn } from './row.ts';

/** Rows of a CSV or TSV file, streamed. The first record names the columns; blank lines are passed over. */
export async function* readDelimited(
  chunks: AsyncIterable<string>,
  source: RowSource,
  delimiter: ',' | '\t',
): AsyncGenerator<Row> {
  let columns: readonly string[] | null = null;
  for await (const record of delimitedRecords(chunks, delimiter)) {
    if (source.isFull?.()) return;
    if ('fault' in record) {
      reportFault(record, source);
      // Without its header nothing of a file can be told.
      if (columns === null) return;
      continue;
    }
    if (record.raw === '\n' || record.raw === '\r\n') continue;
    if (columns === null) {
      columns = readHeader(record, source, delimiter);
      if (columns === null) return;
      continue;
    }
    if (record.cells.length === columns.length) yield toRow(record, columns, delimiter);
    else reportRagged(record, columns, source, delimiter);
  }
  if (columns === null) {
    const start = { line: 0, column: 0, offset: 0 };
    const remedy = 'Write the names of the columns into its first line.';
    rowProblem(source, { start, end: start }, 'empty-dataset', 'The dataset is empty.', remedy);
  }
}

type CellRecord = Extract<DelimitedRecord, { cells: readonly string[] }>;
type FaultRecord = Extract<DelimitedRecord, { fault: string }>;

function readHeader(record: CellRecord, source: RowSource, delimiter: string): readonly string[] | null {
  const columns = record.cells.map((cell) => cell.trim());
  const whole = rangeWithin(record.start, record.raw, 0, record.raw.trimEnd().length);
  const [only] = columns;
  if (columns.length === 1 && only !== undefined) {
    const other = only.includes('\r')
      ? 'carriage returns'
      : [';', '\t', ','].find((mark) => mark !== delimiter && only.includes(mark));
    if (other !== undefined) {
      const name = other === '\t' ? 'tabs' : other.length === 1 ? `\`${other}\`` : other;
      const wanted = delimiter === ',' ? 'commas, or name it .tsv and separate with tabs' : 'tabs';
      const message = `The header is one single column that contains ${name}.`;
      rowProblem(
        source,
        whole,
        'wrong-delimiter',
        message,
        `Separate the columns by ${wanted}; end lines with LF or CRLF.`,
      );
      return null;
    }
  }
  const seen = new Set<string>();
  let valid = true;
  columns.forEach((column, index) => {
    if (column !== '' && !seen.has(column)) {
      seen.add(column);
      return;
    }
    valid = false;
    const span = cellSpans(record.raw, delimiter)[index];
    const range = rangeWithin(record.start, record.raw, span?.start ?? 0, span?.end ?? 0);
    if (column === '') {
      rowProblem(source, range, 'empty-column', `Column ${index + 1} has no name.`, 'Name the column, or delete it.');
    } else {
      const message = `Column \`${column}\` stands twice in the header.`;
      rowProblem(source, range, 'duplicate-column', message, 'Rename one of them.');
    }
  });
  if (!valid) return null;
  source.onHeader?.(columns, whole);
  return columns;
}

function toRow(record: CellRecord, columns: readonly string[], delimiter: string): Row {
  const values: { [column: string]: Json } = {};
  for (let index = 0; index < columns.length; index += 1) {
    setOwn(values, columns[index] ?? '', record.cells[index] ?? '');
  }
  return { values, start: record.start, locate: (column) => locate(record, columns, delimiter, column) };
}

function locate(record: CellRecord, columns: readonly string[], delimiter: string, column?: string): SourceRange {
  const span = column === undefined ? undefined : cellSpans(record.raw, delimiter)[columns.indexOf(column)];
  return rangeWithin(record.start, record.raw, span?.start ?? 0, span?.end ?? record.raw.trimEnd().length);
}

function reportRagged(record: CellRecord, columns: readonly string[], source: RowSource, delimiter: string): void {
  const spans = cellSpans(record.raw, delimiter);
  const end = spans.at(-1)?.end ?? 0;
  const surplus = record.cells.length > columns.length;
  const range = rangeWithin(record.start, record.raw, surplus ? (spans[columns.length]?.start ?? end) : 0, end);
  const message = surplus
    ? `The row has ${count(record.cells.length, 'cell')}, the header ${count(columns.length, 'column')}: this cell has no column.`
    : `The row has ${count(record.cells.length, 'cell')}, the header ${count(columns.length, 'column')}: \`${columns[record.cells.length]}\` and what follows it are missing.`;
  const mark = delimiter === ',' ? 'commas' : 'tabs';
  const remedy = surplus
    ? `Put quotes around a cell that contains ${mark} or line breaks.`
    : `Add the missing cells; an empty cell needs its ${delimiter === ',' ? 'comma' : 'tab'} too.`;
  rowProblem(source, range, 'ragged-row', message, remedy);
}

function reportFault(record: FaultRecord, source: RowSource): void {
  const at = rangeWithin(record.start, record.raw, record.at, record.at + 1);
  if (record.fault === 'unclosed-quote') {
    const remedy = 'Add the closing quote; a quote inside a quoted cell is written twice.';
    rowProblem(source, at, 'unclosed-quote', 'The quoted cell that begins here never ends.', remedy);
  } else if (record.fault === 'stray-quote') {
    const message = 'A quoted cell ends here, but text follows it.';
    rowProblem(source, at, 'stray-quote', message, 'Write a quote inside a quoted cell twice: "".');
  } else {
    const message = `The row is longer than ${MAX_RECORD_LENGTH / 1024 / 1024} million characters.`;
    rowProblem(source, at, 'row-too-long', message, 'Split the row, or keep its long text in a file of its own.');
  }
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
