import type { Case, ColumnMapping } from '../../../../src/engine/dataset/case.ts';
import { datasetFormat } from '../../../../src/engine/dataset/datasetFormat.ts';
import { readCases } from '../../../../src/engine/dataset/readCases.ts';
import type { Problem } from '../../../../src/engine/problem.ts';

export async function* inPieces(...pieces: string[]): AsyncGenerator<string> {
  yield* pieces;
}

/** Reads a dataset given as text in one piece or several; the file name says the format. */
export async function readAll(
  path: string,
  text: string | string[],
  columns: ColumnMapping = {},
): Promise<{ cases: Case[]; problems: Problem[] }> {
  const format = datasetFormat(path);
  if (format === null) throw new Error(`no format: ${path}`);
  const problems: Problem[] = [];
  const cases: Case[] = [];
  const chunks = inPieces(...(typeof text === 'string' ? [text] : text));
  const onProblem = (problem: Problem) => problems.push(problem);
  for await (const testCase of readCases(chunks, { path, format, columns, onProblem })) cases.push(testCase);
  return { cases, problems };
}

/** `line:column-line:column code`, counted from 1 as people do. */
export function brief({ range, code }: Problem): string {
  const { start, end } = range;
  return `${start.line + 1}:${start.column + 1}-${end.line + 1}:${end.column + 1} ${code}`;
}
