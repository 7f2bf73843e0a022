import path from 'node:path';
import { formatModelRef, type ModelClient, ModelError, type ModelRef } from '../../engine/model/modelClient.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { ModelAccess } from './access.ts';
import { commandTargetClient } from './commandTarget.ts';
import { editorClient } from './editorClient.ts';
import { environmentOf } from './environment.ts';
import { functionClient, functionObstacle } from './functionClient.ts';
import { httpTargetClient } from './httpTarget.ts';
import { apiFor, type Connection, connectionTo } from './providers.ts';
import { Recordings } from './recordings.ts';
import { replayClient, replayObstacle } from './replayClient.ts';

/** Where models are looked for. */
export type ModelContext = {
  readonly workspace: Workspace;
  /** What `replay` and `function` paths are relative to, absolute. */
  readonly folder: string;
  readonly access: ModelAccess;
  /** Instead of the provider's own, for a question that somebody waits for. */
  readonly patience?: Pick<Connection, 'timeoutMs' | 'maxRetries'>;
};

type Resolved = ModelClient | ModelError;

/** Gives each model its client; the models of one provider share one, and so do all that replay one recording. */
export function modelResolver(context: ModelContext): (model: ModelRef) => Promise<Resolved> {
  const { workspace, folder, access } = context;
  const place = { folder, root: workspace.root };
  const recordings = new Recordings(workspace);
  const apis = new Map<string, Promise<Resolved>>();
  const connections = new Map<string, Promise<Connection | ModelError>>();
  const shared = async (model: ModelRef): Promise<Resolved> => {
    const connecting = connections.get(model.provider) ?? connect(model.provider, context);
    connections.set(model.provider, connecting);
    const connection = await connecting;
    if (connection instanceof ModelError) return connection;
    const isMessages = apiFor(connection, model) === 'messages';
    const key = `${isMessages} ${model.provider}`;
    const known = apis.get(key) ?? (isMessages ? openAnthropic(connection) : openOpenai(connection));
    apis.set(key, known);
    return known;
  };
  return async (model) => {
    if (model.provider === 'replay') return replayClient(model.name, place, recordings);
    if (access.recorded !== undefined)
      return replayClient(`${access.recorded}/${formatModelRef(model)}`, place, recordings);
    // Reading what was recorded is all that may be done for a workspace that nobody trusts.
    if (!workspace.trusted) return untrusted(formatModelRef(model));
    if (model.provider === 'function') return functionClient(model.name, folder, workspace.root);
    if (isTarget(model)) return openTarget(model, context);
    if (model.provider === 'vscode') return access.editor ? editorClient(access.editor) : noEditor(model);
    return shared(model);
  };
}

/** As `modelResolver`, of models that moderate texts; what is replayed comes from the same recordings. */
export function moderationResolver(context: ModelContext): (model: ModelRef) => Promise<Resolved> {
  const { workspace, access } = context;
  const replayed = modelResolver(context);
  return async (model) => {
    if (model.provider === 'replay' || access.recorded !== undefined) return replayed(model);
    if (!workspace.trusted) return untrusted(formatModelRef(model));
    const connection = await connect(model.provider, context);
    if (connection instanceof ModelError) return connection;
    const { moderationClient } = await import('./moderationClient.ts');
    return moderationClient(connection);
  };
}

/**
 * Why a model cannot be asked, without asking it; null when it can. Nothing is loaded or sent.
 *
 * Of a workspace that is not trusted nothing is told, and no key is looked up for it: that it is not trusted comes first.
 */
export async function modelObstacle(model: ModelRef, context: ModelContext): Promise<ModelError | null> {
  const { workspace, folder } = context;
  const { provider, name } = model;
  if (!workspace.trusted) return null;
  if (provider === 'replay') return replayObstacle(name, { folder, root: workspace.root });
  if (context.access.recorded !== undefined)
    return replayObstacle(context.access.recorded, { folder, root: workspace.root });
  if (provider === 'function') return functionObstacle(name, folder, workspace.root);
  if (provider === 'vscode') return context.access.editor ? null : noEditor(model);
  if (isTarget(model)) {
    const target = openTarget(model, context);
    return target instanceof ModelError ? target : null;
  }
  const connection = await connect(provider, context);
  return connection instanceof ModelError ? connection : null;
}

function isTarget({ provider }: ModelRef): boolean {
  return provider === 'http' || provider === 'command';
}

function openTarget({ provider, name }: ModelRef, { workspace, access }: ModelContext): Resolved {
  const env = environmentOf(workspace, access.env);
  const { http = {}, command = {} } = workspace.config.targets ?? {};
  if (provider === 'http') {
    const target = Object.hasOwn(http, name) ? http[name] : undefined;
    return target ? httpTargetClient(name, target, env) : noTarget('http', name, Object.keys(http));
  }
  const target = Object.hasOwn(command, name) ? command[name] : undefined;
  return target
    ? commandTargetClient(name, target, { root: workspace.root, env })
    : noTarget('command', name, Object.keys(command));
}

function noTarget(kind: string, name: string, known: readonly string[]): ModelError {
  const others = known.length > 0 ? `, or use one of ${known.join(', ')}` : '';
  return new ModelError('unknown-provider', `There is no target ${kind}/${name}.`, {
    remedy: `Describe it under targets.${kind}.${name} in touchstone.yaml${others}.`,
  });
}

// With the packages comes all that HTTP needs, which a replayed suite does without.
async function openOpenai(connection: Connection): Promise<ModelClient> {
  const { openaiClient } = await import('./openaiClient.ts');
  return openaiClient(connection);
}

async function openAnthropic(connection: Connection): Promise<ModelClient> {
  const { anthropicClient } = await import('./anthropicClient.ts');
  return anthropicClient(connection);
}

/** How to reach a provider from a workspace. */
export async function connect(
  provider: string,
  { workspace, access, patience }: Omit<ModelContext, 'folder'>,
): Promise<Connection | ModelError> {
  const env = environmentOf(workspace, access.env);
  const connection = await connectionTo(provider, workspace.config, access.secret ?? (async () => null), env);
  return connection instanceof ModelError ? connection : { ...connection, ...patience };
}

export function untrusted(asked: string): ModelError {
  return new ModelError('untrusted', `${asked} is not asked for a workspace that is not trusted.`, {
    remedy: 'Trust the workspace to run and evaluate; previews work without.',
  });
}

function noEditor(model: ModelRef): ModelError {
  return new ModelError('unknown-provider', `${formatModelRef(model)} is a model of the editor.`, {
    remedy: 'Evaluate in VS Code, or name another model with --model.',
  });
}

/** The folder that a suite's models are relative to. */
export function suiteFolder(workspace: Workspace, suitePath: string): string {
  return path.dirname(path.resolve(workspace.root, suitePath));
}
