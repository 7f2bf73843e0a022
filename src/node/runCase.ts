import type { Case } from '../engine/dataset/case.ts';
import type { Json, JsonObject } from '../engine/json.ts';
import { type ModelClient, ModelError, parseModelRef } from '../engine/model/modelClient.ts';
import type { Message } from '../engine/prompt/message.ts';
import { toSampleError } from '../engine/run/takeSample.ts';
import { variantRequest } from '../engine/run/variantRequest.ts';
import type { CaseAnswer } from '../protocol/worker.ts';
import type { ModelAccess } from './model/access.ts';
import { openPrices } from './model/prices.ts';
import { modelResolver, suiteFolder } from './model/resolveModel.ts';
import { loadPrompt } from './workspace/loadPrompt.ts';
import type { Workspace } from './workspace/workspace.ts';

export type RunCaseOptions = {
  readonly signal: AbortSignal;
  /** Called with each piece of the answer as it arrives; a recorded answer comes in one piece. */
  readonly onDelta?: (text: string) => void;
  readonly access?: ModelAccess;
  /** `provider/name` instead of the prompt's own. */
  readonly model?: string;
  /** Over the prompt's own. */
  readonly params?: JsonObject;
  /** Recordings and functions are looked for beside it; by default beside the prompt. */
  readonly suitePath?: string;
};

/** The answer with what was sent for it. */
export type RunCaseResult = CaseAnswer & { readonly messages: readonly Message[]; readonly rawRequest: Json };

/**
 * Asks one model about one case. Nothing is scored or kept.
 *
 * @throws TouchstoneError when the prompt cannot be read; everything else that fails is in the answer
 */
export async function runCase(
  workspace: Workspace,
  promptPath: string,
  testCase: Case,
  options: RunCaseOptions,
): Promise<RunCaseResult> {
  const { closure } = await loadPrompt(workspace, promptPath);
  const { metadata } = closure.document;
  let partial = '';
  let messages: readonly Message[] = [];
  try {
    const model = parseModelRef(options.model ?? metadata.model ?? '');
    if (!model) throw noModel(options.model ?? metadata.model);
    const params = { ...metadata.config, ...options.params };
    const rendered = variantRequest({ closure, model, params }, testCase, 0);
    messages = rendered.ok ? rendered.request.messages : rendered.messages;
    if (!rendered.ok)
      return { ok: false, cancelled: false, partial, error: rendered.error, messages, rawRequest: null };

    const folder = suiteFolder(workspace, options.suitePath ?? promptPath);
    const client = await clientOf(modelResolver({ workspace, folder, access: options.access ?? {} })(model));
    const costOf = await openPrices([model], workspace.config);
    const onDelta =
      options.onDelta &&
      ((text: string) => {
        partial += text;
        options.onDelta?.(text);
      });
    const response = await client.generate(rendered.request, { signal: options.signal, onDelta });
    if (partial === '' && response.output !== '') onDelta?.(response.output);
    return {
      ok: true,
      output: response.output,
      latencyMs: response.latencyMs,
      firstTokenMs: response.firstTokenMs,
      inputTokens: response.usage?.inputTokens ?? null,
      outputTokens: response.usage?.outputTokens ?? null,
      costUsd: response.costUsd ?? costOf(model, response.usage),
      messages,
      rawRequest: response.rawRequest,
    };
  } catch (error) {
    const cancelled = options.signal.aborted || (error instanceof ModelError && error.code === 'cancelled');
    const rawRequest = error instanceof ModelError ? error.rawRequest : null;
    return { ok: false, cancelled, partial, error: toSampleError(error), messages, rawRequest };
  }
}

async function clientOf(resolved: Promise<ModelClient | ModelError>): Promise<ModelClient> {
  const client = await resolved;
  if (client instanceof ModelError) throw client;
  return client;
}

function noModel(written: string | undefined): ModelError {
  const message = written ? `\`${written}\` does not name a provider.` : 'The prompt names no model.';
  return new ModelError('unknown-provider', message, {
    remedy: 'Write `model: provider/name`, e.g. `openai/gpt-5-mini`, into the front matter.',
  });
}
