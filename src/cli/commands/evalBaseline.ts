import fs from 'node:fs';
import path from 'node:path';
import { smallestDifference, smallestDifferenceWords } from '../../engine/compare/smallestDifference.ts';
import { TouchstoneError } from '../../engine/error.ts';
import { hasErrors, type Problem } from '../../engine/problem.ts';
import { parseSuite } from '../../engine/suite/parseSuite.ts';
import { type BaselineChoice, chooseBaseline, type TakenBaseline, takeBaseline } from '../../node/baselineChoice.ts';
import { changedFiles } from '../../node/git/changedFiles.ts';
import { resolveRevision, revisionWords } from '../../node/git/revision.ts';
import { touchedBy } from '../../node/touchedSuite.ts';
import type { LoadedSuite } from '../../node/workspace/loadSuite.ts';
import { plural } from '../format.ts';
import { liveProgress } from '../reporters/liveProgress.ts';
import type { Shell } from '../shell.ts';
import { shownPath } from '../shownPath.ts';
import type { EvalOptions } from './eval.ts';
import { accessOf } from './evalRecording.ts';
import { suiteOverrides } from './loadSuites.ts';

/** What each suite is compared with, by suite; a suite that is not in it has its committed baseline. */
export type Baselines = ReadonlyMap<LoadedSuite, BaselineChoice>;

/** What `--baseline`, or else `compare.baseline` of each suite, names. Nothing is asked yet, so a wrong one costs nothing. */
export async function chooseBaselines(
  suites: readonly LoadedSuite[],
  options: EvalOptions,
  shell: Shell,
): Promise<{ readonly baselines: Baselines; readonly problems: readonly Problem[] }> {
  const baselines = new Map<LoadedSuite, BaselineChoice>();
  const problems: Problem[] = [];
  for (const loaded of suites) {
    const named = options.baseline ?? loaded.suite.compareWith;
    if (named === null || named === false) continue;
    const file = path.resolve(shell.cwd, named);
    try {
      const found = await chooseBaseline(loaded, fs.existsSync(file) && named.endsWith('.json') ? file : named, {
        overrides: suiteOverrides(options),
        data: options.baselineData,
        access: accessOf(loaded, options),
        signal: shell.signal,
      });
      problems.push(...found.problems);
      if (!hasErrors(found.problems)) baselines.set(loaded, found.choice);
    } catch (error) {
      // What was asked for here must be there; what a suite asks for may not be, as in a copy without its repository.
      if (typeof options.baseline === 'string' || !isMissing(error)) throw error;
      problems.push(notThere(loaded, error));
    }
  }
  return { baselines, problems };
}

function isMissing(error: unknown): error is TouchstoneError {
  return error instanceof TouchstoneError && error.code === 'not-found';
}

function notThere({ workspace, suite, suiteText }: LoadedSuite, { message, remedy }: TouchstoneError): Problem {
  const file = path.resolve(workspace.root, suite.path);
  const range = parseSuite(suiteText, file).rangeOf(['compare', 'baseline']);
  return { severity: 'warning', code: 'no-baseline', message, remedy, file, range };
}

/** Those of the suites whose numbers may differ from what they were at the baseline; the others are told, and left out. */
export async function changedSuites(
  suites: readonly LoadedSuite[],
  options: EvalOptions,
  shell: Shell,
): Promise<LoadedSuite[]> {
  const since = options.baseline || 'HEAD';
  const byRoot = new Map<string, ReadonlySet<string>>();
  const touched: LoadedSuite[] = [];
  let words = since;
  for (const loaded of suites) {
    const { root } = loaded.workspace;
    const revision = await resolveRevision(root, since, shell.signal);
    words = revisionWords(revision);
    const changed = byRoot.get(root) ?? (await changedFiles(root, revision.commit, shell.signal)).files;
    byRoot.set(root, changed);
    if (touchedBy(loaded, changed).length > 0) touched.push(loaded);
  }
  const left = suites.length - touched.length;
  if (left > 0)
    shell.stderr.write(`${plural(left, 'suite')} left out: nothing that counts for them has changed since ${words}.\n`);
  return touched;
}

type TakenFirst = TakenBaseline & { readonly rest: LoadedSuite };

/** What these cases can tell at all, before anything is paid for. */
function canShow({ selection, suite, variants }: LoadedSuite): string {
  return smallestDifferenceWords(
    smallestDifference({ cases: selection.cases, comparisons: variants.length }, suite.compare),
  );
}

/** The other side of the comparison; `rest` is the suite with what is left of its budget. */
export async function takeFirst(
  loaded: LoadedSuite,
  choice: BaselineChoice,
  options: EvalOptions,
  shell: Shell,
): Promise<TakenFirst> {
  const { suite } = loaded;
  const progress = liveProgress(shell.stderr, shell.now);
  let spentUsd = 0;
  try {
    if (choice.kind === 'revision' && choice.past.loaded)
      shell.stderr.write(
        shell.stderr.colors.dim(
          `${shownPath(shell.cwd, suite.path)}: ${revisionWords(choice.revision)} first. ${canShow(loaded)}\n`,
        ),
      );
    const taken = await takeBaseline(loaded, choice, {
      signal: shell.signal,
      concurrency: options.concurrency,
      history: options.history,
      cache: options.cache && options.recordedOnly !== true,
      access: accessOf(loaded, options),
      onEvent: (event) => {
        progress.onEvent(event);
        if (event.type === 'run-finished') ({ spentUsd } = event);
      },
    });
    const budgetUsd = suite.budgetUsd === null ? null : Math.max(0, suite.budgetUsd - spentUsd);
    return { ...taken, rest: { ...loaded, suite: { ...suite, budgetUsd } } };
  } finally {
    progress.close();
  }
}
