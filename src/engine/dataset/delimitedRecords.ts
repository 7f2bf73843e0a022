import Papa from 'papaparse';
import { type Position, START } from '../problem.ts';
import { advance } from './row.ts';

/** A record of a CSV or TSV file with its text, line end included; or why it cannot be read. */
export type DelimitedRecord = { readonly raw: string; readonly start: Position } & (
  | { readonly cells: readonly string[] }
  | { readonly fault: RecordFault /** Of the offending quote in `raw`. */; readonly at: number }
);
type RecordFault = 'stray-quote' | 'unclosed-quote' | 'record-too-long';

/** No record may be longer, in UTF-16 units: one forgotten quote must not draw a whole file into memory. */
export const MAX_RECORD_LENGTH = 16 * 1024 * 1024;

/**
 * Splits a text that arrives in pieces into records; memory is bounded by a piece and the longest record.
 *
 * Lines may end in LF or CRLF, mixed too: the parser takes LF for the end and the CR before it for the padding that it
 * allows after a quoted cell; after an unquoted last cell the CR stays, and `cells` is freed of it here.
 * After a quote in the wrong place reading goes on at the next line, so that later faults are found in the same pass.
 */
export async function* delimitedRecords(
  chunks: AsyncIterable<string>,
  delimiter: string,
): AsyncGenerator<DelimitedRecord> {
  const splitter = new RecordSplitter(delimiter);
  for await (const chunk of chunks) yield* splitter.push(chunk, false);
  yield* splitter.push('', true);
}

/** Where the cells of a record begin and end in its text, quotes included. */
export function cellSpans(raw: string, delimiter: string): { start: number; end: number; quoted: boolean }[] {
  const spans: { start: number; end: number; quoted: boolean }[] = [];
  const end = raw.length - (raw.endsWith('\r\n') ? 2 : raw.endsWith('\n') ? 1 : 0);
  let start = 0;
  for (;;) {
    const quoted = raw[start] === '"';
    const next = raw.indexOf(delimiter, quoted ? closingQuote(raw, start) + 1 : start);
    const stop = next === -1 || next > end ? end : next;
    spans.push({ start, end: stop, quoted });
    if (stop === end) return spans;
    start = stop + delimiter.length;
  }
}

class RecordSplitter {
  #text = '';
  #unfinished = 0;
  #start: Position = START;

  constructor(readonly delimiter: string) {}

  *push(chunk: string, last: boolean): Generator<DelimitedRecord> {
    this.#text += chunk;
    // An unfinished record is parsed again from its beginning; waiting until it has doubled keeps long cells linear.
    if (!last && this.#text.length < 2 * this.#unfinished) return;
    for (;;) {
      const found = this.#parse(last);
      yield* found.records;
      if (found.fault) {
        yield found.fault;
        continue;
      }
      if (last || this.#text.length <= MAX_RECORD_LENGTH) break;
      yield this.#parse(true).fault ?? this.#fault('record-too-long', 0);
    }
    this.#unfinished = this.#text.length;
  }

  #parse(last: boolean): { records: DelimitedRecord[]; fault: DelimitedRecord | null } {
    const records: DelimitedRecord[] = [];
    const text = this.#text;
    let used = 0;
    let error: Papa.ParseError | undefined;
    const parser = new Papa.Parser({
      delimiter: this.delimiter,
      newline: '\n',
      step: (result: Papa.ParseStepResult<string[][]>) => {
        error = result.errors[0];
        if (error) return parser.abort();
        const raw = text.slice(used, result.meta.cursor);
        used = result.meta.cursor;
        const cells = result.data[0] ?? [];
        if (raw !== '')
          records.push({ raw, start: this.#start, cells: withoutCarriageReturn(cells, raw, this.delimiter) });
        this.#start = advance(this.#start, raw);
      },
    });
    const rest: Papa.ParseResult<unknown> = parser.parse(text, 0, !last);
    this.#text = text.slice(used);
    error ??= rest.errors[0];
    if (error === undefined) return { records, fault: null };
    // The parser names the offset after the cell's opening quote.
    const opening = (error.index ?? used + 1) - 1 - used;
    if (error.code === 'MissingQuotes') return { records, fault: this.#fault('unclosed-quote', opening) };
    const stray = closingQuote(this.#text, opening);
    // In an unfinished record what follows the quote may still be on its way; white space before a line end is allowed.
    const certain = last || /\S/.test(this.#text.slice(stray + 1, stray + 1000));
    return { records, fault: certain ? this.#fault('stray-quote', stray) : null };
  }

  /** Gives up everything to the end of the line in which the fault is. */
  #fault(fault: RecordFault, at: number): DelimitedRecord {
    const newline = this.#text.indexOf('\n', at);
    const raw = newline === -1 ? this.#text : this.#text.slice(0, newline + 1);
    const start = this.#start;
    this.#text = this.#text.slice(raw.length);
    this.#start = advance(start, raw);
    return { raw, start, fault, at };
  }
}

/** Offset of the quote that ends the quoted cell beginning at `opening`; the text's length when none does. */
function closingQuote(text: string, opening: number): number {
  for (let at = text.indexOf('"', opening + 1); at !== -1; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  return text.length;
}

function withoutCarriageReturn(cells: readonly string[], raw: string, delimiter: string): readonly string[] {
  const last = cells.at(-1);
  if (!last?.endsWith('\r') || !raw.endsWith('\r\n')) return cells;
  if (raw.includes('"') && cellSpans(raw, delimiter).at(-1)?.quoted) return cells;
  return [...cells.slice(0, -1), last.slice(0, -1)];
}
