import path from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Baseline } from '../engine/compare/baseline.ts';
import { CaseResults } from '../engine/compare/caseResults.ts';
import type { ComparePolicy } from '../engine/compare/comparePolicy.ts';
import type { BaselineComparison } from '../engine/compare/compareToBaseline.ts';
import { compositeVerdicts } from '../engine/compare/compositeVerdicts.ts';
import type { Case } from '../engine/dataset/case.ts';
import { trustWords } from '../engine/judge/trustWords.ts';
import { formatModelRef } from '../engine/model/modelClient.ts';
import { type Gate, judgeGate } from '../engine/run/gate.ts';
import type { RunEvent, RunSink, RunSummary } from '../engine/run/run.ts';
import { runSuite } from '../engine/run/runSuite.ts';
import { askedCases } from '../engine/run/wholeRun.ts';
import { decidedWords } from '../engine/stats/sequential/decidedWords.ts';
import { gitState } from './git/gitState.ts';
import type { Revision } from './git/revision.ts';
import { judgeModels } from './judge/judgeModels.ts';
import { loadBaseline } from './loadBaseline.ts';
import { metricPorts } from './metricPorts.ts';
import type { ModelAccess } from './model/access.ts';
import { type CostOf, openPrices } from './model/prices.ts';
import { peoplesRatings } from './peoplesRatings.ts';
import { planSuite } from './planSuite.ts';
import { committedRatings } from './ratings/ratingsFile.ts';
import { type ResumedRun, resumableRun } from './resume.ts';
import { keptAnswers, keptRun } from './reuse.ts';
import { headerOf } from './runHeader.ts';
import { cachePath, openCache, type ResponseCache } from './store/cacheFile.ts';
import { answerColumns, caseContent } from './store/caseContent.ts';
import { type HistoryReader, openHistory } from './store/history.ts';
import { historyPath } from './store/historyFile.ts';
import type { LoadedSuite } from './workspace/loadSuite.ts';
import { requireInside } from './workspace/paths.ts';
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
  /** What is compared with, instead of the committed baseline. */
  readonly against?: Against;
  /** That the suite's prompts are those of this revision. */
  readonly revision?: Revision;
  /** true: answers that the history holds are not asked for again, and a run that did just this before stands for it. */
  readonly reuse?: boolean;
  /** Goes on with a run that was cut off, by its id; true: with the newest that does the same, if there is one. */
  readonly resume?: string | true;
};

/** The other side of a comparison, however it came about. */
export type Against = {
  /** In a sentence: `main (abc1234)`. */
  readonly name: string;
  /** null where there is none. */
  readonly baseline: Baseline | null;
  /** Sentences that a reader of the differences must know. */
  readonly notes: readonly string[];
  /** Whether a prompt that is new since then is no fault: a committed baseline is expected to know all. */
  readonly excusesNew?: boolean;
  /** Whether prompts of a revision stand there, whose model may be what was edited. */
  readonly isRevision?: boolean;
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
  const { revision } = options;
  // git first: while it runs, the packages that the others need are loaded.
  const [git, variants, against, rated] = await Promise.all([
    revision ? { commit: revision.commit, dirty: false } : gitState(workspace.root, options.signal),
    planSuite(loaded, ports, options.access),
    options.against ?? committedBaseline(workspace, suite),
    committedRatings(loaded),
    options.history === false || requireInside(workspace.root, historyPath(workspace.root), 'The history'),
  ]);
  // Prices are asked for by the first answer: loading the table, which takes 15 ms, fits into the wait for it.
  let opening: Promise<CostOf> | undefined;
  const prices = () => {
    opening ??= openPrices(models, workspace.config);
    return opening;
  };
  const contents = new Map<string, { readonly content: string }>();
  const results = against.baseline && new CaseResults(suite.composite.repeats, () => contents);
  // Of both sides: the baseline may have played back a column that is only a column now.
  const answers = answerColumns([...models.map(formatModelRef), ...modelsOf(against.baseline)]);
  const cases = () => (results ? named(loaded.cases(options.signal), contents, answers) : loaded.cases(options.signal));
  const onEvent = (event: RunEvent) => {
    if (event.type === 'sample-finished') results?.add(event.sample);
    options.onEvent?.(event);
  };
  const history = options.history === false ? null : openHistory(workspace.root);
  // A failure is met again, and told, by the first answer that asks.
  const early = setTimeout(() => prices().catch(() => {}), PRICES_AFTER_MS);
  try {
    people.use(history, rated.ratings);
    const isOverlaid = !revision && workspace.files.hasOverlays(workspace.root);
    const { baseline } = against;
    const stops = suite.compare.isSequential === true && baseline !== null;
    const state = git && { ...git, dirty: git.dirty || isOverlaid };
    const fresh = headerOf(loaded, variants, state, { revision, stopWhenDecided: stops });
    const resumed = history && options.resume ? resumableRun(history, fresh, options.resume) : null;
    const header = resumed?.header ?? fresh;
    const watched = stops
      ? await (await import('./watchedCases.ts')).watchedCases(header, cases(), baseline, suite.compare, contents)
      : null;
    const reused = history && options.reuse ? history : null;
    const known = reused && keptRun(reused, header);
    const summary =
      known ??
      (await runSuite(
        {
          header,
          variants,
          ...(reused && { kept: keptAnswers(reused, variants) }),
          ...(resumed && { held: resumed.held }),
          cases,
          ...watched,
          concurrency: options.concurrency ?? suite.concurrency ?? workspace.config.concurrency ?? DEFAULT_CONCURRENCY,
          budgetUsd: suite.budgetUsd,
        },
        {
          nowMs: () => performance.now(),
          isoNow: () => new Date().toISOString(),
          turn: () => new Promise((resolve) => setImmediate(resolve)),
          sink: history?.sink({ resumes: resumed !== null }) ?? NOWHERE,
          onEvent,
          signal: options.signal,
          costOf: async (model, usage) => (await prices())(model, usage),
        },
      ));
    const outcomes = known && history ? history.caseResults(known.header.id) : results;
    const comparison = await comparisonOf(summary, outcomes, against, suite.compare);
    return {
      summary,
      comparison,
      gate: judgeGate(summary, suite.gate, comparison && compositeVerdicts(comparison), excusedBy(against, summary)),
      historyPath: history?.path ?? '',
      notes: [
        ...resumeNotes(options, resumed),
        ...stopNotes(summary, suite),
        ...rated.notes,
        ...(await doubts(history, summary)),
      ],
    };
  } finally {
    clearTimeout(early);
    await ports.close(options.signal.aborted);
    history?.close();
    people.close();
  }
}

