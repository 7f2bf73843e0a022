import type { BaselineComparison } from '../../engine/compare/compareToBaseline.ts';
import type { RunSummary } from '../../engine/run/run.ts';
import type { BaselineOrigin } from '../../node/loadBaseline.ts';
import type { SampleDigest } from './sampleDigest.ts';

export type Gate = { readonly holds: boolean; readonly reasons: readonly string[] };

/** All that the reporters know of one suite's run. */
export type SuiteReport = {
  readonly summary: RunSummary;
  readonly gate: Gate;
  /** Absolute; null when the run was not kept. */
  readonly historyPath: string | null;
  readonly comparison: BaselineComparison | null;
  /** Where the numbers are from that `comparison` is with. */
  readonly origin: BaselineOrigin;
  /** What a past revision came to that was evaluated for the comparison; null where none was. */
  readonly before: RunSummary | null;
  /** Sentences that a reader of the figures must know. */
  readonly notes: readonly string[];
  /** Every sample that finished, in any order. */
  readonly samples: readonly SampleDigest[];
};
