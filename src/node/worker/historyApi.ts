import { TouchstoneError } from '../../engine/error.ts';
import { readRunListQuery } from '../../engine/history/runListQuery.ts';
import type { WorkerApi } from '../../protocol/worker.ts';
import { type History, openHistory } from '../store/history.ts';
import { isSuitePath } from '../workspace/findSuites.ts';
import { portablePath } from '../workspace/paths.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Histories } from './histories.ts';
import { measuredTrend } from './measuredTrend.ts';
import type { Workspaces } from './workspaces.ts';

/** The list of runs, and what people do with them. */
export function createHistoryApi(
  workspaces: Workspaces,
  histories: Histories,
): Pick<WorkerApi, 'runs' | 'trend' | 'markRun' | 'deleteRun'> {
  return {
    async runs(file, { text, archived } = { text: '', archived: false }) {
      const workspace = workspaces.at(file);
      const history = histories.at(workspace.root);
      const query = readRunListQuery(text);
      const base = { ...ofFile(workspace, file), past: true, archived: true };
      const none = { runs: [], total: history?.countRuns(base) ?? 0, problem: null, words: null, caseTags: [] };
      if (query.kind === 'error') return { ...none, problem: { message: query.error, at: query.at } };
      if (!history) return none;
      const isAsked = archived || (query.kind === 'filter' && query.filter.names.has('archived'));
      const words = query.kind === 'words' ? query.words : null;
      const runs = history.runs({
        ...base,
        archived: isAsked,
        ...(words !== null && { words }),
        ...(query.kind === 'filter' && { filter: query.filter }),
      });
      const [newest] = runs;
      return { ...none, runs, words, caseTags: newest ? history.caseTags(newest.id) : [] };
    },
    async trend(file, asked) {
      const history = histories.at(workspaces.at(file).root);
      return history && measuredTrend(history, asked);
    },
    async markRun(file, runId, change) {
      return writing(workspaces.at(file), (history) => history.mark(runId, change));
    },
    async deleteRun(file, runId) {
      writing(workspaces.at(file), (history) => history.deleteRun(runId));
    },
  };
}

export function ofFile(
  workspace: Workspace,
  file: string,
): { readonly suite: string } | { readonly promptPath: string } {
  const name = portablePath(workspace.root, file);
  return isSuitePath(file) ? { suite: name } : { promptPath: name };
}

function writing<T>(workspace: Workspace, work: (history: History) => T): T {
  if (!workspace.trusted)
    throw new TouchstoneError('untrusted', 'This workspace is not trusted, so its history is not changed.', {
      remedy: 'Trust the workspace first.',
    });
  const history = openHistory(workspace.root);
  try {
    return work(history);
  } finally {
    history.close();
  }
}
