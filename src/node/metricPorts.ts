import path from 'node:path';
import type { JudgeOption } from '../engine/judge/judgeOption.ts';
import type { MetricTools } from '../engine/metric/metric.ts';
import { ModelError } from '../engine/model/modelClient.ts';
import type { JudgeSetting } from './judge/openJudges.ts';
import type { ModelAccess } from './model/access.ts';
import { cachedClient } from './model/cachedClient.ts';
import { embedders } from './model/embedders.ts';
import { listening } from './model/listening.ts';
import { modelResolver } from './model/resolveModel.ts';
import { ownPrograms } from './programs/ownPrograms.ts';
import type { ResponseCache } from './store/cacheFile.ts';
import type { Workspace } from './workspace/workspace.ts';

/** What the metrics of one run, or of one check, have in common outside this process. Nothing is started or asked before a score is. */
export type MetricPorts = Pick<MetricTools, 'openProgram' | 'findEmbedder' | 'ratingsOf'> & {
  /** Whose judges are looked for; null where there is no suite. */
  readonly judging: JudgeSetting | null;
  /** Ends what was started; `now` without letting it finish. A check has started nothing and need not call it. */
  readonly close: (now: boolean) => Promise<void>;
};

export type MetricPlace = {
  readonly workspace: Workspace;
  /** Absolute. */
  readonly suiteFile: string;
  /** The suite's `judge`. */
  readonly judge: JudgeOption | null;
};

/**
 * @param run absent for a check, in which no judge is asked; `cache` keeps what judges answer: an answer that is scored again is
 *   judged as before, and costs nothing
 */
export function metricPorts(
  { workspace, suiteFile, judge }: MetricPlace,
  run?: {
    readonly access: ModelAccess;
    readonly cache: ResponseCache | null;
    readonly ratingsOf: MetricTools['ratingsOf'];
  },
): MetricPorts {
  const { root, trusted } = workspace;
  const folder = path.dirname(suiteFile);
  const access = run?.access ?? {};
  const programs = ownPrograms({ root, folder, trusted });
  const setting = { workspace, suiteFile, fallback: judge };
  return {
    openProgram: programs.open,
    findEmbedder: embedders({ workspace, access }),
    ratingsOf: run?.ratingsOf ?? (() => []),
    judging: run ? { ...setting, resolve: judgeResolver(workspace, folder, access, run.cache) } : setting,
    close: programs.close,
  };
}

function judgeResolver(
  workspace: Workspace,
  folder: string,
  access: ModelAccess,
  cache: ResponseCache | null,
): ReturnType<typeof modelResolver> {
  const resolve = modelResolver({ workspace, folder, access });
  if (!cache) return listening(resolve, access.onAnswer);
  const { providers } = workspace.config;
  const cached: typeof resolve = async (model) => {
    const client = await resolve(model);
    const place = Object.hasOwn(providers, model.provider) ? providers[model.provider]?.baseUrl : undefined;
    return client instanceof ModelError ? client : cachedClient(client, cache, place ?? '');
  };
  return listening(cached, access.onAnswer);
}
