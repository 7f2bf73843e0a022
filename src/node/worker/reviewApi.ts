import { TouchstoneError } from '../../engine/error.ts';
import type { WorkerApi } from '../../protocol/worker.ts';
import { judgeReports } from '../ratings/judgeReports.ts';
import { ratingsFrom } from '../ratings/rate.ts';
import { raterName } from '../ratings/raterName.ts';
import { reviewItem } from '../ratings/reviewItem.ts';
import { reviewQueue } from '../ratings/reviewQueue.ts';
import { openHistory } from '../store/history.ts';
import type { Histories } from './histories.ts';
import type { Workspaces } from './workspaces.ts';

/**
 * What people say of answers, as the extension asks for it.
 *
 * @param onRated figures of runs that have ended are others now
 * @param askName who rates in a workspace
 */
export function createReviewApi(
  workspaces: Workspaces,
  histories: Histories,
  onRated: () => void,
  askName = raterName,
): Pick<WorkerApi, 'review' | 'reviewItem' | 'rate' | 'judges'> {
  /** git is asked once for each workspace: a name seldom changes while somebody rates. */
  const usual = new Map<string, Promise<string>>();
  const nameOf = (root: string, rater: string | null) => {
    if (rater !== null) return Promise.resolve(rater);
    const known = usual.get(root) ?? askName(root);
    usual.set(root, known);
    // What failed once may go well the next time.
    known.catch(() => usual.delete(root));
    return known;
  };
  return {
    async review(file, query, rater) {
      const { root } = workspaces.at(file);
      const history = histories.at(root);
      return history && reviewQueue(history, query, await nameOf(root, rater));
    },
    async reviewItem(file, asked, rater) {
      const { root } = workspaces.at(file);
      const history = histories.at(root);
      return history && reviewItem(history, { ...asked, rater: await nameOf(root, rater) });
    },
    async judges(file, runId) {
      const history = histories.at(workspaces.at(file).root);
      const run = history?.run(runId);
      return history && run ? judgeReports(history, run) : null;
    },
    async rate(file, rating, rater) {
      const workspace = workspaces.at(file);
      if (!workspace.trusted) {
        throw new TouchstoneError('untrusted', 'This workspace is not trusted, so ratings are not kept in it.', {
          remedy: 'Trust the workspace to rate.',
        });
      }
      const name = await nameOf(workspace.root, rater);
      const history = openHistory(workspace.root);
      try {
        history.addRatings(ratingsFrom(history, rating, { name, now: new Date().toISOString() }));
      } finally {
        history.close();
      }
      onRated();
    },
  };
}