function resumeNotes({ resume }: EvaluateOptions, resumed: ResumedRun | null): string[] {
  if (resumed) return [resumed.note];
  return resume ? ['No run of this suite was cut off that did the same, so a new one was begun.'] : [];
}

function stopNotes(summary: RunSummary, { compare }: LoadedSuite['suite']): string[] {
  const { decidedAfter, header } = summary;
  if (decidedAfter !== undefined) return [decidedWords(decidedAfter, askedCases(summary), header.selection.cases)];
  if (!compare.isSequential || header.selection.stopWhenDecided) return [];
  return ['There is nothing to compare with, so every case was asked: `stopWhenDecided` needs a baseline.'];
}

function modelsOf(baseline: Baseline | null): string[] {
  return baseline?.variants.map(({ model }) => model) ?? [];
}

/** Remembers what each case says while it passes by. */
async function* named(
  cases: AsyncIterable<Case>,
  contents: Map<string, { readonly content: string }>,
  answers: ReadonlySet<string>,
): AsyncGenerator<Case> {
  for await (const testCase of cases) {
    contents.set(testCase.id, { content: caseContent(testCase, answers) });
    yield testCase;
  }
}

/** The committed baseline; one that cannot be read does not cost the run: the comparison says why there is none. */
export async function committedBaseline(
  workspace: LoadedSuite['workspace'],
  suite: LoadedSuite['suite'],
): Promise<Against> {
  const { baseline, problems } = await loadBaseline(workspace, suite);
  const notes = problems.map(({ message, remedy }) => `${message} ${remedy ?? ''}`.trim());
  return { name: 'the baseline', baseline, notes };
}

/** The variants of prompts that were not there then, by id. */
function excusedBy({ baseline, excusesNew = false }: Against, { variants }: RunSummary): ReadonlySet<string> {
  if (!excusesNew) return new Set();
  const known = new Set(baseline?.variants.map(({ prompt }) => prompt));
  return new Set(variants.flatMap(({ variant: { id, prompt } }) => (known.has(prompt) ? [] : [id])));
}

/** @returns null where there is nothing to compare with, and nothing to say about it */
export async function comparisonOf(
  summary: RunSummary,
  results: CaseResults | null,
  { name, baseline, notes, isRevision }: Against,
  policy: ComparePolicy,
): Promise<BaselineComparison | null> {
  if (baseline && results) {
    // With it come the statistics, which a run without a baseline does without.
    const { compareToBaseline } = await import('../engine/compare/compareToBaseline.ts');
    const comparison = compareToBaseline(summary, results, baseline, policy, name, isRevision ? 'models' : 'targets');
    return { ...comparison, notes: [...notes, ...comparison.notes] };
  }
  return notes.length === 0 ? null : { name, variants: [], notes };
}

/** Of judges that the suite does not trust without people's word. Loaded only where a suite says so. */
export async function doubts(history: HistoryReader | null, summary: RunSummary): Promise<string[]> {
  if (!history || summary.header.metrics.every(({ trust }) => trust === undefined)) return [];
  const { judgeDoubts } = await import('./ratings/trust.ts');
  return judgeDoubts(history, summary).map(trustWords);
}

const NOWHERE: RunSink = { begin: () => {}, add: () => {}, finish: () => {} };
