import type { Json, JsonObject } from '../json.ts';
import type { ChatDialect } from './chatRequest.ts';

/** Names that prompt files use for what the OpenAI API calls otherwise. Everything else passes through as it is. */
const API_NAMES: { readonly [name: string]: string } = {
  maxOutputTokens: 'max_tokens',
  max_output_tokens: 'max_tokens',
  maxTokens: 'max_tokens',
  maxCompletionTokens: 'max_tokens',
  max_completion_tokens: 'max_tokens',
  topP: 'top_p',
  topK: 'top_k',
  stopSequences: 'stop',
  stop_sequences: 'stop',
  frequencyPenalty: 'frequency_penalty',
  presencePenalty: 'presence_penalty',
  reasoningEffort: 'reasoning_effort',
  responseFormat: 'response_format',
  logitBias: 'logit_bias',
  topLogprobs: 'top_logprobs',
  toolChoice: 'tool_choice',
  parallelToolCalls: 'parallel_tool_calls',
};

/** Never sent as parameters: the request's own fields, and what would put a key into a body. */
const NOT_PARAMS = new Set(['model', 'messages', 'stream', 'stream_options', 'apiKey', 'api_key']);

/** The sampling parameters by the names that this server knows them by; a null value means "not set". */
export function chatParams(params: JsonObject, dialect: ChatDialect): JsonObject {
  const entries = Object.entries(params)
    .filter(([name, value]) => !NOT_PARAMS.has(name) && value !== null)
    .map(([name, value]): [string, Json] => [dialectName(API_NAMES[name] ?? name, dialect), value]);
  return Object.fromEntries(entries);
}

function dialectName(name: string, dialect: ChatDialect): string {
  if (name === 'max_tokens') return dialect.maxTokens;
  if (name === 'seed') return dialect.seed;
  return name;
}
