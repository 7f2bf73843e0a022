import { AT_START, type Problem, type SourceRange } from '../problem.ts';
import type { Case, ColumnMapping, DatasetFormat } from './case.ts';
import { CaseIds } from './caseIds.ts';
import { isTextOnly } from './datasetFormat.ts';
import { contentHash } from './digest.ts';
import { readDelimited } from './readDelimited.ts';
import { readJsonArray, readJsonLines } from './readJsonRows.ts';
import { readYamlRows } from './readYamlRows.ts';
import { type Row, type RowSource, rowProblem } from './row.ts';
import { toCase } from './toCase.ts';

export type ReadOptions = RowSource & { readonly format: DatasetFormat; readonly columns: ColumnMapping };

/** A case with the row that it was read from, for those who report problems of its cells. */
export type ReadCase = { readonly testCase: Case; readonly row: Row };

/** After so many problems in one dataset reading stops: the file is of another kind, or broken from one place on. */
export const MAX_PROBLEMS = 200;

/**
 * The cases of a dataset in order, streamed for CSV, TSV and JSON Lines.
 *
 * @param chunks the file's text, cut anywhere, without a byte-order mark
 * Rows with a problem are reported and left out; an error in any means that the dataset must not be evaluated.
 */
export async function* readCases(chunks: AsyncIterable<string>, options: ReadOptions): AsyncGenerator<Case> {
  for await (const { testCase } of readCaseRows(chunks, options)) yield testCase;
}

/** The same as `readCases`, each case with its row. */
export async function* readCaseRows(chunks: AsyncIterable<string>, options: ReadOptions): AsyncGenerator<ReadCase> {
  let problems = 0;
  const source: RowSource = {
    ...options,
    onProblem: (problem: Problem) => {
      problems += 1;
      if (problems <= MAX_PROBLEMS) options.onProblem(problem);
    },
    isFull: () => problems > MAX_PROBLEMS,
  };
  const textOnly = isTextOnly(options.format);
  const ids = new CaseIds();
  const conflicts = new Set<string>();
  let last: Row | undefined;
  let index = 0;
  for await (const row of readRows(chunks, source, options.format)) {
    if (problems > MAX_PROBLEMS) break;
    last = row;
    const { givenId, content, issues } = toCase(row, options.columns, textOnly);
    for (const { column, code, message, remedy } of issues) {
      // In a table such a conflict is one of the header, the same in every row.
      if (textOnly && code === 'conflicting-columns' && conflicts.has(column)) continue;
      if (code === 'conflicting-columns') conflicts.add(column);
      rowProblem(source, row.locate(column), code, message, remedy);
    }
    if (issues.length > 0) continue;
    const taken = givenId === null ? null : ids.take(givenId, row.start);
    if (taken !== null) {
      const message = `The id \`${givenId}\` is used already, in line ${taken + 1}.`;
      const remedy = 'Give every case an id of its own, or none.';
      rowProblem(source, row.locate(options.columns.id ?? 'id'), 'duplicate-id', message, remedy);
      continue;
    }
    const id = givenId ?? ids.ofContent(contentHash(content), row.start);
    yield { testCase: { id, ...content, row: row.values, index, line: row.start.line }, row };
    index += 1;
  }
  if (problems > MAX_PROBLEMS) reportTooMany(options, last?.locate() ?? AT_START);
}

/** Says that the rest was not checked: nothing is left out silently. */
export function reportTooMany(source: RowSource, range: SourceRange): void {
  const message = `There are more than ${MAX_PROBLEMS} problems; the rest of the file was not checked.`;
  rowProblem(source, range, 'too-many-problems', message, 'Correct the first ones and check again.');
}

function readRows(chunks: AsyncIterable<string>, source: RowSource, format: DatasetFormat): AsyncIterable<Row> {
  switch (format) {
    case 'csv':
      return readDelimited(chunks, source, ',');
    case 'tsv':
      return readDelimited(chunks, source, '\t');
    case 'jsonl':
      return readJsonLines(chunks, source);
    case 'json':
      return readJsonArray(chunks, source);
    case 'yaml':
      return readYamlRows(chunks, source);
  }
}
