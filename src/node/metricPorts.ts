import path from 'node:path';
import type { JudgeOption } from '../engine/judge/judgeOption.ts';
import type { MetricTools } from '../engine/metric/metric.ts';
import { ModelError } from '../engine/model/modelClient.ts';
import type { JudgeSetting } from './judge/openJudges.ts';
import type { ModelAccess } from './model/access.ts';
import { cachedClient } from './model/cachedClient.ts';
import { embedders } from './model/embedders.ts';
import { listening } from './model/listening.ts';
import { moderators } from './model/moderators.ts';
import { modelResolver, moderationResolver } from './model/resolveModel.ts';
import { ownPrograms } from './programs/ownPrograms.ts';
import type { ResponseCache } from './store/cacheFile.ts';
import type { Workspace } from './workspace/workspace.ts';

/** What the metrics of one run, or of one check, have in common outside this process. Nothing is started or asked before a score is. */
export type MetricPorts = Pick<MetricTools, 'openProgram' | 'findEmbedder' | 'findModerator' | 'ratingsOf'> & {
  /** Whose judges are looked for; null where there is no suite. */
  readonly judging: JudgeSetting | null;
  /** Ends what was started; `now` without letting it finish. A check has started nothing and need not call it. */
  readonly close: (now: boolean) => Promise<void>;
};

type Resolve = ReturnType<typeof modelResolver>;

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
    findModerator: moderators(
      asJudges(moderationResolver({ workspace, folder, access }), workspace, access, run?.cache),
    ),
    ratingsOf: run?.ratingsOf ?? (() => []),
    judging: run
      ? { ...setting, resolve: asJudges(modelResolver({ workspace, folder, access }), workspace, access, run.cache) }
      : setting,
    close: programs.close,
  };
}

/** Keeps what these models answer, and tells who listens. */
function asJudges(resolve: Resolve, workspace: Workspace, access: ModelAccess, cache?: ResponseCache | null): Resolve {
  if (!cache) return listening(resolve, access.onAnswer);
  const { providers } = workspace.config;
  const cached: Resolve = async (model) => {
    const client = await resolve(model);
    const place = Object.hasOwn(providers, model.provider) ? providers[model.provider]?.baseUrl : undefined;
    return client instanceof ModelError ? client : cachedClient(client, cache, place ?? '');
  };
  return listening(cached, access.onAnswer);
}
