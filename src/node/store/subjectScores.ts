import * as z from 'zod';
import { type CompositeOutcome, compositeOf } from '../../engine/metric/composite/composite.ts';
import { humanOutcome } from '../../engine/rating/humanOutcome.ts';
import type { Rating } from '../../engine/rating/rating.ts';
import type { VariantSummary } from '../../engine/run/run.ts';
import type { Database } from './database.ts';
import { subjectBytes } from './ratingRow.ts';
import { columns, parseColumn, parseRow } from './rows.ts';
import { createSampleSummary } from './sampleSummary.ts';
import { toScore } from './trialRows.ts';

type Rated = Pick<Rating, 'subject' | 'metric'>;

const sampleOfSubject = z.object({ id: z.int(), run: z.int(), variant: z.int() });
const runRules = z.object({ metrics: z.string(), policy: z.string(), repeats: z.int() });
const bareScore = z.object({
  metric: z.int(),
  outcome: z.enum(['scored', 'unscored', 'error']),
  value: z.number().nullable(),
  score: z.number().nullable(),
  passed: z.number().nullable(),
});
const variantRow = z.object({ signatures: z.string(), summary: z.string().nullable() });

/** Brings the human scores of stored samples, and what hangs on them, up to the ratings. Call it in a transaction. */
export function createSubjectScores(database: Database, ratingsOf: (subject: string, metric: string) => Rating[]) {
  const samplesOf = database.prepare('SELECT id, run, variant FROM sample WHERE subject = ?');
  const rulesOf = database.prepare('SELECT metrics, policy, repeats FROM run WHERE seq = ?');
  const scoresOf = database.prepare('SELECT metric, outcome, value, score, passed FROM score WHERE sample = ?');
  const setScore = database.prepare(
    'UPDATE score SET outcome = ?, value = ?, score = ?, passed = ?, reason = ? WHERE sample = ? AND metric = ?',
  );
  const setDetails = database.prepare(
    `INSERT INTO score_evidence (sample, metric, details) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET details = excluded.details`,
  );
  const setSample = database.prepare('UPDATE sample SET status = ?, composite = ? WHERE id = ?');
  const caseTags = database
    .prepare(
      "SELECT json_extract(content, '$.tags') FROM test_case JOIN sample ON sample.test_case = test_case.id WHERE sample.id = ?",
    )
    .pluck();
  const variantOf = database.prepare('SELECT signatures, summary FROM variant WHERE run = ? AND ordinal = ?');
  const setSummary = database.prepare('UPDATE variant SET summary = ? WHERE run = ? AND ordinal = ?');
  // A human metric is no metric over the whole run, and the summaries of others stay as they are.
  const summarise = createSampleSummary(database, () => false);
  return { refresh };

  /** @param onlyRun where no other run has changed */
  function refresh(rated: readonly Rated[], onlyRun?: number): void {
    const subjects = new Map(rated.map(({ subject, metric }) => [`${subject} ${metric}`, { subject, metric }]));
    const rules = new Map<number, RunRules>();
    const touched = new Map<string, { run: number; variant: number }>();
    for (const { subject, metric } of subjects.values()) {
      const ratings = ratingsOf(subject, metric);
      for (const source of samplesOf.all(subjectBytes(subject))) {
        const sample = parseRow(sampleOfSubject, source);
        if (onlyRun !== undefined && sample.run !== onlyRun) continue;
        const known = rules.get(sample.run) ?? readRules(sample.run);
        rules.set(sample.run, known);
        if (scoreAgain(sample.id, metric, ratings, known)) touched.set(`${sample.run} ${sample.variant}`, sample);
      }
    }
    for (const { run, variant } of touched.values()) sumUpAgain(run, variant, rules.get(run) ?? readRules(run));
  }

  function tagsOf(sample: number): string[] {
    return parseColumn(columns.strings, String(caseTags.get(sample)));
  }

  function readRules(run: number): RunRules {
    const row = parseRow(runRules, rulesOf.get(run));
    return {
      metrics: parseColumn(columns.metrics, row.metrics),
      policy: parseColumn(columns.policy, row.policy),
      repeats: row.repeats,
    };
  }

  /** @returns whether the run asks people under this metric */
  function scoreAgain(
    sample: number,
    name: string,
    ratings: readonly Rating[],
    { metrics, policy }: RunRules,
  ): boolean {
    const position = metrics.findIndex((metric) => metric.name === name);
    const form = metrics[position]?.form;
    if (!form) return false;
    const outcome = humanOutcome(ratings, form);
    if (outcome.outcome === 'scored') {
      const passed = outcome.passed === null ? null : Number(outcome.passed);
      setScore.run('scored', outcome.value, outcome.score, passed, outcome.reason, sample, position);
    } else setScore.run(outcome.outcome, null, null, null, outcome.reason, sample, position);
    setDetails.run(sample, position, outcome.details === undefined ? null : JSON.stringify(outcome.details));
    const scores = scoresOf.all(sample).map((source) => {
      const row = parseRow(bareScore, source);
      return toScore([row.metric, row.outcome, row.value, row.score, row.passed], metrics);
    });
    const { status, composite }: CompositeOutcome = compositeOf(scores, metrics, policy, tagsOf(sample));
    setSample.run(status, composite, sample);
    return true;
  }

  function sumUpAgain(run: number, variant: number, rules: RunRules): void {
    const { metrics } = rules;
    const row = parseRow(variantRow, variantOf.get(run, variant));
    // Nobody added it up yet: the reader will.
    if (row.summary === null) return;
    const before = parseColumn(columns.summary, row.summary);
    const now = summarise(run, variant, rules, parseColumn(columns.texts, row.signatures));
    const human = metrics.filter(({ form }) => form !== undefined).map(({ name }) => name);
    const changed = human.flatMap((name) => (now.metrics[name] ? [[name, now.metrics[name]] as const] : []));
    const after: Omit<VariantSummary, 'variant'> = {
      ...before,
      samples: now.samples,
      composite: now.composite,
      metrics: { ...before.metrics, ...Object.fromEntries(changed) },
      ...(now.repeats ? { repeats: now.repeats } : {}),
    };
    setSummary.run(JSON.stringify(after), run, variant);
  }
}

type RunRules = {
  readonly metrics: z.infer<typeof columns.metrics>;
  readonly policy: z.infer<typeof columns.policy>;
  readonly repeats: number;
};
