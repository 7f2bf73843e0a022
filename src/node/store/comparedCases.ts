import type { ComparedCase } from '../../engine/compare/compareRuns.ts';
import { answerColumns, caseContent } from './caseContent.ts';
import type { Database } from './database.ts';
import { caseRow, columns, parseColumn, parseRow } from './rows.ts';
import type { KnownRun } from './runReader.ts';

/**
 * The cases that a run has samples of, by id. `others` are models of the run that it is compared with: a column that one of them
 * replays is an answer. Tags and metadata are no part of what a case says.
 */
export type ReadComparedCases = (run: KnownRun, others?: readonly string[]) => ReadonlyMap<string, ComparedCase>;

export function createComparedCases(database: Database): ReadComparedCases {
  const statement = database.prepare(
    `SELECT case_id AS caseId, content FROM test_case
       WHERE id IN (SELECT test_case FROM sample WHERE run = ?) ORDER BY id`,
  );
  return ({ seq, header }, others = []) => {
    const answers = answerColumns([...header.variants.map(({ model }) => model), ...others]);
    const cases = new Map<string, ComparedCase>();
    for (const source of statement.iterate(seq)) {
      const { caseId, content } = parseRow(caseRow, source);
      const said = parseColumn(columns.caseContent, content);
      cases.set(caseId, { content: caseContent(said, answers), tags: said.tags });
    }
    return cases;
  };
}
