import type { SampleStatus } from '../run/sample.ts';
import type { TriedSample } from './runTrial.ts';

/** The orders of the grid; each ends in case, variant and repeat, and missing numbers come last. */
type TrialSort = 'case' | 'status' | 'composite' | 'latency' | 'cost';

export type TrialFilter = {
  readonly sort: TrialSort;
  readonly descending: boolean;
  /** Empty for all. */
  readonly statuses: readonly SampleStatus[];
};

/**
 * Samples of a trial as the grid shows them.
 *
 * @param variantIds in the order of the run
 */
export function sortTried(
  samples: readonly TriedSample[],
  { sort, descending, statuses }: TrialFilter,
  variantIds: readonly string[],
): TriedSample[] {
  const place = new Map(variantIds.map((id, index) => [id, index]));
  const byCase = (a: TriedSample, b: TriedSample) =>
    a.caseIndex - b.caseIndex || (place.get(a.variantId) ?? 0) - (place.get(b.variantId) ?? 0) || a.repeat - b.repeat;
  const sign = descending ? -1 : 1;
  const kept = samples.filter(({ status }) => statuses.length === 0 || statuses.includes(status));
  if (sort === 'case') return kept.sort((a, b) => sign * byCase(a, b));
  if (sort === 'status')
    return kept.sort((a, b) => sign * (a.status < b.status ? -1 : a.status > b.status ? 1 : 0) || byCase(a, b));
  const numberOf = NUMBERS[sort];
  return kept.sort((a, b) => compareNumbers(numberOf(a), numberOf(b), sign) || byCase(a, b));
}

const NUMBERS = {
  composite: ({ composite }: TriedSample) => composite,
  latency: ({ latencyMs }: TriedSample) => latencyMs,
  cost: ({ costUsd }: TriedSample) => costUsd,
};

function compareNumbers(a: number | null, b: number | null, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return sign * (a - b);
}
