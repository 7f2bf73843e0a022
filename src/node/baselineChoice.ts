import type { Baseline } from '../engine/compare/baseline.ts';
import { baselineOf } from '../engine/compare/baselineOf.ts';
import { CaseResults } from '../engine/compare/caseResults.ts';
import { readBaseline } from '../engine/compare/readBaseline.ts';
import { TouchstoneError } from '../engine/error.ts';
import type { Problem } from '../engine/problem.ts';
import type { RunEvent, RunSummary } from '../engine/run/run.ts';
import { type Against, type EvaluateOptions, evaluateSuite } from './evaluateSuite.ts';
import { type Revision, resolveRevision, revisionWords } from './git/revision.ts';
import type { BaselineOrigin } from './loadBaseline.ts';
import type { ModelAccess } from './model/access.ts';
import { modelProblems } from './modelProblems.ts';
import { readHistory } from './store/history.ts';
import { loadPastSuite, type PastData, type PastSuite } from './workspace/loadPastSuite.ts';
import type { LoadedSuite, SuiteOverrides } from './workspace/loadSuite.ts';
import { portablePath, requireInside } from './workspace/paths.ts';

/** What a suite is to be compared with, found and checked; nothing has been asked yet. */
export type BaselineChoice =
  | { readonly kind: 'baseline'; readonly file: string }
  | { readonly kind: 'run'; readonly run: RunSummary }
  | { readonly kind: 'revision'; readonly revision: Revision; readonly past: PastSuite };

export type ChoiceOptions = {
  readonly overrides?: SuiteOverrides;
  readonly data?: PastData;
  readonly access?: ModelAccess;
  readonly signal?: AbortSignal;
};

/**
 * Finds what a name stands for: a baseline file, a kept run, or else a git revision, whose prompts are then read.
 *
 * @param named absolute, for a file
 * @returns `problems` has errors where the revision's prompts cannot be evaluated
 * @throws TouchstoneError `not-found` for a name that is none of these; `cancelled`
 */
export async function chooseBaseline(
  loaded: LoadedSuite,
  named: string,
  { overrides = {}, data, access, signal }: ChoiceOptions = {},
): Promise<{ readonly choice: BaselineChoice; readonly problems: readonly Problem[] }> {
  const { root, files } = loaded.workspace;
  if (named.endsWith('.json') && (await files.exists(named))) {
    await requireInside(root, named, 'The baseline');
    // Whoever names it wants it compared: one that cannot be read, as after a merge with a conflict, ends the run before it costs.
    const { problems } = readBaseline(await files.readText(named), named);
    return {
      choice: { kind: 'baseline', file: named },
      problems: problems.filter(({ severity }) => severity === 'error'),
    };
  }
  const run = keptRunNamed(root, named);
  if (run) return { choice: { kind: 'run', run }, problems: [] };
  const revision = await resolveRevision(root, named, signal);
  const past = await loadPastSuite(loaded, revision, overrides, data, signal);
  const obstacles = past.loaded ? await modelProblems(past.loaded, access) : [];
  const problems = [...past.problems, ...obstacles].filter(({ severity }) => severity === 'error');
  return { choice: { kind: 'revision', revision, past }, problems: problems.map((one) => ofRevision(one, revision)) };
}

/** What a run is compared with, and how what it took to know that has gone. */
export type TakenBaseline = {
  readonly against: Against;
  readonly origin: BaselineOrigin;
  /** Of a revision that was evaluated for it; null for numbers that were there. */
  readonly summary: RunSummary | null;
};

/**
 * The numbers of the other side. The prompts of a revision are evaluated for it, unless the history knows what they come to.
 *
 * @throws as `evaluateSuite`
 */
export async function takeBaseline(
  loaded: LoadedSuite,
  choice: BaselineChoice,
  options: EvaluateOptions,
): Promise<TakenBaseline> {
  const { root, files } = loaded.workspace;
  if (choice.kind === 'baseline') {
    const { baseline, problems } = readBaseline(await files.readText(choice.file), choice.file);
    const notes = problems.map(({ message, remedy }) => `${message} ${remedy ?? ''}`.trim());
    const path = portablePath(root, choice.file);
    return { against: { name: path, baseline, notes }, origin: { kind: 'baseline', path }, summary: null };
  }
  if (choice.kind === 'run') {
    const { run } = choice;
    const { id } = run.header;
    const baseline = keptBaseline(root, run);
    return { against: { name: `run ${id}`, baseline, notes: [] }, origin: { kind: 'run', run: id }, summary: null };
  }
  const { revision, past } = choice;
  const name = revisionWords(revision);
  const origin = { kind: 'revision', revision: revision.name, commit: revision.commit } as const;
  if (!past.loaded)
    return {
      against: { name, baseline: null, notes: past.notes, excusesNew: true, isRevision: true },
      origin: { ...origin, run: null },
      summary: null,
    };
  const results = new CaseResults(loaded.suite.composite.repeats);
  const onEvent = (event: RunEvent) => {
    if (event.type === 'sample-finished') results.add(event.sample);
    options.onEvent?.(event);
  };
  // Every case of it is needed: which of them decide is known only when the others are asked.
  const { suite } = past.loaded;
  const whole = { ...past.loaded, suite: { ...suite, compare: { ...suite.compare, isSequential: false } } };
  const evaluated = await evaluateSuite(whole, { ...options, onEvent, revision, reuse: options.cache !== false });
  const { summary, historyPath } = evaluated;
  const { id } = summary.header;
  const kept = historyPath !== '';
  const baseline = kept ? keptBaseline(root, summary) : baselineOf(summary, results);
  const variants = baseline.variants.map((variant) => ({
    ...variant,
    prompt: past.renamed.get(variant.prompt) ?? variant.prompt,
  }));
  return {
    against: { name, baseline: { ...baseline, variants }, notes: past.notes, excusesNew: true, isRevision: true },
    origin: { ...origin, run: kept ? id : null },
    summary,
  };
}

/** A kept run as what later ones are compared with. */
function keptBaseline(root: string, run: RunSummary): Baseline {
  const history = readHistory(root);
  try {
    return baselineOf(run, history?.caseResults(run.header.id) ?? new CaseResults());
  } finally {
    history?.close();
  }
}

/** Ids of runs begin with an r, as no hash of a commit does. */
function keptRunNamed(root: string, named: string): RunSummary | null {
  if (!/^r[0-9a-z]{5,12}$/.test(named)) return null;
  const history = readHistory(root);
  try {
    const run = history?.run(named) ?? null;
    if (run?.status === 'running')
      throw new TouchstoneError('invalid-argument', `The run ${run.header.id} is still going on.`, {
        remedy: 'Wait for its end, or stop it.',
      });
    return run;
  } finally {
    history?.close();
  }
}

/** A place in a file of a commit is none that an editor could open. */
function ofRevision(problem: Problem, revision: Revision): Problem {
  return { ...problem, message: `In ${revisionWords(revision)}: ${problem.message}` };
}
