import type { Json } from '../json.ts';
import { messageText } from '../prompt/message.ts';
import { OPENAI_DIALECT, toChatRequest } from './chatRequest.ts';
import { formatModelRef, type ModelRequest, type Usage } from './modelClient.ts';
import type { TemplateValues } from './valueTemplate.ts';
import { asText, valueAt } from './valueTemplate.ts';

/** A request as targets see it: messages in the shape of the chat API, and the case that they were made from. */
export function targetValues(request: ModelRequest): TemplateValues {
  const { messages, tools } = toChatRequest({ ...request, params: {} }, OPENAI_DIALECT, false);
  return {
    model: formatModelRef(request.model),
    messages: messages ?? [],
    prompt: request.messages.map(messageText).join('\n\n'),
    vars: request.testCase.vars as Json,
    params: request.params,
    tools: tools ?? [],
    case: { id: request.testCase.id },
    repeat: request.repeat,
  };
}

/** Where an answer says what it took. */
export type AnswerPaths = {
  readonly output?: string;
  readonly usage?: { readonly input?: string; readonly output?: string; readonly cachedInput?: string };
  readonly cost?: string;
};
export type TargetAnswer = { readonly output: string; readonly usage: Usage | null; readonly costUsd: number | null };

/** @returns the path that should hold the output, when it does not */
export function readAnswer(body: Json, paths: AnswerPaths): TargetAnswer | { readonly missing: string } {
  const output = paths.output === undefined ? body : valueAt(body, paths.output);
  if (output === undefined) return { missing: paths.output ?? '' };
  const { usage } = paths;
  return {
    output: asText(output),
    usage: usage
      ? {
          inputTokens: numberAt(body, usage.input),
          outputTokens: numberAt(body, usage.output),
          cachedInputTokens: numberAt(body, usage.cachedInput),
          reasoningTokens: null,
        }
      : null,
    costUsd: numberAt(body, paths.cost),
  };
}

/** null for what is not there and for what is no amount. */
function numberAt(body: Json, path: string | undefined): number | null {
  const value = path === undefined ? undefined : valueAt(body, path);
  return typeof value === 'number' && value >= 0 ? value : null;
}
