import path from 'node:path';
import { hasErrors } from '../../engine/problem.ts';
import { committedOrigin } from '../../node/loadBaseline.ts';
import { scorerProblems } from '../../node/modelProblems.ts';
import { rescoreStored } from '../../node/rescoreStored.ts';
import { loadSuite } from '../../node/workspace/loadSuite.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { outputFile } from '../outputFile.ts';
import type { ReporterName } from '../reporterNames.ts';
import { liveProgress } from '../reporters/liveProgress.ts';
import { digestSample, type SampleDigest } from '../reporters/sampleDigest.ts';
import { writeReports } from '../reporters/writeReports.ts';
import type { Shell } from '../shell.ts';
import { printProblems, refuse } from '../tellUser.ts';
import { exitCodeOfReport } from './eval.ts';
import { findRun, type WorkspaceOption, withHistory } from './pastRun.ts';

export type RescoreOptions = WorkspaceOption & {
  readonly suite?: string;
  readonly reporter: ReporterName;
  readonly out?: string;
  readonly cache: boolean;
};

/** `touchstone rescore`: the answers of a run, scored by what the suite says now. */
export async function rescoreCommand(id: string, options: RescoreOptions, shell: Shell): Promise<ExitCode> {
  const file = outputFile(shell, options.out);
  const { header, workspace } = await withHistory(options, shell, (history, workspace) => ({
    header: findRun(history, id).header,
    workspace,
  }));
  const suitePath =
    options.suite === undefined ? path.resolve(workspace.root, header.suite) : path.resolve(shell.cwd, options.suite);
  const { loaded, problems } = await loadSuite(workspace, suitePath, {}, shell.signal);
  if (!loaded || hasErrors(problems)) return refuse(shell, problems);
  const obstacles = await scorerProblems(loaded);
  if (hasErrors(obstacles)) return refuse(shell, [...problems, ...obstacles]);
  printProblems(shell, problems);

  const progress = liveProgress(shell.stderr, shell.now);
  const samples: SampleDigest[] = [];
  try {
    const result = await rescoreStored(header.id, loaded, {
      signal: shell.signal,
      cache: options.cache,
      onEvent: (event) => {
        progress.onEvent(event);
        if (event.type === 'sample-finished') samples.push(digestSample(event.sample, event.line));
      },
    });
    progress.close();
    const report = {
      ...result,
      origin: committedOrigin(loaded),
      before: null,
      notes: [
        `The answers are those of run ${header.rescoreOf ?? header.id}; no model was asked for one.`,
        ...result.notes,
      ],
      samples,
    };
    await writeReports(shell, [report], {
      reporter: options.reporter,
      file,
      several: false,
      roots: [workspace.root],
    });
    return result.summary.status === 'cancelled' ? EXIT.cancelled : exitCodeOfReport(report, loaded.suite);
  } finally {
    progress.close();
  }
}
