import * as z from 'zod';
import type { Score } from '../../engine/metric/metric.ts';
import type { Database } from './database.ts';
import { parseRow, scoreRow } from './rows.ts';
import type { KnownRun } from './runReader.ts';
import { toScore, variantAt } from './storedSample.ts';

/** What one metric said of one answer of a run that asks people. */
export type JudgedRow = {
  readonly sampleId: number;
  readonly subject: string;
  readonly caseId: string;
  readonly variantId: string;
  readonly score: Score;
};

const row = scoreRow.extend({ subject: z.string(), caseId: z.string(), variant: z.int() });

export function createJudgedRows(database: Database): (run: KnownRun, metric: string) => JudgedRow[] {
  const statement = database.prepare(
    `SELECT sample.id AS sample, lower(hex(subject)) AS subject, case_id AS caseId, variant, metric, outcome, value, score, passed,
       reason, details, score_evidence.cost_usd AS costUsd
     FROM sample JOIN test_case ON test_case.id = sample.test_case
       JOIN score ON score.sample = sample.id LEFT JOIN score_evidence USING (sample, metric)
     WHERE run = ? AND metric = ? AND subject IS NOT NULL ORDER BY case_index, variant, repeat`,
  );
  return (run, metric) =>
    statement
      .all(
        run.seq,
        run.header.metrics.findIndex(({ name }) => name === metric),
      )
      .map((source) => {
        const { subject, caseId, variant, ...score } = parseRow(row, source);
        const known = variantAt(run, variant);
        return { sampleId: score.sample, subject, caseId, variantId: known.id, score: toScore(score, run, known) };
      });
}
