import { isMap, isNode, isScalar, isSeq, parseDocument } from 'yaml';
import { isJsonObject, type Json } from '../json.ts';
import { AT_START, LineIndex, type SourceRange } from '../problem.ts';
import { type Row, type RowSource, rowProblem } from './row.ts';

/** Rows of a YAML file: a list of mappings. It is read as a whole. */
export async function* readYamlRows(chunks: AsyncIterable<string>, source: RowSource): AsyncGenerator<Row> {
  let text = '';
  for await (const chunk of chunks) text += chunk;
  const document = parseDocument(text, { prettyErrors: false });
  const lines = new LineIndex(text);
  for (const error of document.errors) {
    rowProblem(source, lines.range(...error.pos), 'invalid-yaml', sentence(error.message), 'Correct the YAML here.');
  }
  if (document.errors.length > 0) return;
  if (!isSeq(document.contents)) {
    const remedy = 'Write the rows as a list: each begins with `- `.';
    rowProblem(source, AT_START, 'not-a-list', 'The dataset is not a list of rows.', remedy);
    return;
  }
  for (const item of document.contents.items) {
    const whole = isNode(item) ? rangeOf(item, lines) : AT_START;
    let values: unknown;
    try {
      values = isNode(item) ? item.toJS(document) : item;
    } catch (error) {
      const message = sentence(error instanceof Error ? error.message : String(error));
      rowProblem(source, whole, 'invalid-yaml', message, 'Write the values out instead of using aliases.');
      continue;
    }
    if (!isJsonObject(values)) {
      rowProblem(source, whole, 'not-an-object', 'The row is not a mapping.', 'Write `column: value` lines.');
      continue;
    }
    const locate = (column?: string): SourceRange => {
      if (column === undefined || !isMap(item)) return whole;
      const pair = item.items.find(({ key }) => isScalar(key) && String(key.value) === column);
      return pair !== undefined && isNode(pair.value) ? rangeOf(pair.value, lines) : whole;
    };
    const odd = Object.entries(values).find(([, value]) => !isJson(value));
    if (odd !== undefined) {
      const message = `The value of \`${odd[0]}\` cannot be written as JSON.`;
      rowProblem(source, locate(odd[0]), 'not-json', message, 'Write it as text, in quotes.');
      continue;
    }
    yield { values, start: whole.start, locate };
  }
}

function rangeOf(
  node: { range?: readonly [number, number, number] | null | undefined },
  lines: LineIndex,
): SourceRange {
  return node.range ? lines.range(node.range[0], node.range[1]) : AT_START;
}

function isJson(value: Json | unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isJson);
  if (isJsonObject(value))
    return Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isJson);
  return value === null || typeof value === 'string' || typeof value === 'boolean';
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
