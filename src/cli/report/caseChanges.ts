import { baselineOf } from '../../engine/compare/baselineOf.ts';
import { CaseResults } from '../../engine/compare/caseResults.ts';
import type { RunComparison } from '../../engine/compare/compareRuns.ts';
import { matchVariants } from '../../engine/compare/matchVariants.ts';
import type { RunSummary } from '../../engine/run/run.ts';
import type { SampleStatus } from '../../engine/run/sample.ts';
import { comparedCasesOf } from '../../node/compareStored.ts';
import type { HistoryReader } from '../../node/store/history.ts';
import type { StoredSample } from '../../node/store/storedSample.ts';
import { type SampleEntry, sampleEntries } from './sampleEntries.ts';

/** `unclear` where a side was not judged, or the two are not the same measure. */
export type ChangeKind = 'broke' | 'fixed' | 'unclear' | 'same';
const CHANGE_KINDS: readonly ChangeKind[] = ['broke', 'fixed', 'unclear', 'same'];

/** A case of both runs under one variant, with the answers of each side: one for each repeat. */
export type CaseChange = {
  readonly kind: ChangeKind;
  readonly caseId: string;
  /** Of the later run. */
  readonly variantId: string;
  readonly before: readonly StoredSample[];
  readonly after: readonly StoredSample[];
};

export type ComparedRuns = { readonly before: RunSummary; readonly after: RunSummary };

type Place = {
  readonly kind: ChangeKind;
  readonly caseId: string;
  readonly variantId: string;
  readonly before: SampleEntry;
  readonly after: SampleEntry;
};

/** How the cases that both runs have changed; the list of them is read once, their texts as they are asked for. */
export type CaseChanges = {
  readonly counts: readonly (readonly [ChangeKind, number])[];
  /** Regressions first, else in the order of the dataset. The texts of one case are in memory at a time. */
  readonly all: () => Generator<CaseChange>;
};

export function caseChanges(history: HistoryReader, comparison: RunComparison, runs: ComparedRuns): CaseChanges {
  const places = placesOf(history, comparison, runs);
  const ordered = CHANGE_KINDS.map((kind) => [kind, places.filter((place) => place.kind === kind)] as const);
  const stored = (runId: string, { ids }: SampleEntry) => ids.flatMap((id) => history.storedSample(runId, id) ?? []);
  return {
    counts: ordered.map(([kind, { length }]) => [kind, length]),
    *all() {
      for (const [, those] of ordered)
        for (const { before, after, ...place } of those)
          yield {
            ...place,
            before: stored(runs.before.header.id, before),
            after: stored(runs.after.header.id, after),
          };
    },
  };
}

function placesOf(history: HistoryReader, { variants, sameComposite }: RunComparison, runs: ComparedRuns): Place[] {
  const [before, after] = [sampleEntries(history, runs.before.header.id), sampleEntries(history, runs.after.header.id)];
  const [then, now] = comparedCasesOf(history, runs.before, runs.after);
  const partners = partnersOf(runs);
  return variants.flatMap((variant) => {
    const earlier = before.get(partners.get(variant.variantId) ?? '');
    const later = after.get(variant.variantId);
    const [broke, fixed] = [new Set(variant.broke), new Set(variant.fixed)];
    return [...(later ?? [])].flatMap(([caseId, entry]): Place[] => {
      const known = earlier?.get(caseId);
      if (known === undefined || then.get(caseId)?.content !== now.get(caseId)?.content) return [];
      const kind = broke.has(caseId)
        ? 'broke'
        : fixed.has(caseId)
          ? 'fixed'
          : sameComposite
            ? unmoved(known, entry)
            : 'unclear';
      return [{ kind, caseId, variantId: variant.variantId, before: known, after: entry }];
    });
  });
}

/** The variant of the earlier run that each of the later one is compared with, as `compareRuns` pairs them. */
function partnersOf({ before, after }: ComparedRuns): ReadonlyMap<string, string> {
  const known = baselineOf(before, CaseResults.of([])).variants;
  const { pairs } = matchVariants(after, known, { name: '' }, 'all');
  return new Map(
    pairs.map((pair) => [pair.now.variant.id, before.variants[known.indexOf(pair.known)]?.variant.id ?? '']),
  );
}

function unmoved(before: SampleEntry, after: SampleEntry): ChangeKind {
  const [then, now] = [passes(before), passes(after)];
  return then !== null && then === now ? 'same' : 'unclear';
}

function passes({ statuses }: SampleEntry): boolean | null {
  const count = (status: SampleStatus) => statuses.filter((one) => one === status).length;
  const [passed, failed] = [count('pass'), count('fail')];
  return passed + failed === 0 ? null : passed > failed;
}
