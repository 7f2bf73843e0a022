import { performance } from 'node:perf_hooks';
import { ModelError, type ModelRef, type ModelRequest, parseModelRef } from '../../engine/model/modelClient.ts';
import type { ConnectionTest } from '../../protocol/models.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { ModelAccess } from './access.ts';
import { listModels } from './modelList.ts';
import { connect, type ModelContext, modelResolver, suiteFolder, untrusted } from './resolveModel.ts';

/** Somebody waits for it; and a server that answers at the second try only is worth knowing. */
const PATIENCE = { timeoutMs: 30_000, maxRetries: 0 } as const;

type Tested = Omit<ModelContext, 'patience'>;

/** Asks a provider which models it has: proves the address, the way there and mostly the key, and costs nothing. */
export async function testProvider(
  provider: string,
  context: Omit<Tested, 'folder'>,
  { signal, timeoutMs = PATIENCE.timeoutMs }: { readonly signal: AbortSignal; readonly timeoutMs?: number },
): Promise<ConnectionTest> {
  return tested(async () => {
    if (context.workspace.trusted === false) throw untrusted(provider);
    const connection = await connect(provider, { ...context, patience: { ...PATIENCE, timeoutMs } });
    if (connection instanceof ModelError) throw connection;
    return { models: await listModels(connection, signal), output: null };
  });
}

/** Asks a model for one word, exactly as a run would ask it. */
async function testModel(model: ModelRef, context: Tested, signal: AbortSignal): Promise<ConnectionTest> {
  return tested(async () => {
    const client = await modelResolver({ ...context, patience: PATIENCE })(model);
    if (client instanceof ModelError) throw client;
    const { output } = await client.generate(wordRequest(model), { signal });
    return { models: null, output };
  });
}

/** @param text `provider/name`; `replay` and `function` are looked for beside the file */
export async function testNamedModel(
  text: string,
  workspace: Workspace,
  file: string,
  { access, signal }: { readonly access: ModelAccess; readonly signal: AbortSignal },
): Promise<ConnectionTest> {
  const model = parseModelRef(text);
  if (model) return testModel(model, { workspace, folder: suiteFolder(workspace, file), access }, signal);
  const message = `\`${text}\` does not name a provider and a model.`;
  return { ok: false, code: 'unknown-provider', message, remedy: 'Write provider/name, e.g. openai/gpt-5-mini.' };
}

async function tested(
  ask: () => Promise<{ readonly models: readonly string[] | null; readonly output: string | null }>,
): Promise<ConnectionTest> {
  const startedAtMs = performance.now();
  try {
    const found = await ask();
    return { ok: true, latencyMs: performance.now() - startedAtMs, ...found };
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    const { code, message, remedy = null, requestId } = error;
    const words = requestId === undefined ? message : `${message} (request ${requestId})`;
    return { ok: false, code, message: words, remedy };
  }
}

function wordRequest(model: ModelRef): ModelRequest {
  return {
    model,
    messages: [{ role: 'user', content: [{ text: 'Answer with the word OK.' }] }],
    params: {},
    tools: [],
    output: {},
    testCase: { id: 'connection', vars: {}, tags: [], metadata: {}, row: {}, index: 0, line: 0 },
    repeat: 0,
  };
}
