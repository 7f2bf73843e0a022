import { randomInt } from 'node:crypto';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { CaseResults } from '../engine/compare/caseResults.ts';
import type { ComparePolicy } from '../engine/compare/comparePolicy.ts';
import { type BaselineComparison, compareToBaseline, compositeVerdicts } from '../engine/compare/compareToBaseline.ts';
import { trustWords } from '../engine/judge/trustWords.ts';
import { formatModelRef } from '../engine/model/modelClient.ts';
import { type Gate, judgeGate } from '../engine/run/gate.ts';
import type { RunEvent, RunHeader, RunMetric, RunPrompt, RunSink, RunSummary, RunVariant } from '../engine/run/run.ts';
import { newRunId } from '../engine/run/runId.ts';
import type { PlannedVariant } from '../engine/run/runPlan.ts';
import { runSuite } from '../engine/run/runSuite.ts';
import { gitState } from './git.ts';
import { judgeModels } from './judge/judgeModels.ts';
import { loadBaseline } from './loadBaseline.ts';
import { metricPorts } from './metricPorts.ts';
import type { ModelAccess } from './model/access.ts';
import { type CostOf, openPrices } from './model/prices.ts';
import { suiteFolder } from './model/resolveModel.ts';
import { peoplesRatings } from './peoplesRatings.ts';
import { planSuite, signaturesOf } from './planSuite.ts';
import { committedRatings } from './ratings/ratingsFile.ts';
import { cachePath, openCache, type ResponseCache } from './store/cacheFile.ts';
import { type HistoryReader, openHistory } from './store/history.ts';
import { historyPath } from './store/historyFile.ts';
import type { LoadedSuite } from './workspace/loadSuite.ts';
import { portablePath, requireInside } from './workspace/paths.ts';
import { requireTrust } from './workspace/trust.ts';

export type EvaluateOptions = {
  readonly signal: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
  /** Samples at once; by default the suite's, then the workspace's, then 8. */
  readonly concurrency?: number;
  readonly access?: ModelAccess;
  /** false: the run is not kept. */
  readonly history?: boolean;
  /** false: judges are asked even where they have judged the same answer before. */
  readonly cache?: boolean;
};

export type EvaluateResult = {
  readonly summary: RunSummary;
  /** Against the committed baseline; null when there is none. */
  readonly comparison: BaselineComparison | null;
  readonly gate: Gate;
  /** Of the database that keeps the run; empty when it is not kept. */
  readonly historyPath: string;
  /** Sentences that a reader of the figures must know. */
  readonly notes: readonly string[];
};

const DEFAULT_CONCURRENCY = 8;
/** The first requests are on their way by then (20 of them take 25 ms), and few models have answered. */
const PRICES_AFTER_MS = 40;

/**
 * Evaluates a loaded suite: the one use case behind the command line, the editor and the tasks.
 *
 * Aborting ends the run as `cancelled` with what has finished; the promise is still kept. Ask `modelProblems` first: it tells
 * of every model that cannot be asked, and where it is named; here only the first is told.
 *
 * @throws TouchstoneError `untrusted`; `invalid-argument` when a model cannot be asked at all, nothing having been spent; of a `history-`
 *   code when the run cannot be kept
 */
export async function evaluateSuite(loaded: LoadedSuite, options: EvaluateOptions): Promise<EvaluateResult> {
  const { workspace, suite } = loaded;
  requireTrust(workspace);
  const kept = options.cache !== false && judgeModels(suite).length > 0 ? await cacheOf(workspace) : null;
  const cache = kept && 'cache' in kept ? kept.cache : null;
  try {
    const result = await evaluateWith(loaded, options, cache);
    return { ...result, notes: [...(kept && 'note' in kept ? [kept.note] : []), ...result.notes] };
  } finally {
    cache?.close();
  }
}

/** The response cache of a workspace. The driver of the database is loaded for it, so only where judges are asked. */
export async function cacheOf({ root }: LoadedSuite['workspace']): Promise<ReturnType<typeof openCache>> {
  await requireInside(root, cachePath(root), 'The response cache');
  return openCache(root);
}

