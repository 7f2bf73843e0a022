import { hash } from 'node:crypto';
import * as z from 'zod';
import type { Case } from '../../engine/dataset/case.ts';
import { canonicalJson } from '../../engine/json.ts';
import type { Sample } from '../../engine/run/sample.ts';
import type { Database } from './database.ts';
import { columns, parseColumn, parseRow } from './rows.ts';
import type { KnownRun, RunReader } from './runReader.ts';
import type { SampleReader } from './sampleReader.ts';

/** The newest answer that a variant gave in this repeat to a case that says the same; null when none is kept. */
export type KeptAnswers = (
  variantId: string,
  testCase: Pick<Case, 'vars' | 'history'>,
  repeat: number,
) => Sample | null;

/** Older ones have most likely other cases, and looking them all through takes longer than it saves. */
const MOST_RUNS = 50;

const runRow = z.object({ id: z.string(), ordinal: z.int() });
const answerRow = z.object({ sampleId: z.int(), repeat: z.int(), content: z.string() });

type Found = { readonly run: string; readonly sampleId: number };

/** What a case asks is its variables and turns: what is expected of the answer, tags and metadata reach no model. */
export function createKeptAnswers(database: Database, runs: RunReader, samples: SampleReader): KeptAnswers {
  const runsOf = database.prepare(
    `SELECT run.id, ordinal FROM variant JOIN run ON run.seq = variant.run
       WHERE variant_id = ? ORDER BY run.started_at DESC, run.seq DESC LIMIT ${MOST_RUNS}`,
  );
  const answersOf = database.prepare(
    `SELECT sample.id AS sampleId, repeat, content FROM sample JOIN test_case ON test_case.id = sample.test_case
       WHERE run = ? AND variant = ? AND status <> 'error'`,
  );
  const known = new Map<string, ReadonlyMap<string, Found>>();
  const opened = new Map<string, KnownRun | null>();
  return (variantId, testCase, repeat) => {
    const answers = known.get(variantId) ?? answersOfVariant(variantId);
    known.set(variantId, answers);
    const found = answers.get(keyOf(testCase, repeat));
    if (!found) return null;
    const run = openRun(found.run);
    return run && (samples.stored(run, found.sampleId)?.sample ?? null);
  };

  function openRun(id: string): KnownRun | null {
    const run = opened.get(id) ?? runs.find(id);
    opened.set(id, run);
    return run;
  }

  function answersOfVariant(variantId: string): ReadonlyMap<string, Found> {
    const answers = new Map<string, Found>();
    for (const source of runsOf.all(variantId)) {
      const { id, ordinal } = parseRow(runRow, source);
      const run = openRun(id);
      if (!run) continue;
      for (const row of answersOf.iterate(run.seq, ordinal)) {
        const { sampleId, repeat, content } = parseRow(answerRow, row);
        const key = keyOf(parseColumn(columns.caseContent, content), repeat);
        if (!answers.has(key)) answers.set(key, { run: id, sampleId });
      }
    }
    return answers;
  }
}

function keyOf({ vars, history }: Pick<Case, 'vars' | 'history'>, repeat: number): string {
  return hash('sha256', canonicalJson([vars, history ?? null, repeat]));
}
