import type { EvaluateAnswer, RunProgress } from '../../protocol/worker.ts';
import { evaluateSuite } from '../evaluateSuite.ts';
import type { ModelAccess } from '../model/access.ts';
import { modelProblems } from '../modelProblems.ts';
import { loadSuite } from '../workspace/loadSuite.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { located } from './located.ts';
import { reportProgress } from './runProgress.ts';

export type EvaluatePorts = {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: RunProgress) => void;
  readonly access: ModelAccess;
};

/** Evaluates a suite when it and all that it names are free of errors; stopping keeps what has finished. */
export async function evaluateInWorker(
  workspace: Workspace,
  suitePath: string,
  { signal, onProgress, access }: EvaluatePorts,
): Promise<EvaluateAnswer> {
  const { loaded, problems } = await loadSuite(workspace, suitePath);
  if (!loaded) return { started: false, problems: located(workspace, problems) };
  const obstacles = await modelProblems(loaded, access);
  if (obstacles.length > 0) return { started: false, problems: located(workspace, obstacles) };
  signal.throwIfAborted();
  const progress = reportProgress(suitePath, onProgress);
  try {
    const { summary } = await evaluateSuite(loaded, { signal, onEvent: progress.onEvent, access });
    return { started: true, summary };
  } finally {
    progress.stop();
  }
}
