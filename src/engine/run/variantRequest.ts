import type { Case } from '../dataset/case.ts';
import type { ModelRequest } from '../model/modelClient.ts';
import type { Message } from '../prompt/message.ts';
import { renderPrompt } from '../prompt/renderPrompt.ts';
import type { Variant } from '../suite/suite.ts';
import type { SampleError } from './sample.ts';

export type VariantRequest =
  | { readonly ok: true; readonly request: ModelRequest }
  | { readonly ok: false; readonly messages: readonly Message[]; readonly error: SampleError };

/** What a variant asks its model about a case, or why the prompt cannot be rendered with it. */
export function variantRequest(
  variant: Pick<Variant, 'closure' | 'model' | 'params'>,
  testCase: Case,
  repeat: number,
): VariantRequest {
  const { closure, model, params } = variant;
  const { messages, problems } = renderPrompt(closure, { vars: testCase.vars, history: testCase.history });
  const errors = problems.filter((problem) => problem.severity === 'error');
  if (errors.length > 0) {
    const error: SampleError = {
      code: 'render-failed',
      message: errors.map((problem) => problem.message).join(' '),
      remedy: errors.find((problem) => problem.remedy)?.remedy ?? null,
      httpStatus: null,
      requestId: null,
    };
    return { ok: false, messages, error };
  }
  const { toolDefinitions, output } = closure.document.metadata;
  return { ok: true, request: { model, messages, params, tools: toolDefinitions, output, testCase, repeat } };
}
