import type { Json } from '../json.ts';
import type { Score } from '../metric/metric.ts';
import type { ModelErrorCode, ToolCall, Usage } from '../model/modelClient.ts';
import type { Message } from '../prompt/message.ts';

/** How a sample ends. Error and unscored are never counted as fail or as 0. */
export type SampleStatus = 'pass' | 'fail' | 'error' | 'unscored';
export const SAMPLE_STATUSES: readonly SampleStatus[] = ['pass', 'fail', 'error', 'unscored'];

/** Which sample it is: unique in its run. */
export type SampleKey = { readonly variantId: string; readonly caseId: string; readonly repeat: number };

/** One variant x case x repeat, finished. */
export type Sample = SampleKey & {
  /** Position of the case in the dataset, from 0. */
  readonly caseIndex: number;
  readonly startedAt: string;
  readonly messages: readonly Message[];
  readonly rawRequest: Json;
} & SampleOutcome;

type SampleOutcome =
  | ({
      readonly status: 'pass' | 'fail' | 'unscored';
      readonly scores: readonly Score[];
      readonly composite: number | null;
    } & SampleAnswer)
  | { readonly status: 'error'; readonly error: SampleError };

type SampleAnswer = {
  readonly output: string;
  readonly toolCalls: readonly ToolCall[];
  readonly finishReason: string | null;
  readonly usage: Usage | null;
  readonly latencyMs: number | null;
  readonly firstTokenMs: number | null;
  readonly costUsd: number | null;
  readonly rawResponse: Json;
  readonly attempts: number;
};

export type SampleError = {
  readonly code: ModelErrorCode | 'render-failed';
  readonly message: string;
  readonly remedy: string | null;
  readonly httpStatus: number | null;
  readonly requestId: string | null;
};

export type StatusCounts = { readonly [status in SampleStatus]: number };
