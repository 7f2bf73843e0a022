import { hashValue } from '../hash.ts';
import type { ModelRequest } from './modelClient.ts';

/**
 * Names a request in a recording: 64 hex digits over all that reaches a model but the model itself, and the repeat.
 *
 * What one model answered can so be replayed under another name; a prompt, parameter or variable that changed cannot.
 */
export function requestKey(request: Pick<ModelRequest, 'messages' | 'params' | 'tools' | 'output' | 'repeat'>): string {
  const { messages, params, tools, output, repeat } = request;
  return hashValue({
    messages,
    params,
    tools,
    output: { format: output.format ?? null, schema: output.schema ?? null },
    repeat,
  });
}
