import type { Case } from '../engine/dataset/case.ts';
import type { Json, JsonObject } from '../engine/json.ts';
import { type ModelClient, ModelError, parseModelRef } from '../engine/model/modelClient.ts';
import { withStreamFallback } from '../engine/model/streamFallback.ts';
import type { Message } from '../engine/prompt/message.ts';
import { toSampleError } from '../engine/run/takeSample.ts';
import { variantRequest } from '../engine/run/variantRequest.ts';
import type { Lane, OutputCheck } from '../protocol/answers.ts';
import type { CaseAnswer } from '../protocol/worker.ts';
import { messagesKey } from './messagesKey.ts';
import type { ModelAccess } from './model/access.ts';
import { openPrices } from './model/prices.ts';
import { modelResolver, suiteFolder } from './model/resolveModel.ts';
import { loadPrompt } from './workspace/loadPrompt.ts';
import type { Workspace } from './workspace/workspace.ts';
import { workspaceAt } from './workspace/workspaceAt.ts';

export type RunCaseOptions = {
  readonly signal: AbortSignal;
  /** Called with each piece of the answer as it arrives; a recorded answer comes in one piece. */
  readonly onDelta?: (text: string) => void;
  /** Called with what the output schema of the prompt makes of the answer so far; a few times a second at most. */
  readonly onCheck?: (check: OutputCheck) => void;
  readonly access?: ModelAccess;
  /** `provider/name` instead of the prompt's own. */
  readonly model?: string;
  /** Over the prompt's own. */
  readonly params?: JsonObject;
  /** Recordings and functions are looked for beside it; by default beside the prompt. */
  readonly suitePath?: string;
  /** The prompt and its partials as the last commit has them; by default as they are now. */
  readonly version?: Lane['version'];
  /** Sent after the prompt's own messages. */
  readonly turns?: readonly Message[];
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
  const source = options.version === 'HEAD' ? workspaceAt(workspace, { name: 'HEAD', commit: 'HEAD' }) : workspace;
  const { closure } = await loadPrompt(source, promptPath);
  const { metadata } = closure.document;
  let partial = '';
  let refusedStream = false;
  let messages: readonly Message[] = [];
  try {
    const model = parseModelRef(options.model ?? metadata.model ?? '');
    if (!model) throw noModel(options.model ?? metadata.model);
    const params = { ...metadata.config, ...options.params };
    const rendered = variantRequest({ closure, model, params }, testCase, 0);
    const prompt = rendered.ok ? rendered.request.messages : rendered.messages;
    messages = [...prompt, ...(options.turns ?? [])];
    if (!rendered.ok)
      return { ok: false, cancelled: false, partial, error: rendered.error, messages, rawRequest: null };

    const folder = suiteFolder(workspace, options.suitePath ?? promptPath);
    const client = await clientOf(modelResolver({ workspace, folder, access: options.access ?? {} })(model));
    const costOf = await openPrices([model], workspace.config);
    const checker = await openChecker(metadata.output);
    const checkSoon = checker && options.onCheck && growingChecks(checker.growing, options.onCheck);
    const onDelta =
      options.onDelta &&
      ((text: string) => {
        partial += text;
        options.onDelta?.(text);
        checkSoon?.(partial);
      });
    const asking = withStreamFallback(client, () => {
      refusedStream = true;
    });
    const response = await asking.generate({ ...rendered.request, messages }, { signal: options.signal, onDelta });
    if (partial === '' && response.output !== '') onDelta?.(response.output);
    const { output, latencyMs, firstTokenMs, usage, finishReason, toolCalls, rawRequest } = response;
    return {
      ok: true,
      output,
      latencyMs,
      firstTokenMs,
      inputTokens: usage?.inputTokens ?? null,
      outputTokens: usage?.outputTokens ?? null,
      costUsd: response.costUsd ?? costOf(model, usage),
      finishReason,
      toolCalls,
      refusedStream,
      // A call of a tool stands in for the answer that was asked for.
      check: checker === null || (toolCalls.length > 0 && output === '') ? null : checker.complete(output),
      sent: messagesKey(prompt),
      messages,
      rawRequest,
    };
  } catch (error) {
    const cancelled = options.signal.aborted || (error instanceof ModelError && error.code === 'cancelled');
    const rawRequest = error instanceof ModelError ? error.rawRequest : null;
    return { ok: false, cancelled, partial, error: toSampleError(error), messages, rawRequest };
  }
}

/** The validator is heavy, and most prompts declare no schema. */
async function openChecker(output: { readonly format?: string; readonly schema?: unknown }) {
  if (output.format !== 'json' && output.schema === undefined) return null;
  const { outputChecker } = await import('./outputCheck.ts');
  return outputChecker(output as Parameters<typeof outputChecker>[0]);
}

const CHECK_EVERY_MS = 150;

/** A text is parsed from its beginning each time, so not at each piece; and only news is told. */
function growingChecks(
  check: (text: string) => OutputCheck,
  tell: (check: OutputCheck) => void,
): (text: string) => void {
  let last = '';
  let checkedAt = -CHECK_EVERY_MS;
  return (text) => {
    const now = performance.now();
    if (now - checkedAt < CHECK_EVERY_MS) return;
    const found = check(text);
    // Checks that take long pause for longer.
    checkedAt = performance.now() + 5 * (performance.now() - now);
    const key = JSON.stringify(found);
    if (key === last) return;
    last = key;
    tell(found);
  };
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
