import { TouchstoneError } from '../../engine/error.ts';
import type { CompareAnswer } from '../../protocol/comparison.ts';
import { chooseBaseline, takeBaseline } from '../baselineChoice.ts';
import { evaluateSuite } from '../evaluateSuite.ts';
import { requireTrust } from '../workspace/trust.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { type EvaluatePorts, obstaclesTo } from './evaluateInWorker.ts';
import { located } from './located.ts';
import { reportProgress } from './runProgress.ts';

/**
 * Evaluates a suite as a git revision has its prompts, and as they are now; what the history knows of either is not asked
 * again.
 *
 * @throws TouchstoneError `not-found` where the revision has nothing to compare with
 */
export async function compareInWorker(
  workspace: Workspace,
  suitePath: string,
  revision: string,
  { signal, onProgress, access }: EvaluatePorts,
): Promise<CompareAnswer> {
  requireTrust(workspace);
  const { loaded, problems } = await obstaclesTo(workspace, suitePath, access, signal);
  if (!loaded) return { started: false, problems: located(workspace, problems) };
  const chosen = await chooseBaseline(loaded, revision, { access, signal });
  if (chosen.problems.length > 0) return { started: false, problems: located(workspace, chosen.problems) };
  const progress = reportProgress(suitePath, onProgress);
  const options = { signal, access, reuse: true, onEvent: progress.onEvent };
  try {
    const { against, origin } = await takeBaseline(loaded, chosen.choice, options);
    if (origin.kind === 'baseline' || origin.run === null)
      throw new TouchstoneError(
        'not-found',
        against.notes.at(-1) ?? `There is nothing to compare with in ${revision}.`,
      );
    signal.throwIfAborted();
    const { summary } = await evaluateSuite(loaded, { ...options, against });
    return { started: true, ids: { before: origin.run, after: summary.header.id } };
  } finally {
    progress.stop();
  }
}
