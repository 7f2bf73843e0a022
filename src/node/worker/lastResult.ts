import type { BaselineComparison } from '../../engine/compare/compareToBaseline.ts';
import type { RunHeader, RunSummary, VariantSummary } from '../../engine/run/run.ts';
import type { StatusCounts } from '../../engine/run/sample.ts';
import { partialRun } from '../../engine/run/wholeRun.ts';
import { mean } from '../../engine/stats/mean.ts';
import type { LastResult, PromptResult } from '../../protocol/worker.ts';
import type { HistoryReader, RunQuery } from '../store/history.ts';

/** What a lens says of the past of a prompt or suite. */
export type Past = {
  readonly last: Omit<LastResult, 'edited'> | null;
  /** The run behind `last`, to compare with what the files say now. */
  readonly run: RunSummary | null;
  readonly runCount: number;
};

export const NO_PAST: Past = { last: null, run: null, runCount: 0 };

/** Enough to find the last two that stand for the suite, whatever was tried on some cases or cut short in between. */
const LOOK_BACK = 30;

/** How a run differs from what it is compared with. */
export type Compare = {
  readonly toBaseline: (run: RunSummary) => Promise<BaselineComparison | null>;
  readonly toRun: (run: RunSummary, before: RunSummary) => BaselineComparison | null;
  /** What HEAD is; null where there is no repository. */
  readonly headCommit: () => Promise<string | null>;
};

/**
 * The newest run over all cases, with its difference from the committed baseline, or else from the files as HEAD has them, or
 * else from such a run before it. Where there is none, the newest of those over some cases: `part` says how far it came, and it is compared with nothing.
 */
export async function readPast(
  history: HistoryReader,
  query: Omit<RunQuery, 'limit'>,
  compare: Compare,
): Promise<Past> {
  const runCount = history.countRuns(query);
  const ended: RunSummary[] = [];
  const whole: RunSummary[] = [];
  for (const { id, status } of history.runs({ ...query, limit: LOOK_BACK })) {
    const run = status === 'running' ? null : history.run(id);
    if (!run) continue;
    ended.push(run);
    if (partialRun(run) === null) whole.push(run);
    if (whole.length === 2) break;
  }
  const run = whole[0] ?? ended[0];
  if (!run) return { ...NO_PAST, runCount };
  const variants = run.variants.filter(({ variant }) => isOf(query.promptPath, variant));
  const earlier: Earlier = { head: () => runOfHead(history, query, run, compare), previous: whole[1] };
  const counts = sumCounts(variants);
  const { selection, repeats } = run.header;
  return {
    last: {
      runId: run.header.id,
      finishedAt: run.finishedAt ?? run.header.startedAt,
      composite: meanComposite(variants),
      counts,
      part: whole[0] ? null : { done: total(counts), planned: variants.length * selection.cases * repeats },
      delta: whole[0] ? await differenceOf(whole[0], earlier, query.promptPath, compare) : null,
      prompts: await resultsOfPrompts(variants, async (path) =>
        whole[0] ? differenceOf(whole[0], earlier, path, compare) : null,
      ),
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
  return means.length === 0 ? null : mean(means);
}

/** Empty for one prompt: its figures are those of the run. */
async function resultsOfPrompts(
  variants: readonly VariantSummary[],
  deltaOf: (path: string) => Promise<LastResult['delta']>,
): Promise<LastResult['prompts']> {
  const paths = [...new Set(variants.map(({ variant }) => variant.prompt))];
  if (paths.length < 2) return [];
  const results: PromptResult[] = [];
  for (const path of paths) {
    const own = variants.filter(({ variant }) => variant.prompt === path);
    results.push({ path, composite: meanComposite(own), delta: await deltaOf(path) });
  }
  return results;
}

/** What a run may be compared with when there is no baseline. */
type Earlier = { readonly head: () => Promise<RunSummary | null>; readonly previous: RunSummary | undefined };

/**
 * The newest whole run of the files as HEAD has them: of a tree without changes, or of HEAD as a revision. null also for a run of such
 * a tree itself, which could only be compared with itself.
 */
async function runOfHead(
  history: HistoryReader,
  query: Omit<RunQuery, 'limit'>,
  run: RunSummary,
  compare: Compare,
): Promise<RunSummary | null> {
  const commit = await compare.headCommit();
  const isOfHead = ({ git, revision }: Pick<RunHeader, 'git' | 'revision'>) =>
    git?.commit === commit && (revision !== undefined || !git?.dirty);
  if (commit === null || isOfHead(run.header)) return null;
  for (const { id, status, revision, git } of history.runs({ ...query, past: true, limit: 2 * LOOK_BACK })) {
    if (status === 'running' || !isOfHead({ git, ...(revision !== null && { revision }) })) continue;
    const found = history.run(id);
    if (found && partialRun(found) === null) return found;
  }
  return null;
}

async function differenceOf(
  run: RunSummary,
  { head, previous }: Earlier,
  promptPath: string | undefined,
  compare: Compare,
): Promise<LastResult['delta']> {
  const wanted = new Set(run.header.variants.filter((variant) => isOf(promptPath, variant)).map(({ id }) => id));
  const valueIn = (comparison: BaselineComparison | null): number | null => {
    const differences = (comparison?.variants ?? []).flatMap(({ variantId, composite }) =>
      wanted.has(variantId) && composite ? [composite.difference] : [],
    );
    return differences.length === 0 ? null : mean(differences);
  };
  const sinceBaseline = valueIn(await compare.toBaseline(run));
  if (sinceBaseline !== null) return { value: sinceBaseline, against: 'baseline' };
  const ofHead = await head();
  const sinceHead = ofHead ? valueIn(compare.toRun(run, ofHead)) : null;
  if (sinceHead !== null) return { value: sinceHead, against: 'HEAD' };
  const sinceRun = previous ? valueIn(compare.toRun(run, previous)) : null;
  return sinceRun === null ? null : { value: sinceRun, against: 'previous run' };
}

function isOf(promptPath: string | undefined, { prompt }: { readonly prompt: string }): boolean {
  return promptPath === undefined || prompt === promptPath;
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

function total({ pass, fail, error, unscored }: StatusCounts): number {
  return pass + fail + error + unscored;
}
