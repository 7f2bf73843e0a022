import * as vscode from 'vscode';
import type { JsonObject } from '../../engine/json.ts';
import { toFunction } from '../../engine/model/functionTool.ts';
import type { ToolCall } from '../../engine/model/modelClient.ts';
import type { Message, Part } from '../../engine/prompt/message.ts';
import type { EditorAnswer, EditorRequest } from '../../protocol/models.ts';

/** The editor's own models, for the worker. The editor asks the user for consent before the first request to each. */
export class EditorModels {
  readonly #running = new Map<string, vscode.CancellationTokenSource>();
  readonly #onDelta: (callId: string, text: string) => void;

  constructor(onDelta: (callId: string, text: string) => void) {
    this.#onDelta = onDelta;
  }

  async ask(callId: string, request: EditorRequest): Promise<EditorAnswer> {
    const cancel = new vscode.CancellationTokenSource();
    this.#running.set(callId, cancel);
    try {
      const model = await findModel(request.model);
      if (!model) return notFound(request.model);
      const messages = request.messages.map(toMessage);
      const unsendable = messages.find((message) => typeof message === 'string');
      if (unsendable !== undefined) return refusal('bad-request', `Models of the editor take no ${unsendable}.`, null);
      const options: vscode.LanguageModelChatRequestOptions = {
        justification: 'Touchstone sends them the prompts that you run and evaluate.',
        modelOptions: { ...request.params },
        ...(request.tools.length > 0 ? { tools: request.tools.map(toTool) } : {}),
      };
      const sent = messages.filter((message) => typeof message !== 'string');
      const { stream } = await model.sendRequest(sent, options, cancel.token);
      let output = '';
      const toolCalls: ToolCall[] = [];
      for await (const part of stream) {
        if (part instanceof vscode.LanguageModelTextPart) {
          output += part.value;
          this.#onDelta(callId, part.value);
        } else if (part instanceof vscode.LanguageModelToolCallPart) {
          toolCalls.push({ id: part.callId, name: part.name, arguments: JSON.stringify(part.input) });
        }
      }
      return { ok: true, output, toolCalls };
    } catch (error) {
      return failure(error, request.model);
    } finally {
      this.#running.delete(callId);
      cancel.dispose();
    }
  }

  stop(callId: string): void {
    this.#running.get(callId)?.cancel();
  }
}

/** By its id, or by its family where that says which. */
async function findModel(name: string): Promise<vscode.LanguageModelChat | undefined> {
  const [byId] = await vscode.lm.selectChatModels({ id: name });
  return byId ?? (await vscode.lm.selectChatModels({ family: name }))[0];
}

/** The message, or what of it cannot be sent. There is no role for the system: it speaks as the user, as the editor's guide has it. */
function toMessage({ role, content }: Message): vscode.LanguageModelChatMessage | string {
  const media = content.find((part) => 'media' in part);
  if (media) return 'pictures or sound';
  if (role === 'model') return vscode.LanguageModelChatMessage.Assistant(content.flatMap(toAnswerPart));
  return vscode.LanguageModelChatMessage.User(content.flatMap(toUserPart));
}

function toAnswerPart(part: Part): (vscode.LanguageModelTextPart | vscode.LanguageModelToolCallPart)[] {
  if (!('toolRequest' in part)) return toTextPart(part);
  const { name, ref, input } = part.toolRequest;
  return [new vscode.LanguageModelToolCallPart(ref ?? name, name, (input ?? {}) as object)];
}

function toUserPart(part: Part): (vscode.LanguageModelTextPart | vscode.LanguageModelToolResultPart)[] {
  if (!('toolResponse' in part)) return toTextPart(part);
  const { name, ref, output } = part.toolResponse;
  const text = typeof output === 'string' ? output : JSON.stringify(output ?? null);
  return [new vscode.LanguageModelToolResultPart(ref ?? name, [new vscode.LanguageModelTextPart(text)])];
}

function toTextPart(part: Part): vscode.LanguageModelTextPart[] {
  if ('text' in part) return [new vscode.LanguageModelTextPart(part.text)];
  return 'data' in part ? [new vscode.LanguageModelTextPart(JSON.stringify(part.data))] : [];
}

function toTool(tool: JsonObject): vscode.LanguageModelChatTool {
  const { name, description, parameters } = toFunction(tool);
  return { name: String(name), description: String(description ?? ''), inputSchema: parameters as object };
}

function failure(error: unknown, name: string): EditorAnswer {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof vscode.CancellationError) return refusal('cancelled', 'Stopped.', null);
  if (!(error instanceof vscode.LanguageModelError))
    return refusal('server', `The editor's model failed: ${message}`, null);
  switch (error.code) {
    case vscode.LanguageModelError.NoPermissions.name:
      return refusal('auth', `The editor does not let Touchstone ask ${name}: ${message}`, CONSENT);
    case vscode.LanguageModelError.NotFound.name:
      return notFound(name);
    case vscode.LanguageModelError.Blocked.name:
      return refusal('rate-limited', `The editor blocked the request: ${message}`, 'Wait, or look at your plan.');
    default:
      return refusal('server', `The editor's model failed: ${message}`, null);
  }
}

const CONSENT = 'Run it once by hand and allow the access when the editor asks.';

function notFound(name: string): EditorAnswer {
  return refusal(
    'model-not-found',
    `The editor has no model ${name}.`,
    'Choose one by Touchstone: Select Model, or sign in.',
  );
}

function refusal(
  code: (EditorAnswer & { readonly ok: false })['code'],
  message: string,
  remedy: string | null,
): EditorAnswer {
  return { ok: false, code, message, remedy };
}
