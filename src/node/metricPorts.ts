import type { MetricTools } from '../engine/metric/metric.ts';
import type { ModelAccess } from './model/access.ts';
import { embedders } from './model/embedders.ts';
import { ownPrograms } from './programs/ownPrograms.ts';
import type { Workspace } from './workspace/workspace.ts';

/** What the metrics of one run, or of one check, have in common outside this process. Nothing is started or asked before a score is. */
export type MetricPorts = Pick<MetricTools, 'openProgram' | 'findEmbedder'> & {
  /** Ends what was started; `now` without letting it finish. A check has started nothing and need not call it. */
  readonly close: (now: boolean) => Promise<void>;
};

/** @param folder the suite's, absolute */
export function metricPorts(workspace: Workspace, folder: string, access: ModelAccess = {}): MetricPorts {
  const { root, trusted } = workspace;
  const programs = ownPrograms({ root, folder, trusted });
  return { openProgram: programs.open, findEmbedder: embedders({ workspace, access }), close: programs.close };
}
