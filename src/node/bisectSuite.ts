import path from 'node:path';
import { bisectSearch } from '../engine/compare/bisectSearch.ts';
import type { RunComparison } from '../engine/compare/compareRuns.ts';
import { TouchstoneError } from '../engine/error.ts';
import { canonicalJson } from '../engine/json.ts';
import type { RunSummary, RunVariant } from '../engine/run/run.ts';
import { mean } from '../engine/stats/mean.ts';
import { takeBaseline } from './baselineChoice.ts';
import { compareStored } from './compareStored.ts';
import type { EvaluateOptions } from './evaluateSuite.ts';
import { type Commit, commitOf, commitsBetween } from './git/commits.ts';
import { type Revision, resolveRevision } from './git/revision.ts';
import { suiteFolder } from './model/resolveModel.ts';
import { modelProblems } from './modelProblems.ts';
import { readHistory } from './store/history.ts';
import { loadPastSuite, type PastData } from './workspace/loadPastSuite.ts';
import type { LoadedSuite, SuiteOverrides } from './workspace/loadSuite.ts';

export type BisectOptions = Omit<EvaluateOptions, 'against' | 'revision' | 'reuse' | 'history'> & {
  readonly signal: AbortSignal;
  readonly overrides?: SuiteOverrides;
  readonly data?: PastData;
  /** Hears of each state that was evaluated, or could not be. */
  readonly onStep?: (step: BisectStep) => void;
};

export type BisectStep = {
  readonly commit: Commit;
  /** null where it could not be evaluated. */
  readonly composite: number | null;
  /** Whether the history knew it. */
  readonly isKnown: boolean;
  /** Why it could not be evaluated, in a sentence; null when it could. */
  readonly problem: string | null;
  /** How many commits may still be the one, at most. */
  readonly left: number;
};

/** A commit with what the suite came to there: the mean over the variants that the search follows. */
type BisectState = { readonly commit: Commit; readonly run: RunSummary; readonly composite: number };

/** An end; null where one of the followed variants has no score. */
export type BisectEnd = Omit<BisectState, 'composite'> & { readonly composite: number | null };

/** Before it is known which variants are followed: each by what tells it from the others, whatever its prompt says. */
type Measured = Omit<BisectState, 'composite'> & { readonly byVariant: ReadonlyMap<string, number> };

export type BisectResult = {
  /** The ends, and what changed between them. */
  readonly good: BisectEnd;
  readonly bad: BisectEnd;
  readonly overall: RunComparison;
  /** null when no verdict tells the ends apart: what is not there cannot be found. */
  readonly found: {
    readonly before: BisectState;
    readonly after: BisectState;
    readonly comparison: RunComparison;
    /** The commit; or, where some could not be evaluated, those that one of them is. */
    readonly commits: readonly Commit[];
  } | null;
  /** How many states were evaluated anew, and how many the history knew. */
  readonly evaluated: number;
  readonly known: number;
};

/**
 * Finds the commit that changed what a suite's prompts come to, between two revisions: each is evaluated on today's cases by today's
 * metrics, and what the history knows is not asked again.
 *
 * @throws TouchstoneError `not-found` for a revision or its prompts; `invalid-argument` where nothing lies between; `cancelled`
 */
export async function bisectSuite(
  loaded: LoadedSuite,
  ends: { readonly good: string; readonly bad: string },
  options: BisectOptions,
): Promise<BisectResult> {
  const { root } = loaded.workspace;
  const { signal } = options;
  const [good, bad] = [await resolveRevision(root, ends.good, signal), await resolveRevision(root, ends.bad, signal)];
  const tally = { evaluated: 0, known: 0 };
  const at = (revision: Revision, left: number) => evaluateAt(loaded, revision, options, tally, left);
  const files = [...new Set([...filesOf(loaded), ...(await filesThen(loaded, good, options))])];
  const commits = await commitsBetween(root, { from: good, to: bad }, files, signal);
  if (commits.length === 0)
    throw new TouchstoneError(
      'invalid-argument',
      `Nothing that counts for ${loaded.suite.path} was committed from ${ends.good} to ${ends.bad}.`,
      { remedy: 'Name an earlier commit with --good.' },
    );
  const first = required(await at(good, commits.length), ends.good);
  const last = required(await at(revisionOf(commits.at(-1)), commits.length), ends.bad);
  const overall = compare(root, first, last);
  const told = toldVariants(overall, last).filter((key) => first.byVariant.has(key));
  const followed = told.length > 0 ? told : [...last.byVariant.keys()];
  const [from, to] = [following(first, followed), following(last, followed)];
  const base = {
    good: from ?? endOf(first),
    bad: to ?? endOf(last),
    overall,
  };
  if (told.length === 0 || !from || !to) return { ...base, found: null, ...tally };
  const states = new Map<number, BisectState>([
    [0, from],
    [commits.length, to],
  ]);
  let [low, high] = [0, commits.length];
  const search = await bisectSearch(commits.length, { first: from.composite, last: to.composite }, async (index) => {
    const state = following(await at(revisionOf(commits[index - 1]), high - low), followed);
    if (state === null) return null;
    states.set(index, state);
    const isLow = Math.abs(state.composite - from.composite) <= Math.abs(state.composite - to.composite);
    [low, high] = isLow ? [index, high] : [low, index];
    return state.composite;
  });
  const [before, after] = [states.get(search.before), states.get(search.first)];
  if (!before || !after) throw new TouchstoneError('internal', 'The search ended at a state that was not measured.');
  const found = {
    ...{ before, after, comparison: compare(root, before, after) },
    commits: commits.slice(search.before, search.first),
  };
  return { ...base, found, ...tally };
}

