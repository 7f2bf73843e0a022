import { type RepeatedSample, RepeatTotals } from '../../engine/repeats/repeatTotals.ts';
import type { MetricSummary, RunHeader, RunMetric, RunVariant, VariantSummary } from '../../engine/run/run.ts';
import { scoreInterval } from '../../engine/stats/interval.ts';
import { quantile } from '../../engine/stats/quantile.ts';
import type { Database } from './database.ts';

/** What a variant came to, as far as it came. */
export type SampleSummary = (
  run: number,
  variant: number,
  header: Pick<RunHeader, 'metrics' | 'repeats' | 'policy'>,
  signatures: RunVariant['signatures'],
) => Omit<VariantSummary, 'variant'>;

/**
 * Adds up the samples of a run that has no summary: it is still being written, or its process died. By the same rules as a
 * run does itself; only the value of a metric over the whole run (corpus BLEU) is not to be had from rows, and is null here.
 *
 * @param isCorpusMetric whether a kind of metric has such a value
 */
export function createSampleSummary(database: Database, isCorpusMetric: (kind: string) => boolean): SampleSummary {
  const ofVariant = 'FROM sample WHERE run = ? AND variant = ?';
  const counts = database.prepare(`SELECT status, count(*) AS n ${ofVariant} GROUP BY status`);
  const judged = `FROM sample WHERE run = ? AND variant = ? AND status IN ('pass', 'fail')`;
  const composites = database.prepare(`SELECT case_index AS caseIndex, status, composite, '' AS output ${judged}`);
  const answers = database.prepare(
    `SELECT case_index AS caseIndex, status, composite, output ${judged.replace('sample', 'sample JOIN sample_payload ON sample_payload.sample = sample.id')}`,
  );
  const latencies = database.prepare(`SELECT latency_ms ${ofVariant} AND latency_ms IS NOT NULL`).pluck();
  // A sum is unknown as soon as one of its parts is.
  const totals = database.prepare(
    `SELECT iif(count(*) = count(input_tokens), sum(input_tokens), NULL) AS input,
       iif(count(*) = count(output_tokens), sum(output_tokens), NULL) AS output,
       iif(count(*) = count(cost_usd), sum(cost_usd), NULL) AS costUsd ${ofVariant} AND status <> 'error'`,
  );
  const scores = database.prepare(
    `SELECT metric, count(value) AS n, avg(value) AS mean, sum(outcome = 'error') AS error,
       sum(outcome = 'unscored') AS unscored
     FROM sample JOIN score ON score.sample = sample.id WHERE run = ? AND variant = ? GROUP BY metric`,
  );

  return (run, variant, { metrics, repeats, policy }, signatures) => {
    const ofRepeats = new RepeatTotals(repeats, policy.repeats ?? {});
    // The texts are read only where they tell repeats apart.
    for (const row of (repeats > 1 ? answers : composites).iterate(run, variant)) ofRepeats.add(row as RepeatedSample);
    const repeated = ofRepeats.summary();
    const latenciesMs = latencies.all(run, variant) as number[];
    const { input, output, costUsd } = totals.get(run, variant) as Record<
      'input' | 'output' | 'costUsd',
      number | null
    >;
    return {
      samples: readCounts(counts.all(run, variant) as { status: keyof VariantSummary['samples']; n: number }[]),
      composite: scoreInterval(ofRepeats.composites(), 0.95),
      metrics: readMetrics(metrics, signatures, scores.all(run, variant) as MetricRow[]),
      latencyMs: latenciesMs.length > 0 ? { p50: quantile(latenciesMs, 0.5), p95: quantile(latenciesMs, 0.95) } : null,
      tokens: input !== null && output !== null ? { input, output } : null,
      costUsd,
      ...(repeated ? { repeats: repeated } : {}),
    };
  };

  function readMetrics(
    metrics: readonly RunMetric[],
    signatures: RunVariant['signatures'],
    rows: readonly MetricRow[],
  ): VariantSummary['metrics'] {
    const entries = metrics.map(({ name, kind }, position): [string, MetricSummary] => {
      const row = rows.find(({ metric }) => metric === position);
      const mean = isCorpusMetric(kind) ? null : (row?.mean ?? null);
      const signature = signatures[name] ?? '';
      return [name, { mean, n: row?.n ?? 0, error: row?.error ?? 0, unscored: row?.unscored ?? 0, signature }];
    });
    return Object.fromEntries(entries);
  }
}

type MetricRow = { metric: number; n: number; mean: number | null; error: number; unscored: number };

function readCounts(
  rows: readonly { status: keyof VariantSummary['samples']; n: number }[],
): VariantSummary['samples'] {
  const counts = { pass: 0, fail: 0, error: 0, unscored: 0 };
  for (const { status, n } of rows) counts[status] = n;
  return counts;
}
