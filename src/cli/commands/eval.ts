import fs from 'node:fs';
import path from 'node:path';
import { TouchstoneError } from '../../engine/error.ts';
import { hasErrors, type Problem } from '../../engine/problem.ts';
import { judgeGate } from '../../engine/run/gate.ts';
import { evaluateSuite } from '../../node/evaluateSuite.ts';
import { modelProblems } from '../../node/modelProblems.ts';
import { findSuites } from '../../node/workspace/findSuites.ts';
import { type LoadedSuite, loadSuite } from '../../node/workspace/loadSuite.ts';
import { openWorkspace } from '../../node/workspace/openWorkspace.ts';
import { EXIT, type ExitCode, exitCodeOf, scoredPart, worstExitCode } from '../exitCode.ts';
import type { ParamValues } from '../options.ts';
import type { ReporterName } from '../reporterNames.ts';
import { liveProgress } from '../reporters/liveProgress.ts';
import { problemLines } from '../reporters/problemLines.ts';
import { digestSample, type SampleDigest } from '../reporters/sampleDigest.ts';
import { samplesFile } from '../reporters/samplesFile.ts';
import type { SuiteReport } from '../reporters/suiteReport.ts';
import { writeReports } from '../reporters/writeReports.ts';
import type { Shell } from '../shell.ts';
import { shownPath } from '../shownPath.ts';
import { printProblems, refuse } from '../tellUser.ts';

export type EvalOptions = {
  readonly model?: readonly string[];
  readonly params?: ParamValues;
  readonly filter?: string;
  readonly tag?: readonly string[];
  readonly limit?: number;
  readonly repeats?: number;
  readonly concurrency?: number;
  readonly budget?: number;
  readonly reporter: ReporterName;
  readonly out?: string;
  readonly samples?: string;
  readonly problems?: boolean;
  readonly history: boolean;
};

/** `touchstone eval`: reads every suite, and only when all of them are in order runs one after another. */
export async function evalCommand(paths: readonly string[], options: EvalOptions, shell: Shell): Promise<ExitCode> {
  requireWritable(shell, [options.out, options.samples]);
  const { suites, problems } = await loadAll(paths, options, shell);
  if (hasErrors(problems)) return refuse(shell, problems);
  const obstacles = (await Promise.all(suites.map((loaded) => modelProblems(loaded)))).flat();
  if (obstacles.length > 0) return refuseModels(shell, [...problems, ...obstacles]);
  printProblems(shell, problems);

  const samples = options.samples === undefined ? null : samplesFile(path.resolve(shell.cwd, options.samples));
  const reports: SuiteReport[] = [];
  const codes: ExitCode[] = [];
  try {
    for (const loaded of suites) {
      if (shell.signal.aborted) break;
      const report = await runOne(loaded, options, shell, samples);
      reports.push(report);
      codes.push(exitCodeOfReport(report, loaded));
      if (options.problems)
        for (const line of await problemLines(loaded, report, shell.cwd)) shell.stderr.write(`${line}\n`);
    }
  } finally {
    samples?.close();
  }
  await writeReports(shell, reports, options.reporter, options.out);
  return worstExitCode(codes);
}

async function loadAll(
  paths: readonly string[],
  options: EvalOptions,
  shell: Shell,
): Promise<{ suites: LoadedSuite[]; problems: Problem[] }> {
  const suites: LoadedSuite[] = [];
  const problems: Problem[] = [];
  for (const file of await suiteFiles(paths, shell)) {
    const workspace = openWorkspace(file, { cwd: shell.cwd });
    const { loaded, problems: found } = await loadSuite(workspace, file, {
      models: options.model,
      params: options.params,
      repeats: options.repeats,
      filter: options.filter,
      tags: options.tag,
      limit: options.limit,
    });
    problems.push(...found);
    if (!loaded) continue;
    // A budget given here is instead of the suite's, not beside it.
    const budgetUsd = options.budget ?? loaded.suite.budgetUsd;
    suites.push({ ...loaded, suite: { ...loaded.suite, budgetUsd } });
  }
  return { suites, problems };
}

/** Suites as named; a folder stands for all that lie in it. */
async function suiteFiles(paths: readonly string[], shell: Shell): Promise<string[]> {
  const files: string[] = [];
  for (const given of paths) {
    const file = path.resolve(shell.cwd, given);
    if (!fs.statSync(file, { throwIfNoEntry: false })?.isDirectory()) {
      if (file.endsWith('.prompt'))
        throw new TouchstoneError('invalid-argument', `${given} is a prompt, not a suite.`, {
          remedy: `Name a *.eval.yaml file that lists it, or run it once: touchstone run ${given}`,
        });
      files.push(file);
      continue;
    }
    const found = await findSuites(file);
    if (found.length === 0)
      throw new TouchstoneError('not-found', `There is no *.eval.yaml file in ${shownPath(shell.cwd, file)}.`);
    files.push(...found);
  }
  return [...new Set(files)];
}

async function runOne(
  loaded: LoadedSuite,
  options: EvalOptions,
  shell: Shell,
  samplesOut: ReturnType<typeof samplesFile> | null,
): Promise<SuiteReport> {
  const progress = liveProgress(shell.stderr, shell.now);
  const samples: SampleDigest[] = [];
  try {
    const { summary, comparison, gate, historyPath } = await evaluateSuite(loaded, {
      signal: shell.signal,
      concurrency: options.concurrency,
      history: options.history,
      onEvent: (event) => {
        progress.onEvent(event);
        if (event.type === 'run-started') samplesOut?.begin(event.header);
        if (event.type !== 'sample-finished') return;
        samples.push(digestSample(event.sample));
        samplesOut?.add(event.sample);
      },
    });
    return { summary, comparison, gate, historyPath: options.history ? historyPath : null, samples };
  } finally {
    progress.close();
  }
}

/** A key that is not there is nothing that the files could mend. */
function refuseModels(shell: Shell, problems: readonly Problem[]): ExitCode {
  const code = refuse(shell, problems);
  const errors = problems.filter((problem) => problem.severity === 'error');
  return errors.every((problem) => problem.code === 'missing-key') ? EXIT.environment : code;
}

function exitCodeOfReport({ summary, gate }: SuiteReport, { suite }: LoadedSuite): ExitCode {
  const errors = summary.variants.reduce((sum, { samples }) => sum + samples.error, 0);
  const gateHolds = gate.holds || (errors > 0 && judgeGate(scoredPart(summary), suite.gate).holds);
  return exitCodeOf({ status: summary.status, errors, gateHolds });
}

/** A report that cannot be written is told before any model is asked, not after. */
function requireWritable(shell: Shell, files: readonly (string | undefined)[]): void {
  for (const file of files) {
    if (file === undefined || file === '-') continue;
    const target = path.resolve(shell.cwd, file);
    try {
      fs.mkdirSync(path.dirname(target), { recursive: true });
      fs.accessSync(fs.existsSync(target) ? target : path.dirname(target), fs.constants.W_OK);
    } catch (cause) {
      throw new TouchstoneError('invalid-argument', `${file} cannot be written.`, {
        cause,
        remedy: 'Choose another place for it.',
      });
    }
  }
}
