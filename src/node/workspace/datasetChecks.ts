import type { DatasetSummary } from '../../engine/dataset/case.ts';
import { canonicalJson } from '../../engine/json.ts';
import type { Problem } from '../../engine/problem.ts';
import type { ExpectedParts } from '../../engine/suite/expectedPaths.ts';

/** What one pass over a dataset found. */
export type CheckedDataset = {
  readonly summary: DatasetSummary;
  readonly problems: readonly Problem[];
  /** How many cases the selection gives. */
  readonly selectedCases: number;
  /** The selection's filter is the id of a case. */
  readonly exact: boolean;
  /** Of the parts of the expected value that the metrics read. */
  readonly expected: ExpectedParts['found'];
};

/** Suites and their prompts while they are written: enough for a step back and for several open at once. */
const KEPT = 20;

/**
 * Checks of datasets that are remembered: while a prompt is typed its suite is checked over and over, and neither the rows
 * nor what they are checked against changes. A check that fails is not remembered.
 */
export class DatasetChecks {
  readonly #stampOf: (file: string) => string;
  readonly #known = new Map<string, CheckedDataset>();

  /** @param stampOf another text whenever the file, or the buffer that stands in for it, is another */
  constructor(stampOf: (file: string) => string) {
    this.#stampOf = stampOf;
  }

  /** @param against everything but the file that the outcome depends on */
  async once(file: string, against: unknown, check: () => Promise<CheckedDataset>): Promise<CheckedDataset> {
    const stamp = this.#stampOf(file);
    const key = canonicalJson([file, stamp, against]);
    const checked = this.#known.get(key) ?? (await check());
    // What changed while it was read may have been read in part.
    if (stamp !== this.#stampOf(file)) return checked;
    // Set anew, so that the oldest is the one that was not asked for longest.
    this.#known.delete(key);
    this.#known.set(key, checked);
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= KEPT) break;
      this.#known.delete(oldest);
    }
    return checked;
  }
}
