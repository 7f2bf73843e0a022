import * as z from 'zod';
import { repeatScore } from '../../engine/repeats/repeatPolicy.ts';
import type { TrendMeasure } from '../../protocol/history.ts';
import type { Database } from './database.ts';
import { parseRow } from './rows.ts';
import type { KnownRun } from './runReader.ts';
import { variantAt } from './storedSample.ts';

const row = z.object({ variant: z.int(), caseIndex: z.int(), value: z.number() });

const WITH_TAG = `AND (@tag IS NULL OR EXISTS (SELECT 1 FROM test_case, json_each(test_case.content, '$.tags') AS tag
  WHERE test_case.id = sample.test_case AND tag.value = @tag))`;

/** What each case of a run came to, by variant: repeats are made to one as the run does it. A variant without any is not there. */
export type ReadCaseMeans = (run: KnownRun, measure: TrendMeasure) => ReadonlyMap<string, readonly number[]>;

export function createCaseMeans(database: Database): ReadCaseMeans {
  const composites = database.prepare(
    `SELECT variant, case_index AS caseIndex, composite AS value FROM sample
       WHERE run = @run AND status IN ('pass', 'fail') AND composite IS NOT NULL ${WITH_TAG} ORDER BY variant, case_index`,
  );
  const values = database.prepare(
    `SELECT variant, case_index AS caseIndex, avg(value) AS value FROM sample JOIN score ON score.sample = sample.id
       WHERE run = @run AND metric = @metric AND outcome = 'scored' AND value IS NOT NULL ${WITH_TAG}
       GROUP BY variant, case_index`,
  );
  return (run, { metric: name, tag }) => {
    const metric = run.header.metrics.findIndex((one) => one.name === name);
    const rows =
      name === null ? composites.iterate({ run: run.seq, tag }) : values.iterate({ run: run.seq, metric, tag });
    const byVariant = new Map<string, Map<number, number[]>>();
    for (const source of rows) {
      const { variant, caseIndex, value } = parseRow(row, source);
      const { id } = variantAt(run, variant);
      const cases = byVariant.get(id) ?? new Map<number, number[]>();
      byVariant.set(id, cases);
      cases.set(caseIndex, [...(cases.get(caseIndex) ?? []), value]);
    }
    const { repeats = {} } = run.header.policy;
    return new Map(
      [...byVariant].map(([id, cases]) => [id, [...cases.values()].map((all) => repeatScore(all, repeats))]),
    );
  };
}