/** Variants that a verdict tells apart at the two ends: the others would only blur where it changed. */
function toldVariants({ variants }: RunComparison, { run }: Measured): string[] {
  const told = new Set(
    variants.flatMap(({ variantId, composite }) =>
      composite && ['better', 'worse'].includes(composite.verdict.word) ? [variantId] : [],
    ),
  );
  return run.header.variants.filter(({ id }) => told.has(id)).map(keyOf);
}

/** null where one of them has no score there. */
function following(state: Measured | null, keys: readonly string[]): BisectState | null {
  const means = keys.map((key) => state?.byVariant.get(key));
  if (!state || means.length === 0 || means.includes(undefined)) return null;
  return { commit: state.commit, run: state.run, composite: mean(means.map(Number)) };
}

function endOf({ commit, run }: Measured): BisectEnd {
  return { commit, run, composite: null };
}

/** The same place of the suite in every commit. */
function keyOf({ prompt, model, params }: RunVariant): string {
  return canonicalJson([prompt, model, params]);
}

async function evaluateAt(
  loaded: LoadedSuite,
  revision: Revision,
  options: BisectOptions,
  tally: { evaluated: number; known: number },
  left: number,
): Promise<Measured | null> {
  const { overrides, data, onStep, onEvent, ...rest } = options;
  const { signal, access } = options;
  const { root } = loaded.workspace;
  const commit = await commitOf(root, revision, signal);
  const tell = (step: Pick<BisectStep, 'composite' | 'isKnown' | 'problem'>) => onStep?.({ commit, left, ...step });
  const past = await loadPastSuite(loaded, revision, overrides, data, signal);
  const obstacles = past.loaded ? await modelProblems(past.loaded, access) : past.problems;
  const obstacle = obstacles.find(({ severity }) => severity === 'error');
  if (!past.loaded || obstacle) {
    tell({ composite: null, isKnown: false, problem: obstacle?.message ?? past.notes.at(-1) ?? 'It has no prompt.' });
    return null;
  }
  let isKnown = true;
  const { summary } = await takeBaseline(
    loaded,
    { kind: 'revision', revision, past },
    {
      ...rest,
      onEvent: (event) => {
        if (event.type === 'run-started') isKnown = false;
        onEvent?.(event);
      },
    },
  );
  signal.throwIfAborted();
  tally[isKnown ? 'known' : 'evaluated'] += 1;
  const run = summary && calledAsToday(summary, past.renamed);
  const byVariant = new Map(
    (run?.variants ?? []).flatMap(({ variant, composite }): [string, number][] =>
      composite === null ? [] : [[keyOf(variant), composite.mean]],
    ),
  );
  const composite = byVariant.size === 0 ? null : mean([...byVariant.values()]);
  tell({ composite, isKnown, problem: composite === null ? 'No case got a score.' : null });
  return run && composite !== null ? { commit, run, byVariant } : null;
}

/** A prompt that had another name then is the same prompt. */
function calledAsToday(run: RunSummary, renamed: ReadonlyMap<string, string>): RunSummary {
  const today = (variant: RunVariant): RunVariant => ({
    ...variant,
    prompt: renamed.get(variant.prompt) ?? variant.prompt,
  });
  return {
    ...run,
    header: { ...run.header, variants: run.header.variants.map(today) },
    variants: run.variants.map((summary) => ({ ...summary, variant: today(summary.variant) })),
  };
}

function compare(root: string, before: Pick<BisectState, 'run'>, after: Pick<BisectState, 'run'>): RunComparison {
  const history = readHistory(root);
  if (!history) throw new TouchstoneError('not-found', `The history of ${root} is gone.`);
  try {
    return compareStored(history, before.run, after.run);
  } finally {
    history.close();
  }
}

/** What a suite's prompts are made of, absolute; and the suite, which names models and params. */
function filesOf({ workspace, suite, variants }: LoadedSuite): string[] {
  const { root } = workspace;
  const folder = suiteFolder(workspace, suite.path);
  return [
    path.resolve(root, suite.path),
    ...variants.flatMap(({ prompt, closure }) => {
      const own = path.resolve(folder, prompt);
      const named = closure.document.files.map(({ name }) => path.resolve(path.dirname(own), name));
      return [own, ...named, ...[...closure.partials.values()].map((partial) => path.resolve(root, partial.path))];
    }),
  ];
}

async function filesThen(
  loaded: LoadedSuite,
  revision: Revision,
  { overrides, data, signal }: BisectOptions,
): Promise<string[]> {
  const { loaded: past } = await loadPastSuite(loaded, revision, overrides, data, signal);
  return past ? filesOf(past) : [];
}

function required(state: Measured | null, name: string): Measured {
  if (state) return state;
  throw new TouchstoneError(
    'not-found',
    `The prompts of ${name} cannot be evaluated, so there is nothing to begin with.`,
    {
      remedy: 'Name another commit.',
    },
  );
}

function revisionOf(commit: Commit | undefined): Revision {
  if (!commit) throw new TouchstoneError('internal', 'There is no such commit.');
  return { name: commit.commit.slice(0, 7), commit: commit.commit };
}
