import { compositeVerdicts } from '../../engine/compare/compositeVerdicts.ts';
import { TouchstoneError } from '../../engine/error.ts';
import { hasErrors, type Problem } from '../../engine/problem.ts';
import { judgeGate } from '../../engine/run/gate.ts';
import type { RunSummary } from '../../engine/run/run.ts';
import type { Suite } from '../../engine/suite/suite.ts';
import type { BaselineChoice } from '../../node/baselineChoice.ts';
import { evaluateSuite } from '../../node/evaluateSuite.ts';
import { committedOrigin } from '../../node/loadBaseline.ts';
import { modelProblems } from '../../node/modelProblems.ts';
import { priceProblems } from '../../node/priceProblems.ts';
import { recordSuite } from '../../node/suiteRecording.ts';
import type { PastData } from '../../node/workspace/loadPastSuite.ts';
import type { LoadedSuite } from '../../node/workspace/loadSuite.ts';
import { EXIT, type ExitCode, exitCodeOf, scoredPart, worstExitCode } from '../exitCode.ts';
import type { AlsoReport, ParamValues } from '../options.ts';
import { outputFile } from '../outputFile.ts';
import type { ReporterName } from '../reporterNames.ts';
import { liveProgress } from '../reporters/liveProgress.ts';
import { metricErrors } from '../reporters/metricErrors.ts';
import { caseProblems, problemLines } from '../reporters/problemLines.ts';
import { problemsFile } from '../reporters/problemsFile.ts';
import { digestSample, type SampleDigest } from '../reporters/sampleDigest.ts';
import { type SamplesFile, samplesFile } from '../reporters/samplesFile.ts';
import type { SuiteReport } from '../reporters/suiteReport.ts';
import { unknownCosts } from '../reporters/unknownCosts.ts';
import { writeReports } from '../reporters/writeReports.ts';
import type { Shell } from '../shell.ts';
import { explainError, printProblems, refuse } from '../tellUser.ts';
import { accessOf, requireOneWay, writeRecording } from './evalRecording.ts';
import { loadSuites } from './loadSuites.ts';

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
  readonly also?: readonly AlsoReport[];
  readonly samples?: string;
  readonly problems?: boolean;
  readonly problemsFile?: string;
  /** A git revision, a kept run or a baseline file to compare with; false: nothing that the suite names. */
  readonly baseline?: string | false;
  readonly baselineData?: PastData;
  /** Ask no more cases once the verdict on every variant holds. */
  readonly stopWhenDecided?: boolean;
  /** Only suites that something has changed for since the baseline, or else since HEAD. */
  readonly changed?: boolean;
  /** Keep what models answer beside the suite. */
  readonly record?: boolean;
  /** Ask no model, but take what was recorded. */
  readonly recordedOnly?: boolean;
  /** Go on with the newest run that was cut off and does the same. */
  readonly resume?: boolean;
  readonly history: boolean;
  readonly cache: boolean;
};

/** `touchstone eval`: reads every suite, and only when all of them are in order runs one after another. */
export async function evalCommand(paths: readonly string[], options: EvalOptions, shell: Shell): Promise<ExitCode> {
  const file = outputFile(shell, options.out);
  const also = (options.also ?? []).map(({ reporter, out }) => ({ reporter, file: alsoFile(shell, out) }));
  const isPage = [options.reporter, ...also.map(({ reporter }) => reporter)].includes('html');
  if (isPage && !options.history)
    throw new TouchstoneError('invalid-argument', 'The page holds every case, which is read from the history.', {
      remedy: 'Leave out --no-history, or take another reporter.',
    });
  requireOneWay(options);
  if (options.resume && !options.history)
    throw new TouchstoneError('invalid-argument', 'A run is resumed from the history.', {
      remedy: 'Leave out --no-history, or --resume.',
    });
  const samplesTarget = samplesTargetOf(options, shell, file);
  const keepProblems = problemsFile(outputFile(shell, options.problemsFile));
  const named = paths.length > 0 ? paths : ['.'];
  const { suites: all, problems } = await loadSuites(named, options, shell);
  if (hasErrors(problems)) return refuse(shell, problems);
  const suites = options.changed ? await (await comparing()).changedSuites(all, options, shell) : all;
  const obstacles = (
    await Promise.all(suites.map((loaded) => modelProblems(loaded, accessOf(loaded, options))))
  ).flat();
  if (obstacles.length > 0) return refuseModels(shell, [...problems, ...obstacles]);
  const { baselines, problems: past } = namesBaseline(suites, options)
    ? await (await comparing()).chooseBaselines(suites, options, shell)
    : NO_BASELINES;
  if (hasErrors(past)) return refuseModels(shell, [...problems, ...past]);
  const unpriced = (await Promise.all(suites.map(priceProblems))).flat();
  printProblems(shell, [...problems, ...past, ...unpriced]);

  const samples = samplesTarget === null ? null : samplesFile(samplesTarget);
  const reports: SuiteReport[] = [];
  const codes: ExitCode[] = [];
  try {
    for (const loaded of suites) {
      if (shell.signal.aborted) {
        codes.push(EXIT.cancelled);
        break;
      }
      const report = await runOne(loaded, baselines.get(loaded), options, shell, samples);
      reports.push(report);
      codes.push(exitCodeOfReport(report, loaded.suite));
      const found = caseProblems(loaded, report);
      if (options.problems) for (const line of problemLines(found, shell.cwd)) shell.stderr.write(`${line}\n`);
      keepProblems(found);
    }
  } catch (error) {
    // What the suites before gave is reported all the same.
    codes.push(explainError(shell, error));
  }
  codes.push(closeSamples(samples, shell));
  if (reports.length > 0)
    await writeReports(shell, reports, {
      reporter: options.reporter,
      file,
      also,
      several: all.length > 1,
      roots: suites.map(({ workspace }) => workspace.root),
    });
  return worstExitCode(codes);
}

