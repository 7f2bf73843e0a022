import * as z from 'zod';
import type { Database } from './database.ts';
import { columns, parseColumn, parseRow } from './rows.ts';
import type { KnownRun } from './runReader.ts';
import { variantAt } from './storedSample.ts';

/** An answer of a run that asks people, by its numbers alone. */
export type ReviewRow = {
  readonly sampleId: number;
  readonly subject: string;
  readonly caseIndex: number;
  readonly variantId: string;
  readonly composite: number | null;
  /** By name of metric, 0..1; without what has none. */
  readonly scores: ReadonlyMap<string, number>;
};

const row = z.object({
  sampleId: z.int(),
  subject: z.string(),
  caseIndex: z.int(),
  variant: z.int(),
  composite: z.number().nullable(),
  scores: z.string(),
});

export function createReviewRows(database: Database): (run: KnownRun) => ReviewRow[] {
  const statement = database.prepare(
    `SELECT id AS sampleId, lower(hex(subject)) AS subject, case_index AS caseIndex, variant, composite,
       (SELECT json_group_array(json_array(metric, score)) FROM score
         WHERE score.sample = sample.id AND outcome = 'scored' AND score IS NOT NULL) AS scores
     FROM sample WHERE run = ? AND subject IS NOT NULL ORDER BY case_index, variant, repeat`,
  );
  return (run) =>
    statement.all(run.seq).map((source) => {
      const { variant, scores, ...rest } = parseRow(row, source);
      const named = parseColumn(columns.outcomes, scores).map(([position, score]): [string, number] => [
        run.header.metrics[position]?.name ?? '',
        score,
      ]);
      return { ...rest, variantId: variantAt(run, variant).id, scores: new Map(named) };
    });
}
