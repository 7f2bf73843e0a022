import path from 'node:path';
import { type ModelClient, ModelError, type ModelRef } from '../../engine/model/modelClient.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { functionClient } from './functionClient.ts';
import { type Connection, connectionTo, type Environment, type Secret } from './providers.ts';
import { replayClient } from './replayClient.ts';

/** Where models are looked for. */
export type ModelContext = {
  readonly workspace: Workspace;
  /** What `replay` and `function` paths are relative to, absolute. */
  readonly folder: string;
  readonly secret?: Secret;
  readonly env?: Environment;
};

/** Gives each model its client; the models of one provider share one. */
export function modelResolver(context: ModelContext): (model: ModelRef) => Promise<ModelClient | ModelError> {
  const { workspace, folder } = context;
  const apis = new Map<string, Promise<ModelClient | ModelError>>();
  return async (model) => {
    if (model.provider === 'replay') return replayClient(model.name, folder, workspace.files);
    if (model.provider === 'function') return functionClient(model.name, folder, workspace.root);
    const known = apis.get(model.provider) ?? openApi(model.provider, context);
    apis.set(model.provider, known);
    return known;
  };
}

/** Why a model cannot be asked, without asking it; null when it can. Nothing is loaded or sent. */
export async function modelObstacle(model: ModelRef, context: ModelContext): Promise<ModelError | null> {
  if (model.provider === 'replay' || model.provider === 'function') return null;
  const connection = await connect(model.provider, context);
  return connection instanceof ModelError ? connection : null;
}

async function openApi(provider: string, context: ModelContext): Promise<ModelClient | ModelError> {
  const connection = await connect(provider, context);
  if (connection instanceof ModelError) return connection;
  // With it comes all that HTTP needs, which a replayed suite does without.
  const { openaiClient } = await import('./openaiClient.ts');
  return openaiClient(connection);
}

function connect(provider: string, { workspace, secret, env }: ModelContext): Promise<Connection | ModelError> {
  return connectionTo(provider, workspace.config, secret ?? (async () => null), env ?? process.env);
}

/** The folder that a suite's models are relative to. */
export function suiteFolder(workspace: Workspace, suitePath: string): string {
  return path.dirname(path.resolve(workspace.root, suitePath));
}
