import fs from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import { type ModelClient, ModelError, type ModelRequest } from '../../engine/model/modelClient.ts';
import { isReallyInside } from '../workspace/paths.ts';

const count = z.number().nonnegative().nullable().default(null);

/** What a function may answer: the text, or the text with what it took. */
const functionAnswer = z.union([
  z.string().transform((output) => ({ output, usage: null, costUsd: null })),
  z.object({
    output: z.string(),
    usage: z
      .object({ inputTokens: count, outputTokens: count, cachedInputTokens: count, reasoningTokens: count })
      .nullable()
      .default(null),
    costUsd: count,
  }),
]);

type Target = (input: object) => unknown;

/**
 * A function of the user's as the model: `function/<file>` is the file's default export, `function/<file>#<name>` a named one.
 * It is called with `{ messages, vars, params, testCase: { id }, signal }`.
 *
 * @param name the file, relative to the suite's folder and inside the workspace, and the export
 */
export function functionClient(name: string, folder: string, root: string): ModelClient {
  let loading: Promise<Target> | undefined;
  return {
    async generate(request, { signal }) {
      loading ??= loadTarget(name, folder, root);
      const target = await loading;
      const startedAtMs = performance.now();
      const answer = await call(target, request, signal, name);
      return {
        ...answer,
        toolCalls: [],
        finishReason: null,
        latencyMs: performance.now() - startedAtMs,
        firstTokenMs: null,
        rawRequest: null,
        rawResponse: null,
        attempts: 1,
      };
    },
  };
}

/** Why a function is not called: its file lies outside the workspace. null when it does not. */
export async function functionObstacle(name: string, folder: string, root: string): Promise<ModelError | null> {
  const { file } = targetOf(name, folder);
  if (await isReallyInside(root, file)) return null;
  return new ModelError('function-failed', `${file} lies outside the workspace ${root}.`, {
    remedy: 'Move the function into the workspace.',
  });
}

function targetOf(name: string, folder: string): { readonly file: string; readonly exported: string } {
  const hash = name.lastIndexOf('#');
  const file = path.resolve(folder, hash === -1 ? name : name.slice(0, hash));
  return { file, exported: hash === -1 ? 'default' : name.slice(hash + 1) };
}

async function call(target: Target, request: ModelRequest, signal: AbortSignal, name: string) {
  const { messages, params, testCase } = request;
  const input = { messages, vars: testCase.vars, params, testCase: { id: testCase.id }, signal };
  let returned: unknown;
  try {
    returned = await target(input);
  } catch (cause) {
    if (signal.aborted) throw new ModelError('cancelled', 'Stopped.');
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new ModelError('function-failed', `${name} threw: ${message}`, { cause });
  }
  const answer = functionAnswer.safeParse(returned);
  if (answer.success) return answer.data;
  throw new ModelError('function-failed', `${name} did not return an answer.`, {
    remedy: 'Return a string, or { output, usage?, costUsd? }.',
  });
}

async function loadTarget(name: string, folder: string, root: string): Promise<Target> {
  const { file, exported } = targetOf(name, folder);
  // Asked again, for a link may have changed since the run began.
  const obstacle = await functionObstacle(name, folder, root);
  if (obstacle) throw obstacle;
  let module: Record<string, unknown>;
  try {
    // The time of the last change makes an edited file a new module; a process that lives long would keep the old one.
    const { mtimeMs } = await fs.promises.stat(file);
    module = await import(`${pathToFileURL(file).href}?changed=${mtimeMs}`);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new ModelError('function-failed', `${file} cannot be loaded: ${message}`, { cause });
  }
  const target = module[exported];
  if (typeof target === 'function') return target as Target;
  const wanted = exported === 'default' ? 'default export' : `export ${exported}`;
  throw new ModelError('function-failed', `${file} has no ${wanted} that is a function.`, {
    remedy: `It exports: ${Object.keys(module).join(', ') || 'nothing'}.`,
  });
}
