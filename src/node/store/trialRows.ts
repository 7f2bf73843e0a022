import * as z from 'zod';
import type { Score } from '../../engine/metric/metric.ts';
import type { RunMetric } from '../../engine/run/run.ts';
import { SAMPLE_STATUSES, type SampleStatus } from '../../engine/run/sample.ts';
import type { TrialSample } from '../../engine/trial/runTrial.ts';
import type { Database } from './database.ts';
import { columns, parseColumn, parseRow } from './rows.ts';
import type { KnownRun } from './runReader.ts';
import { variantAt } from './storedSample.ts';

const row = z.object({
  sampleId: z.int(),
  caseIndex: z.int(),
  variant: z.int(),
  repeat: z.int(),
  status: z.enum(SAMPLE_STATUSES as [SampleStatus, ...SampleStatus[]]),
  composite: z.number().nullable(),
  latencyMs: z.number().nullable(),
  costUsd: z.number().nullable(),
  scores: z.string(),
  tags: z.string().nullable(),
});

/** Metric, outcome, value, score, passed. */
const scores = z.array(
  z.tuple([
    z.int(),
    z.enum(['scored', 'unscored', 'error']),
    z.number().nullable(),
    z.number().nullable(),
    z.number().nullable(),
  ]),
);

/** The numbers of all samples of a run, for its composite to be made anew; no text of an answer is read. Tags only where they weigh. */
export function createTrialRows(database: Database): (run: KnownRun) => TrialSample[] {
  const statement = database.prepare(
    `SELECT id AS sampleId, case_index AS caseIndex, variant, repeat, status, composite, latency_ms AS latencyMs,
       cost_usd AS costUsd,
       (SELECT json_group_array(json_array(metric, outcome, value, score, passed)) FROM score
         WHERE score.sample = sample.id) AS scores,
       iif(@sliced, (SELECT json_extract(content, '$.tags') FROM test_case WHERE test_case.id = sample.test_case), NULL) AS tags
     FROM sample WHERE run = @run ORDER BY case_index, variant, repeat`,
  );
  return (run) =>
    statement.all({ run: run.seq, sliced: run.header.policy.slices ? 1 : 0 }).map((source) => {
      const { variant, scores: column, tags, ...rest } = parseRow(row, source);
      const found = parseColumn(scores, column).map((one) => toScore(one, run.header.metrics));
      const known = tags === null ? [] : parseColumn(columns.strings, tags);
      return { ...rest, variantId: variantAt(run, variant).id, scores: found, tags: known };
    });
}

/** As much of a score as a composite is made of. */
export function toScore(
  [position, outcome, value, score, passed]: z.infer<typeof scores>[number],
  metrics: readonly RunMetric[],
): Score {
  const base = { metric: metrics[position]?.name ?? '', signature: '', reason: '' };
  if (outcome !== 'scored') return { ...base, outcome };
  if (value === null) return { ...base, outcome: 'error' };
  return { ...base, outcome, value, score, passed: passed === null ? null : passed === 1 };
}