/** Git and the statistics, loaded only where something is compared. */
function comparing(): Promise<typeof import('./evalBaseline.ts')> {
  return import('./evalBaseline.ts');
}

function namesBaseline(suites: readonly LoadedSuite[], { baseline }: EvalOptions): boolean {
  return baseline !== false && (baseline !== undefined || suites.some(({ suite }) => suite.compareWith !== null));
}

const NO_BASELINES: { readonly baselines: ReadonlyMap<LoadedSuite, BaselineChoice>; readonly problems: Problem[] } = {
  baselines: new Map(),
  problems: [],
};

function closeSamples(samples: SamplesFile | null, shell: Shell): ExitCode {
  try {
    samples?.close();
    return EXIT.ok;
  } catch (error) {
    return explainError(shell, error);
  }
}

async function runOne(
  loaded: LoadedSuite,
  choice: BaselineChoice | undefined,
  options: EvalOptions,
  shell: Shell,
  samplesOut: SamplesFile | null,
): Promise<SuiteReport> {
  const { suite } = loaded;
  const progress = liveProgress(shell.stderr, shell.now);
  const recording = options.record ? await recordSuite(loaded) : null;
  const unknown = unknownCosts(suite.budgetUsd);
  const failing = metricErrors();
  const samples: SampleDigest[] = [];
  const taken = choice && (await (await comparing()).takeFirst(loaded, choice, options, shell));
  try {
    const { summary, comparison, gate, historyPath, notes } = await evaluateSuite(taken?.rest ?? loaded, {
      signal: shell.signal,
      against: taken?.against,
      concurrency: options.concurrency,
      history: options.history,
      ...(options.resume && { resume: true as const }),
      cache: options.cache && options.recordedOnly !== true,
      access: { ...accessOf(loaded, options), ...(recording && { onAnswer: recording.add }) },
      onEvent: (event) => {
        progress.onEvent(event);
        unknown.onEvent(event);
        failing.onEvent(event);
        if (event.type === 'run-started') samplesOut?.begin(event.header);
        if (event.type !== 'sample-finished') return;
        samples.push(digestSample(event.sample, event.line));
        samplesOut?.add(event.sample);
      },
    });
    if (recording) await writeRecording(recording, summary, shell);
    return {
      summary,
      comparison,
      origin: taken?.origin ?? committedOrigin(loaded),
      before: taken?.summary ?? null,
      gate,
      historyPath: options.history ? historyPath : null,
      notes: [...notes, ...resumable(summary, options), ...failing.notes(), ...unknown.notes()],
      samples,
    };
  } finally {
    progress.close();
  }
}

function resumable({ status, variants }: RunSummary, { history }: EvalOptions): string[] {
  const isCutOff = status === 'cancelled' && history && variants.some(({ samples: { pass, fail } }) => pass + fail > 0);
  return isCutOff ? ['What has finished is kept: the same command with --resume takes only what is missing.'] : [];
}

/** A key that is not there is nothing that the files could mend. */
function refuseModels(shell: Shell, problems: readonly Problem[]): ExitCode {
  const code = refuse(shell, problems);
  const errors = problems.filter((problem) => problem.severity === 'error');
  return errors.every((problem) => problem.code === 'missing-key') ? EXIT.environment : code;
}

/** What could not be asked, on either side, is no failing of the gate: it judges what could. */
export function exitCodeOfReport({ summary, gate, comparison, before, origin }: JudgedReport, suite: Suite): ExitCode {
  const failedBefore = before ? errorsIn(before) : 0;
  const errors = errorsIn(summary) + failedBefore;
  const verdicts = comparison && compositeVerdicts(comparison);
  const unknown = summary.variants.map(({ variant }) => variant.id).filter((id) => !verdicts?.has(id));
  // Nothing of them was there then, or nothing answered.
  const excused = new Set(origin.kind === 'revision' ? unknown : []);
  const gateHolds = gate.holds || (errors > 0 && judgeGate(scoredPart(summary), suite.gate, verdicts, excused).holds);
  return exitCodeOf({ status: summary.status, errors, gateHolds });
}

type JudgedReport = Pick<SuiteReport, 'summary' | 'gate' | 'comparison' | 'before' | 'origin'>;

/** Samples, and scores of samples, that could not be had. */
function errorsIn({ variants }: RunSummary): number {
  const scores = variants.flatMap(({ metrics }) => Object.values(metrics).map(({ error }) => error));
  return [...variants.map(({ samples }) => samples.error), ...scores].reduce((sum, count) => sum + count, 0);
}

function alsoFile(shell: Shell, out: string): string {
  const file = outputFile(shell, out);
  if (file !== null) return file;
  throw new TouchstoneError('invalid-argument', '--also needs a file.', { remedy: 'Only one report goes to stdout.' });
}

function samplesTargetOf({ samples }: EvalOptions, shell: Shell, report: string | null): string | null {
  const target = outputFile(shell, samples);
  if (samples === undefined || (target !== null && target !== report)) return target;
  const message = target === null ? '--samples needs a file.' : '--samples and --out name the same file.';
  throw new TouchstoneError('invalid-argument', message, { remedy: 'Give the samples a file of their own.' });
}
