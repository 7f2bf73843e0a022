import { type ModelClient, ModelError, type ModelRef } from '../../engine/model/modelClient.ts';
import type { ModelAccess } from './access.ts';

type Resolve = (model: ModelRef) => Promise<ModelClient | ModelError>;

/** Tells `onAnswer` of everything that these models answer; what is replayed is in a recording already. */
export function listening(resolve: Resolve, onAnswer: ModelAccess['onAnswer']): Resolve {
  if (!onAnswer) return resolve;
  return async (model) => {
    const client = await resolve(model);
    if (client instanceof ModelError || model.provider === 'replay') return client;
    return {
      async generate(request, options) {
        const response = await client.generate(request, options);
        onAnswer(request, response);
        return response;
      },
    };
  };
}