async function evaluateWith(
  loaded: LoadedSuite,
  options: EvaluateOptions,
  cache: ResponseCache | null,
): Promise<EvaluateResult> {
  const { workspace, suite } = loaded;
  const models = loaded.variants.map(({ model }) => model);
  const people = peoplesRatings(workspace.root);
  const ports = metricPorts(
    { workspace, suiteFile: path.resolve(workspace.root, suite.path), judge: suite.judge?.value ?? null },
    { access: options.access ?? {}, cache, ratingsOf: people.of },
  );
  // git first: while it runs, the packages that the others need are loaded.
  const [git, variants, committed, rated] = await Promise.all([
    gitState(workspace.root, options.signal),
    planSuite(loaded, ports, options.access),
    loadBaseline(workspace, suite),
    committedRatings(loaded),
    options.history === false || requireInside(workspace.root, historyPath(workspace.root), 'The history'),
  ]);
  // Prices are asked for by the first answer: loading the table, which takes 15 ms, fits into the wait for it.
  let opening: Promise<CostOf> | undefined;
  const prices = () => {
    opening ??= openPrices(models, workspace.config);
    return opening;
  };
  const results = committed.baseline && new CaseResults();
  const onEvent = (event: RunEvent) => {
    if (event.type === 'sample-finished') results?.add(event.sample);
    options.onEvent?.(event);
  };
  const history = options.history === false ? null : openHistory(workspace.root);
  // A failure is met again, and told, by the first answer that asks.
  const early = setTimeout(() => prices().catch(() => {}), PRICES_AFTER_MS);
  try {
    people.use(history, rated.ratings);
    const summary = await runSuite(
      {
        header: headerOf(
          loaded,
          variants,
          git && { ...git, dirty: git.dirty || workspace.files.hasOverlays(workspace.root) },
        ),
        variants,
        cases: () => loaded.cases(options.signal),
        concurrency: options.concurrency ?? suite.concurrency ?? workspace.config.concurrency ?? DEFAULT_CONCURRENCY,
        budgetUsd: suite.budgetUsd,
      },
      {
        nowMs: () => performance.now(),
        isoNow: () => new Date().toISOString(),
        turn: () => new Promise((resolve) => setImmediate(resolve)),
        sink: history?.sink() ?? NOWHERE,
        onEvent,
        signal: options.signal,
        costOf: async (model, usage) => (await prices())(model, usage),
      },
    );
    const comparison = comparisonOf(summary, results, committed, suite.compare);
    return {
      summary,
      comparison,
      gate: judgeGate(summary, suite.gate, comparison && compositeVerdicts(comparison)),
      historyPath: history?.path ?? '',
      notes: [...rated.notes, ...(await doubts(history, summary))],
    };
  } finally {
    clearTimeout(early);
    await ports.close(options.signal.aborted);
    history?.close();
    people.close();
  }
}

/** A baseline that cannot be read does not cost the run: the comparison says why there is none. */
export function comparisonOf(
  summary: RunSummary,
  results: CaseResults | null,
  { baseline, problems }: Awaited<ReturnType<typeof loadBaseline>>,
  policy: ComparePolicy,
): BaselineComparison | null {
  if (baseline && results) return compareToBaseline(summary, results, baseline, policy);
  if (problems.length === 0) return null;
  return { variants: [], notes: problems.map(({ message, remedy }) => `${message} ${remedy ?? ''}`.trim()) };
}

/** Of judges that the suite does not trust without people's word. Loaded only where a suite says so. */
export async function doubts(history: HistoryReader | null, summary: RunSummary): Promise<string[]> {
  if (!history || summary.header.metrics.every(({ trust }) => trust === undefined)) return [];
  const { judgeDoubts } = await import('./ratings/trust.ts');
  return judgeDoubts(history, summary).map(trustWords);
}

const NOWHERE: RunSink = { begin: () => {}, add: () => {}, finish: () => {} };

function headerOf(loaded: LoadedSuite, planned: readonly PlannedVariant[], git: RunHeader['git']): RunHeader {
  const { workspace, suite, dataset, selection } = loaded;
  const folder = suiteFolder(workspace, suite.path);
  const variants = planned.map(({ variant, metrics }) => ({
    id: variant.id,
    prompt: portablePath(workspace.root, path.resolve(folder, variant.prompt)),
    promptVersion: variant.promptVersion,
    model: formatModelRef(variant.model),
    params: variant.params,
    signatures: signaturesOf(metrics),
  }));
  const metrics = metricsIn(planned);
  return {
    id: newRunId(Date.now(), randomInt(2 ** 32) / 2 ** 32),
    suite: portablePath(workspace.root, path.resolve(workspace.root, suite.path)),
    suiteText: loaded.suiteText,
    startedAt: new Date().toISOString(),
    git,
    dataset,
    selection: loaded.selection,
    repeats: suite.repeats,
    policy: suite.composite,
    variants,
    prompts: promptsOf(planned, variants),
    metrics,
    plannedSamples: variants.length * selection.cases * suite.repeats,
  };
}

/** The metrics as a run records them: the same for all variants but for their signatures. */
export function metricsIn(planned: readonly PlannedVariant[]): RunMetric[] {
  return (planned[0]?.metrics ?? []).map(({ name, kind, direction, weight, gate, role, form, trust }) => ({
    name,
    kind,
    direction,
    weight,
    gate,
    ...(role && { role }),
    ...(form && { form }),
    ...(trust && { trust }),
  }));
}

/** Each prompt once, however many variants it has. */
function promptsOf(planned: readonly PlannedVariant[], variants: readonly RunVariant[]): RunPrompt[] {
  const prompts = new Map<string, RunPrompt>();
  planned.forEach(({ variant: { closure } }, index) => {
    const { prompt: path, promptVersion: version } = variants[index] ?? { prompt: '', promptVersion: '' };
    const partials = Object.fromEntries([...closure.partials].map(([name, { text }]) => [name, text]));
    prompts.set(`${path}\n${version}`, { path, version, text: closure.document.text, partials });
  });
  return [...prompts.values()];
}
