import type { Case } from '../dataset/case.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Message } from '../prompt/message.ts';
import type { JsonSchema } from '../prompt/promptDocument.ts';

/** `openai/gpt-5-mini` is provider `openai`, name `gpt-5-mini`; only the first slash divides. */
export type ModelRef = { readonly provider: string; readonly name: string };

/** @returns null when there is no provider or no name. */
export function parseModelRef(text: string): ModelRef | null {
  const slash = text.indexOf('/');
  if (slash < 1 || slash === text.length - 1) return null;
  return { provider: text.slice(0, slash), name: text.slice(slash + 1) };
}

export function formatModelRef(model: ModelRef): string {
  return `${model.provider}/${model.name}`;
}

/** All that reaches a model, and the case that it is for (replay and function targets look at it). */
export type ModelRequest = {
  readonly model: ModelRef;
  readonly messages: readonly Message[];
  /** Sampling parameters by their names in the OpenAI API: `temperature`, `max_tokens`, `seed`, … */
  readonly params: JsonObject;
  readonly tools: readonly JsonObject[];
  /** The prompt's `output`: format `json` and its schema become `response_format`. */
  readonly output: { readonly format?: string; readonly schema?: JsonSchema };
  readonly testCase: Case;
  /** From 0. */
  readonly repeat: number;
};

/** Tokens as the provider counted them; null where it did not say. */
export type Usage = {
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly cachedInputTokens: number | null;
  readonly reasoningTokens: number | null;
};

export type ToolCall = { readonly id: string; readonly name: string; readonly arguments: string };

export type ModelResponse = {
  readonly output: string;
  readonly toolCalls: readonly ToolCall[];
  readonly finishReason: string | null;
  readonly usage: Usage | null;
  /** From sending to the last byte, retries left out; null when it was never measured (replay of a column). */
  readonly latencyMs: number | null;
  readonly firstTokenMs: number | null;
  /** What the recording or target said; otherwise null, and the price table decides. */
  readonly costUsd: number | null;
  /** What went over the wire, keys removed; null where nothing did. */
  readonly rawRequest: Json;
  readonly rawResponse: Json;
  /** 1 when the first try succeeded. */
  readonly attempts: number;
};

export type ModelErrorCode =
  | 'unknown-provider'
  | 'missing-key'
  | 'auth'
  | 'model-not-found'
  | 'bad-request'
  | 'rate-limited'
  | 'quota'
  | 'timeout'
  | 'connection'
  | 'server'
  | 'malformed-response'
  | 'content-filter'
  | 'not-recorded'
  | 'function-failed'
  | 'untrusted'
  | 'cancelled';

/** A call that failed, after its retries. It becomes a sample of status error; it never ends a run. */
export class ModelError extends Error {
  override readonly name = 'ModelError';

  constructor(
    readonly code: ModelErrorCode,
    message: string,
    options?: {
      readonly cause?: unknown;
      readonly remedy?: string;
      readonly httpStatus?: number;
      readonly requestId?: string;
      readonly rawRequest?: Json;
    },
  ) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.remedy = options?.remedy;
    this.httpStatus = options?.httpStatus;
    this.requestId = options?.requestId;
    this.rawRequest = options?.rawRequest ?? null;
  }

  readonly remedy: string | undefined;
  readonly httpStatus: number | undefined;
  readonly requestId: string | undefined;
  readonly rawRequest: Json;
}

export type GenerateOptions = {
  readonly signal: AbortSignal;
  /** Called with each piece of text as it arrives; giving it asks for a streamed answer. */
  readonly onDelta?: (text: string) => void;
};

/** The port to everything that answers: APIs, recordings, functions. */
export interface ModelClient {
  /** @throws ModelError for every failure, `cancelled` among them. */
  generate(request: ModelRequest, options: GenerateOptions): Promise<ModelResponse>;
}
