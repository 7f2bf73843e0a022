import { performance } from 'node:perf_hooks';
import * as z from 'zod';
import { type ModelClient, ModelError } from '../../engine/model/modelClient.ts';
import { messageText } from '../../engine/prompt/message.ts';
import { postJson } from './postJson.ts';
import type { Connection } from './providers.ts';
import { isSameService, moderationsUrl } from './urls.ts';

const answerShape = z.object({
  results: z
    .array(
      z.object({
        categories: z.record(z.string(), z.boolean().nullable()).nullish(),
        category_scores: z.record(z.string(), z.number().min(0).max(1).nullable()).nullish(),
      }),
    )
    .min(1),
});

/**
 * An OpenAI-compatible `/moderations` as a model: its answer to the text of a request is `{ categories: { name: { flagged,
 * score } } }` in JSON, so that it is kept, recorded and replayed as any other answer.
 */
export function moderationClient(connection: Connection): ModelClient {
  return {
    async generate({ model, messages }, { signal }) {
      const startedMs = performance.now();
      const body = { model: model.name, input: messages.map(messageText).join('\n') };
      const text = await postJson(connection, model, moderationsUrl(connection, model), body, signal);
      return {
        output: JSON.stringify({ categories: readCategories(text, connection.provider) }),
        toolCalls: [],
        finishReason: 'stop',
        usage: null,
        latencyMs: performance.now() - startedMs,
        firstTokenMs: null,
        costUsd: moderationCost(connection),
        rawRequest: null,
        rawResponse: null,
        attempts: 1,
      };
    },
  };
}

/** OpenAI asks nothing for it (platform.openai.com/docs/guides/moderation); of others it is not known. */
export function moderationCost({ baseUrl }: Pick<Connection, 'baseUrl'>): 0 | null {
  return isSameService(baseUrl, 'https://api.openai.com/v1') ? 0 : null;
}

type Category = { readonly flagged: boolean | null; readonly score: number | null };

/** Of a text that the server took apart, the worst of its parts. */
function readCategories(text: string, provider: string): { readonly [name: string]: Category } {
  const answer = answerShape.safeParse(parsed(text));
  const found = new Map<string, Category>();
  for (const { categories, category_scores: scores } of answer.success ? answer.data.results : []) {
    for (const name of new Set([...Object.keys(categories ?? {}), ...Object.keys(scores ?? {})])) {
      const before = found.get(name);
      const flags = [before?.flagged, categories?.[name]].filter((flag) => typeof flag === 'boolean');
      const numbers = [before?.score, scores?.[name]].filter((score) => typeof score === 'number');
      found.set(name, {
        flagged: flags.length === 0 ? null : flags.includes(true),
        score: numbers.length === 0 ? null : Math.max(...numbers),
      });
    }
  }
  if (found.size > 0) return Object.fromEntries(found);
  throw new ModelError('malformed-response', `${provider} did not answer with categories.`, {
    remedy: 'Name a model that moderates, at a base URL that has /moderations.',
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
