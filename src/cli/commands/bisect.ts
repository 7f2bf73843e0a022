import { verdictWords } from '../../engine/compare/verdict.ts';
import { TouchstoneError } from '../../engine/error.ts';
import { hasErrors } from '../../engine/problem.ts';
import { variantLabels } from '../../engine/run/variantLabels.ts';
import { type BisectEnd, type BisectResult, type BisectStep, bisectSuite } from '../../node/bisectSuite.ts';
import type { Commit } from '../../node/git/commits.ts';
import { modelProblems } from '../../node/modelProblems.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { formatScore, plural } from '../format.ts';
import { oneLine } from '../plainText.ts';
import { comparedVariantLines } from '../reporters/comparedVariantLines.ts';
import { jsonComparedVariant } from '../reporters/jsonComparison.ts';
import { liveProgress } from '../reporters/liveProgress.ts';
import type { Shell } from '../shell.ts';
import { printProblems, refuse } from '../tellUser.ts';
import type { EvalOptions } from './eval.ts';
import { accessOf } from './evalRecording.ts';
import { loadSuites, suiteOverrides } from './loadSuites.ts';

export type BisectCommandOptions = Pick<
  EvalOptions,
  'model' | 'params' | 'filter' | 'tag' | 'limit' | 'concurrency' | 'budget' | 'recordedOnly' | 'baselineData'
> & { readonly good: string; readonly bad: string; readonly json?: boolean };

/** `touchstone bisect`: finds the commit that changed what a suite's prompts come to. Ends with 1 when nothing tells the ends apart. */
export async function bisectCommand(suite: string, options: BisectCommandOptions, shell: Shell): Promise<ExitCode> {
  const evalOptions: EvalOptions = { ...options, reporter: 'table', history: true, cache: true };
  const { suites, problems } = await loadSuites([suite], evalOptions, shell);
  const [loaded, other] = suites;
  if (!loaded || hasErrors(problems)) return refuse(shell, problems);
  if (other)
    throw new TouchstoneError('invalid-argument', `${suite} holds several suites.`, { remedy: 'Name one of them.' });
  const access = accessOf(loaded, options);
  const obstacles = await modelProblems(loaded, access);
  if (hasErrors(obstacles)) return refuse(shell, [...problems, ...obstacles]);
  printProblems(shell, problems);
  const { colors } = shell.stderr;
  const result = await bisectSuite(
    loaded,
    { good: options.good, bad: options.bad },
    {
      signal: shell.signal,
      concurrency: options.concurrency,
      access,
      overrides: suiteOverrides(evalOptions),
      data: options.baselineData,
      onStep: (step) => shell.stderr.write(`${stepLine(step, colors.dim)}\n`),
      ...watching(shell),
    },
  );
  const text = options.json ? JSON.stringify(jsonBisect(result), null, 2) : bisectLines(result, shell).join('\n');
  shell.stdout.write(`${text}\n`);
  return result.found ? EXIT.ok : EXIT.gate;
}

/** Each state is a run of its own, with a progress of its own. */
function watching(shell: Shell): Pick<Parameters<typeof bisectSuite>[2], 'onEvent'> {
  let progress: ReturnType<typeof liveProgress> | null = null;
  return {
    onEvent: (event) => {
      if (event.type === 'run-started') progress = liveProgress(shell.stderr, shell.now);
      progress?.onEvent(event);
      if (event.type === 'run-finished') progress?.close();
    },
  };
}

function stepLine({ commit, composite, isKnown, problem, left }: BisectStep, dim: (text: string) => string): string {
  const score = composite === null ? 'skipped' : `${formatScore(composite)}${isKnown ? ' (known)' : ''}`;
  const rest = problem === null ? `among ${plural(left, 'commit')}` : oneLine(problem);
  return `${commit.commit.slice(0, 7)}  ${score.padEnd(13)} ${oneLine(commit.subject)}  ${dim(rest)}`;
}

function bisectLines({ good, bad, overall, found, evaluated, known }: BisectResult, shell: Shell): string[] {
  const width = shell.stdout.columns();
  const { colors } = shell.stdout;
  const cost = `${plural(evaluated, 'state')} evaluated, ${known} known from the history`;
  const figures = (comparison: BisectResult['overall'], of: BisectEnd) => {
    const labels = variantLabels(of.run.header.variants);
    return comparison.variants.flatMap((variant) =>
      comparedVariantLines(labels.get(variant.variantId) ?? variant.variantId, variant, width, colors),
    );
  };
  if (found === null)
    return [
      `Nothing tells ${short(good.commit)} and ${short(bad.commit)} apart, so there is no commit to find.`,
      ...(overall.variants.length === 0
        ? ['They have no prompt with its model in common: name a later commit with --good.']
        : ['', ...figures(overall, bad)]),
      '',
      colors.dim(cost),
    ];
  const { commits, before, after, comparison } = found;
  const change = `${formatScore(before.composite)} → ${formatScore(after.composite)}`;
  const [only] = commits;
  const heading =
    commits.length === 1 && only
      ? `${colors.bold(short(only))} changed it: ${change}`
      : `One of ${plural(commits.length, 'commit')} changed it: ${change}; those before the last could not be evaluated.`;
  return [
    heading,
    ...commits.map(
      (commit) =>
        `  ${short(commit)}  ${commit.at.slice(0, 10)}  ${oneLine(commit.author)}  ${oneLine(commit.subject)}`,
    ),
    '',
    ...figures(comparison, after),
    ...doubt(comparison),
    '',
    colors.dim(`touchstone compare ${before.run.header.id} ${after.run.header.id}    case by case; ${cost}`),
  ];
}

/** The ends differ for sure; the two states that the search ended at may not. */
function doubt({ variants }: BisectResult['overall']): string[] {
  const words = variants.flatMap(({ composite }) => (composite ? [composite.verdict] : []));
  if (words.some(({ word }) => word === 'better' || word === 'worse')) return [];
  const [first] = words;
  const told = first ? ` (${verdictWords(first)})` : '';
  return ['', `The step alone is within what chance does${told}: the change may be the sum of several commits.`];
}

function jsonBisect({ good, bad, overall, found, evaluated, known }: BisectResult) {
  const state = ({ commit, run, composite }: BisectEnd) => ({ ...commit, run: run.header.id, composite });
  const variants = (comparison: BisectResult['overall'], { run }: BisectEnd) =>
    comparison.variants.flatMap((variant) => {
      const known = run.header.variants.find(({ id }) => id === variant.variantId);
      return known ? [jsonComparedVariant(variant, known)] : [];
    });
  return {
    ...{ good: state(good), bad: state(bad), variants: variants(overall, bad) },
    found: found && {
      commits: found.commits,
      ...{ before: state(found.before), after: state(found.after) },
      variants: variants(found.comparison, found.after),
    },
    ...{ evaluated, known },
  };
}

function short({ commit }: Commit): string {
  return commit.slice(0, 7);
}
