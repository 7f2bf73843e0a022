import * as z from 'zod';
import type { FindModerator, Moderated } from '../../engine/metric/safety/moderator.ts';
import { type ModelClient, ModelError, type ModelRef, parseModelRef } from '../../engine/model/modelClient.ts';

type Resolve = (model: ModelRef) => Promise<ModelClient | ModelError>;

/** These have no such endpoint. */
const WITHOUT_MODERATION: readonly string[] = ['anthropic', 'function', 'http', 'command', 'vscode'];

const outputShape = z.object({
  categories: z.record(
    z.string(),
    z.object({ flagged: z.boolean().nullable(), score: z.number().min(0).max(1).nullable() }),
  ),
});

/** The moderators of one run; each is resolved by its first text. */
export function moderators(resolve: Resolve): FindModerator {
  return (written) => {
    const model = parseModelRef(written);
    if (model === null || WITHOUT_MODERATION.includes(model.provider)) {
      const remedy = 'Write provider/name of an OpenAI-compatible API, e.g. openai/omni-moderation-latest.';
      return { error: `\`${written}\` is no model that moderates.`, remedy };
    }
    let client: ReturnType<Resolve> | undefined;
    return {
      moderate: async (text, { testCase, signal }) => {
        client ??= resolve(model);
        const found = await client;
        if (found instanceof ModelError) throw found;
        const messages = [{ role: 'user' as const, content: [{ text }] }];
        // The format tells it apart from a question that a model is asked in the same words.
        const output = { format: 'moderation' };
        const request = { model, messages, params: {}, tools: [], output, testCase, repeat: 0 };
        const response = await found.generate(request, { signal });
        const isReplayed = model.provider === 'replay';
        return { ...read(response.output), costUsd: isReplayed ? 0 : response.costUsd };
      },
    };
  };
}

/** What was kept or recorded is a file that anybody may have written. */
function read(output: string): Pick<Moderated, 'categories'> {
  try {
    return outputShape.parse(JSON.parse(output));
  } catch (error) {
    throw new ModelError('malformed-response', 'What was recorded is no answer of a moderation API.', {
      cause: error,
      remedy: 'Record it again.',
    });
  }
}
