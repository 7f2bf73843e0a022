import { isJsonObject, type JsonObject } from '../json.ts';
import { type Position, START } from '../problem.ts';
import { advance, type Row, type RowSource, rangeWithin, rowProblem } from './row.ts';
import { scanJson } from './scanJson.ts';

/** Rows of a JSON Lines file, streamed: one object a line. Blank lines are passed over. */
export async function* readJsonLines(chunks: AsyncIterable<string>, source: RowSource): AsyncGenerator<Row> {
  let line = 0;
  let offset = 0;
  let rest = '';
  for await (const chunk of chunks) {
    if (source.isFull?.()) return;
    let from = 0;
    for (let end = chunk.indexOf('\n'); end !== -1; end = chunk.indexOf('\n', from)) {
      const text = rest + chunk.slice(from, end);
      rest = '';
      from = end + 1;
      const row = parseRow(text, { line, column: 0, offset }, source);
      line += 1;
      offset += text.length + 1;
      if (row) yield row;
    }
    rest += chunk.slice(from);
  }
  const row = parseRow(rest, { line, column: 0, offset }, source);
  if (row) yield row;
}

/** Rows of a JSON file: an array of objects. It is read as a whole. */
export async function* readJsonArray(chunks: AsyncIterable<string>, source: RowSource): AsyncGenerator<Row> {
  let text = '';
  for await (const chunk of chunks) text += chunk;
  const scan = scanJson(text);
  if (scan.outer !== null && scan.outer !== '[') {
    const remedy = 'Write the rows as a JSON array: [ { … }, { … } ].';
    rowProblem(source, rangeWithin(START, text, 0, 0), 'not-a-list', 'The dataset is not a list of rows.', remedy);
    return;
  }
  let position = START;
  for (const { start, end } of scan.members) {
    position = advance(position, text.slice(position.offset, start));
    const row = parseRow(text.slice(start, end), position, source);
    if (row) yield row;
  }
  if (scan.fault === null) return;
  const range = rangeWithin(START, text, scan.fault.offset, scan.fault.offset + 1);
  rowProblem(
    source,
    range,
    'invalid-json',
    scan.fault.message,
    'Correct the JSON here; the rows after it were not read.',
  );
}

function parseRow(text: string, start: Position, source: RowSource): Row | null {
  if (text.trim() === '') return null;
  let values: unknown;
  try {
    values = JSON.parse(text);
  } catch {
    const fault = scanJson(text).fault ?? { offset: 0, message: 'This is not JSON.' };
    const range = rangeWithin(start, text, fault.offset, fault.offset + 1);
    rowProblem(source, range, 'invalid-json', fault.message, 'Correct the JSON of this row.');
    return null;
  }
  const whole = (): ReturnType<typeof rangeWithin> =>
    rangeWithin(start, text, text.length - text.trimStart().length, text.trimEnd().length);
  if (!isJsonObject(values)) {
    rowProblem(source, whole(), 'not-an-object', 'The row is not an object.', 'Write { "column": value, … }.');
    return null;
  }
  return { values: values satisfies JsonObject, start, locate: (column) => member(text, start, column) ?? whole() };
}

function member(text: string, start: Position, column?: string): ReturnType<typeof rangeWithin> | null {
  const found = scanJson(text).members.findLast(({ key }) => key === column);
  return column === undefined || found === undefined ? null : rangeWithin(start, text, found.start, found.end);
}
