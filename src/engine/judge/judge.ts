import type { Case } from '../dataset/case.ts';
import type { Json, JsonObject } from '../json.ts';
import type { JudgeOption } from './judgeOption.ts';

/** One question to a judge. */
export type JudgeQuestion = {
  /** What its prompt is rendered with. */
  readonly vars: JsonObject;
  /** The case whose answer is judged: a replayed judge looks at its columns. */
  readonly testCase: Case;
  readonly signal: AbortSignal;
  /** An answer to this question that could not be read, and what to say to it. */
  readonly again?: { readonly answer: string; readonly reminder: string };
};

export type JudgeReply = {
  readonly text: string;
  readonly rawResponse: Json;
  /** 0 for what is replayed or was kept; null when the price is unknown. */
  readonly costUsd: number | null;
};

/** A model with the prompt that makes it a judge. */
export type Judge = {
  /** `provider/model`. */
  readonly name: string;
  /** In a jury; > 0. */
  readonly weight: number;
  /** Model, params and prompt version: all that its verdict depends on beside the sample. */
  readonly signature: JsonObject;
  /** @throws ModelError, and TouchstoneError when its prompt cannot be rendered */
  readonly ask: (question: JudgeQuestion) => Promise<JudgeReply>;
};

type JudgeRequest = {
  readonly option: JudgeOption | undefined;
  /** A prompt file of the user, relative to the suite. */
  readonly prompt: string | undefined;
  /** Parameters that the metric itself needs. */
  readonly params?: JsonObject;
};

/** Finds the judges of a metric; `kind` names the prompt that is used where the suite names none. */
export type FindJudges = (
  kind: string,
  request: JudgeRequest,
) => readonly [Judge, ...Judge[]] | { readonly error: string; readonly remedy: string };
