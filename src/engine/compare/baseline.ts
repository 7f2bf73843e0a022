import type { JsonObject } from '../json.ts';

export const BASELINE_SCHEMA = 'touchstone/baseline@1';

/** A committed baseline: what each case came to when somebody was content with it. */
export type Baseline = {
  /** Relative to the workspace root, with forward slashes. */
  readonly suite: string;
  readonly dataset: { readonly digest: string; readonly cases: number };
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
