import type { JsonObject } from '../json.ts';

export const BASELINE_SCHEMA = 'touchstone/baseline@1';

/** Stands behind the last case, so that every line of a case ends in a comma and a new one changes no other. No case has it. */
export const LAST_CASE = '';

/** A committed baseline: what each case came to when somebody was content with it. */
export type Baseline = {
  /** Relative to the workspace root, with forward slashes. */
  readonly suite: string;
  readonly variants: readonly BaselineVariant[];
};

export type BaselineVariant = {
  readonly prompt: string;
  readonly promptVersion: string;
  readonly model: string;
  readonly params: JsonObject;
  /** Signature by name of metric. */
  readonly metrics: { readonly [name: string]: string };
  readonly cases: { readonly [caseId: string]: CaseResult };
};

/** How the repeats of one case ended under one variant, and the means over those that have a number; absent counts are 0. */
export type CaseResult = {
  /** The first 12 hex digits of what names its content; absent where nobody knows. */
  readonly content?: string;
  readonly pass?: number;
  readonly fail?: number;
  readonly error?: number;
  readonly unscored?: number;
  /** What the repeats come to, where another rule than the majority says it. */
  readonly passes?: boolean;
  readonly composite?: number;
  /** `score` (0..1, higher better) by name of metric; what only measures is not in it, as it is new in every run. */
  readonly scores: { readonly [metric: string]: number };
};
