import path from 'node:path';
import { TouchstoneError } from '../../engine/error.ts';
import { hasErrors } from '../../engine/problem.ts';
import type { EvaluateAnswer } from '../../protocol/worker.ts';
import { scorerProblems } from '../modelProblems.ts';
import { rescoreStored } from '../rescoreStored.ts';
import { readHistory } from '../store/history.ts';
import { loadSuite } from '../workspace/loadSuite.ts';
import { requireTrust } from '../workspace/trust.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { EvaluatePorts } from './evaluateInWorker.ts';
import { located } from './located.ts';
import { reportProgress } from './runProgress.ts';

/** Scores the answers of a stored run by what its suite says now; no model is asked for an answer. */
export async function rescoreInWorker(
  workspace: Workspace,
  runId: string,
  { signal, onProgress, access }: EvaluatePorts,
): Promise<EvaluateAnswer> {
  requireTrust(workspace);
  const suitePath = path.resolve(workspace.root, suiteOf(workspace, runId));
  const { loaded, problems } = await loadSuite(workspace, suitePath, {}, signal);
  if (!loaded || hasErrors(problems)) return { started: false, problems: located(workspace, problems) };
  const obstacles = await scorerProblems(loaded, access);
  if (hasErrors(obstacles)) return { started: false, problems: located(workspace, obstacles) };
  signal.throwIfAborted();
  const progress = reportProgress(suitePath, onProgress);
  try {
    const { summary } = await rescoreStored(runId, loaded, { signal, onEvent: progress.onEvent, access });
    return { started: true, summary };
  } finally {
    progress.stop();
  }
}

/** @throws TouchstoneError `not-found` */
function suiteOf({ root }: Pick<Workspace, 'root'>, runId: string): string {
  const history = readHistory(root);
  try {
    const suite = history?.run(runId)?.header.suite;
    if (suite !== undefined) return suite;
  } finally {
    history?.close();
  }
  throw new TouchstoneError('not-found', 'The history does not hold this run any more.');
}
