import { performance } from 'node:perf_hooks';
import { type GenerateOptions, type ModelClient, ModelError } from '../../engine/model/modelClient.ts';
import type { EditorAnswer, EditorRequest } from '../../protocol/models.ts';

/** The editor's own models, lent by a front end that has an editor. */
export type EditorModels = {
  readonly ask: (request: EditorRequest, options: GenerateOptions) => Promise<EditorAnswer>;
};

/** `vscode/<id>`: a model of the editor, whose consent and limits are the editor's. It counts no tokens and tells no price. */
export function editorClient(editor: EditorModels): ModelClient {
  return {
    async generate({ model, messages, params, tools }, { signal, onDelta }) {
      const request: EditorRequest = { model: model.name, messages, params, tools };
      const startedAtMs = performance.now();
      let firstTokenMs: number | null = null;
      const answer = await editor.ask(request, {
        signal,
        onDelta: (text) => {
          firstTokenMs ??= performance.now() - startedAtMs;
          onDelta?.(text);
        },
      });
      if (signal.aborted) throw new ModelError('cancelled', 'Stopped.');
      if (!answer.ok) throw new ModelError(answer.code, answer.message, { remedy: answer.remedy ?? undefined });
      return {
        output: answer.output,
        toolCalls: answer.toolCalls,
        finishReason: null,
        usage: null,
        latencyMs: performance.now() - startedAtMs,
        firstTokenMs,
        costUsd: null,
        rawRequest: null,
        rawResponse: null,
        attempts: 1,
      };
    },
  };
}
