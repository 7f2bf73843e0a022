import type { SampleStatus } from '../engine/run/sample.ts';

/** A suite as Test Explorer shows it: its variants, its cases, and what each came to when it was last run. */
export type SuiteTests = {
  /** Absolute; null where the suite names no dataset that can be read. */
  readonly dataPath: string | null;
  readonly variants: readonly { readonly id: string; readonly label: string }[];
  /** In the order of the dataset; `line` counts from 0. */
  readonly cases: readonly { readonly id: string; readonly line: number }[];
  /** By variant and case; a case that was never run is not there. */
  readonly results: { readonly [variantId: string]: { readonly [caseId: string]: TestedCase } };
  /** Of the newest run that the results are of; null where there is none. */
  readonly finishedAt: string | null;
};

/** What a case came to under a variant, its repeats made to one. */
export type TestedCase = {
  readonly status: SampleStatus;
  /** null where nothing was scored. */
  readonly composite: number | null;
  /** Mean over the repeats; null where nobody knows. */
  readonly latencyMs: number | null;
  /** Why it did not pass, one for each reason; text of models is text. */
  readonly reasons: readonly TestReason[];
};

export type TestReason = {
  readonly text: string;
  /** Two texts to be held against each other; absent where the metric compares nothing. */
  readonly difference?: { readonly expected: string; readonly actual: string };
};

/** Which cases of a suite are evaluated; without either all of them. */
export type CasesWanted = { readonly ids?: readonly string[]; readonly limit?: number };
