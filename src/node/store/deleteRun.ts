import { TouchstoneError } from '../../engine/error.ts';
import type { Database } from './database.ts';
import type { ListedRow } from './runReader.ts';
import { searchableText } from './searchText.ts';

/**
 * Takes a run out of the history for good: its samples, scores and words, and the cases, prompts and dataset that no other run has.
 * Ratings stay, since they are of answers and not of a run.
 *
 * @param find throws where there is no such run
 * @throws TouchstoneError invalid-argument for a run that is pinned or goes on
 */
export function deleteRun(database: Database, find: () => ListedRow): void {
  const transaction = database.transaction(() => {
    const { seq, id, status, marks } = find();
    if (status === 'running')
      throw new TouchstoneError('invalid-argument', `Run ${id} goes on.`, { remedy: 'Stop it first.' });
    if (marks.pinned)
      throw new TouchstoneError('invalid-argument', `Run ${marks.name ?? id} is pinned.`, {
        remedy: 'Unpin it first.',
      });
    takeOut(database, seq);
  });
  // No index leads from a case to its samples, so each case that goes would be looked for in all of them. Nothing that is deleted
  // here is still referred to.
  database.pragma('foreign_keys = OFF');
  try {
    transaction.immediate();
  } finally {
    database.pragma('foreign_keys = ON');
  }
}

const OF_SAMPLES = 'WHERE sample IN (SELECT id FROM sample WHERE run = ?)';
const OF_RUN = [
  `DELETE FROM score_evidence ${OF_SAMPLES}`,
  `DELETE FROM score ${OF_SAMPLES}`,
  `DELETE FROM sample_payload ${OF_SAMPLES}`,
  'DELETE FROM sample WHERE run = ?',
  'DELETE FROM variant WHERE run = ?',
  'DELETE FROM run_mark WHERE run = ?',
  'DELETE FROM run WHERE seq = ?',
];
const LEFT_OVER = [
  'DELETE FROM prompt_version WHERE id NOT IN (SELECT prompt_version FROM variant)',
  'DELETE FROM dataset_version WHERE id NOT IN (SELECT dataset FROM run)',
  'DELETE FROM dataset_case WHERE dataset NOT IN (SELECT id FROM dataset_version)',
  'DELETE FROM test_case WHERE id NOT IN (SELECT test_case FROM dataset_case)',
];

function takeOut(database: Database, seq: number): void {
  const samples = database.prepare<[number], { id: number; text: string; caseId: string }>(
    `SELECT sample.id, coalesce(output, json_extract(sample_payload.error, '$.message'), '') AS text, case_id AS caseId
       FROM sample JOIN sample_payload ON sample_payload.sample = sample.id JOIN test_case ON test_case.id = sample.test_case
       WHERE run = ?`,
  );
  const takeWords = database.prepare(
    `INSERT INTO output_search (output_search, rowid, output, case_id) VALUES ('delete', ?, ?, ?)`,
  );
  // The index keeps no texts: to take words out, it must be told them as they were put in.
  for (const { id, text, caseId } of samples.all(seq)) takeWords.run(id, searchableText(text), searchableText(caseId));
  for (const sql of OF_RUN) database.prepare(sql).run(seq);
  for (const sql of LEFT_OVER) database.prepare(sql).run();
}
