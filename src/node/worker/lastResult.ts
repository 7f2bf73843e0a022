import type { RunSummary, VariantSummary } from '../../engine/run/run.ts';
import type { StatusCounts } from '../../engine/run/sample.ts';
import type { RunListItem } from '../../protocol/views.ts';
import type { LastResult } from '../../protocol/worker.ts';
import type { HistoryReader, RunQuery } from '../store/history.ts';

/** What a lens says of the past of a prompt or suite. */
export type Past = {
  readonly last: Omit<LastResult, 'edited'> | null;
  /** The run behind `last`, to compare with what the files say now. */
  readonly run: RunSummary | null;
  readonly runCount: number;
};

export const NO_PAST: Past = { last: null, run: null, runCount: 0 };

/** Enough to find the last two that ended, whatever was cut short in between. */
const LOOK_BACK = 10;

/**
 * The newest run that ended, with its difference from the committed baseline or else from the run before it.
 *
 * @param baselineOf the baseline's mean composite by variant id of a run; empty when none is committed
 */
export async function readPast(
  history: HistoryReader,
  query: Omit<RunQuery, 'limit'>,
  baselineOf: (run: RunSummary) => Promise<{ readonly [variantId: string]: number }>,
): Promise<Past> {
  const ended = history.runs({ ...query, limit: LOOK_BACK }).filter(isTold);
  const [newest, before] = ended;
  const runCount = history.countRuns(query);
  if (!newest) return { ...NO_PAST, runCount };
  const run = history.run(newest.id);
  const composite = meanComposite(newest.variants);
  const baseline = run ? await baselineOf(run) : {};
  return {
    last: {
      runId: newest.id,
      finishedAt: newest.finishedAt ?? newest.startedAt,
      composite,
      counts: sumCounts(newest.variants),
      delta: difference(newest.variants, baseline, before ? meanComposite(before.variants) : null),
    },
    run,
    runCount,
  };
}

/**
 * Cost of evaluating again, from what a sample of the run cost on average; null when one price is unknown. What is replayed
 * was paid for when it was recorded.
 */
export function estimateUsd(run: RunSummary | null, plannedSamples: number | null): number | null {
  if (!run || plannedSamples === null) return null;
  const counts = sumCounts(run.variants);
  const answered = counts.pass + counts.fail + counts.unscored;
  const total = run.variants
    .map(({ variant, costUsd }) => (variant.model.startsWith('replay/') ? 0 : costUsd))
    .reduce((sum, costUsd) => (sum === null || costUsd === null ? null : sum + costUsd), 0);
  return total === null || answered === 0 ? null : (total / answered) * plannedSamples;
}

/** Mean over the variants that have one: a suite's models weigh the same. */
export function meanComposite(variants: readonly VariantSummary[]): number | null {
  const means = variants.flatMap(({ composite }) => (composite === null ? [] : [composite.mean]));
  return means.length === 0 ? null : means.reduce((sum, mean) => sum + mean, 0) / means.length;
}

function sumCounts(variants: readonly VariantSummary[]): StatusCounts {
  const sum = { pass: 0, fail: 0, error: 0, unscored: 0 };
  for (const { samples } of variants) {
    sum.pass += samples.pass;
    sum.fail += samples.fail;
    sum.error += samples.error;
    sum.unscored += samples.unscored;
  }
  return sum;
}

/** The baseline counts only for variants that are in both: a mean over others would compare unlike things. */
function difference(
  variants: readonly VariantSummary[],
  baseline: { readonly [variantId: string]: number },
  before: number | null,
): LastResult['delta'] {
  const differences = variants.flatMap(({ variant, composite }) => {
    const then = baseline[variant.id];
    return then === undefined || composite === null ? [] : [composite.mean - then];
  });
  if (differences.length > 0) {
    return { value: differences.reduce((sum, one) => sum + one, 0) / differences.length, against: 'baseline' };
  }
  const now = meanComposite(variants);
  return now === null || before === null ? null : { value: now - before, against: 'previous run' };
}

/** A run that is being written speaks for itself through its progress. */
function isTold(run: RunListItem): boolean {
  return run.status !== 'running';
}
