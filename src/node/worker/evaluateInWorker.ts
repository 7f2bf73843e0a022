import type { CasesWanted } from '../../protocol/testing.ts';
import type { EvaluateAnswer, RunProgress } from '../../protocol/worker.ts';
import { evaluateSuite } from '../evaluateSuite.ts';
import type { ModelAccess } from '../model/access.ts';
import { modelProblems } from '../modelProblems.ts';
import { loadSuite } from '../workspace/loadSuite.ts';
import { requireTrust } from '../workspace/trust.ts';
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
  wanted: CasesWanted = {},
): Promise<EvaluateAnswer> {
  requireTrust(workspace);
  const { loaded, problems } = await obstaclesTo(workspace, suitePath, access, signal, wanted);
  if (!loaded) return { started: false, problems: located(workspace, problems) };
  signal.throwIfAborted();
  const progress = reportProgress(suitePath, onProgress);
  try {
    const { summary } = await evaluateSuite(loaded, { signal, onEvent: progress.onEvent, access });
    return { started: true, summary };
  } finally {
    progress.stop();
  }
}

/** The suite when it may run; else `loaded` is null and `problems` say why: first of the files, then of the models. */
export async function obstaclesTo(
  workspace: Workspace,
  suitePath: string,
  access: EvaluatePorts['access'],
  signal?: AbortSignal,
  wanted: CasesWanted = {},
): ReturnType<typeof loadSuite> {
  const { loaded, problems } = await loadSuite(workspace, suitePath, wanted, signal);
  const obstacles = loaded ? await modelProblems(loaded, access) : [];
  return obstacles.length > 0 ? { loaded: null, problems: obstacles } : { loaded, problems };
}
