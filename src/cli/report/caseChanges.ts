import { baselineOf } from '../../engine/compare/baselineOf.ts';
import { CaseResults } from '../../engine/compare/caseResults.ts';
import type { RunComparison } from '../../engine/compare/compareRuns.ts';
import { matchVariants } from '../../engine/compare/matchVariants.ts';
import type { RunSummary } from '../../engine/run/run.ts';
import type { SampleStatus } from '../../engine/run/sample.ts';
import type { HistoryReader } from '../../node/store/history.ts';
import type { StoredSample } from '../../node/store/storedSample.ts';

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

type Entry = { readonly ids: number[]; readonly statuses: SampleStatus[] };
type Place = {
  readonly kind: ChangeKind;
  readonly caseId: string;
  readonly variantId: string;
  readonly before: Entry;
  readonly after: Entry;
};

/**
 * The cases that both runs have, regressions first, else in the order of the dataset. The texts of one case are in memory at a
 * time, for any number of cases.
 */
export function* caseChanges(
  history: HistoryReader,
  comparison: RunComparison,
  runs: ComparedRuns,
  kinds: readonly ChangeKind[] = CHANGE_KINDS,
): Generator<CaseChange> {
  const stored = (runId: string, { ids }: Entry) => ids.flatMap((id) => history.storedSample(runId, id) ?? []);
  const places = placesOf(history, comparison, runs);
  for (const kind of kinds)
    for (const place of places)
      if (place.kind === kind)
        yield {
          ...place,
          before: stored(runs.before.header.id, place.before),
          after: stored(runs.after.header.id, place.after),
        };
}

function placesOf(history: HistoryReader, { variants }: RunComparison, runs: ComparedRuns): Place[] {
  const [before, after] = [entriesOf(history, runs.before), entriesOf(history, runs.after)];
  const [then, now] = [history.comparedCases(runs.before.header.id), history.comparedCases(runs.after.header.id)];
  const partners = partnersOf(runs);
  return variants.flatMap((variant) => {
    const earlier = before.get(partners.get(variant.variantId) ?? '');
    const later = after.get(variant.variantId);
    const [broke, fixed] = [new Set(variant.broke), new Set(variant.fixed)];
    return [...(later ?? [])].flatMap(([caseId, entry]): Place[] => {
      const known = earlier?.get(caseId);
      if (known === undefined || then.get(caseId)?.content !== now.get(caseId)?.content) return [];
      const kind = broke.has(caseId) ? 'broke' : fixed.has(caseId) ? 'fixed' : unmoved(known, entry);
      return [{ kind, caseId, variantId: variant.variantId, before: known, after: entry }];
    });
  });
}

/** The variant of the earlier run that each of the later one is compared with, as `compareRuns` pairs them. */
function partnersOf({ before, after }: ComparedRuns): ReadonlyMap<string, string> {
  const known = baselineOf(before, CaseResults.of([])).variants;
  const { pairs } = matchVariants(after, known, { name: '' }, true);
  return new Map(
    pairs.map((pair) => [pair.now.variant.id, before.variants[known.indexOf(pair.known)]?.variant.id ?? '']),
  );
}

function unmoved(before: Entry, after: Entry): ChangeKind {
  const [then, now] = [passes(before), passes(after)];
  return then !== null && then === now ? 'same' : 'unclear';
}

function passes({ statuses }: Entry): boolean | null {
  const count = (status: SampleStatus) => statuses.filter((one) => one === status).length;
  const [passed, failed] = [count('pass'), count('fail')];
  return passed + failed === 0 ? null : passed > failed;
}

const PAGE = 500;

/** By variant, then case, in the order of the dataset: which samples there are, without their texts. */
function entriesOf(history: HistoryReader, { header }: RunSummary): Map<string, Map<string, Entry>> {
  const byVariant = new Map<string, Map<string, Entry>>();
  const query = { runId: header.id, limit: PAGE, sort: 'case', descending: false, statuses: [], text: '' } as const;
  for (let offset = 0; ; offset += PAGE) {
    const { rows } = history.samples({ ...query, statuses: [], variantIds: [], offset });
    for (const { variantId, caseId, sampleId, status } of rows) {
      const cases = byVariant.get(variantId) ?? new Map<string, Entry>();
      byVariant.set(variantId, cases);
      const entry = cases.get(caseId) ?? { ids: [], statuses: [] };
      cases.set(caseId, entry);
      entry.ids.push(sampleId);
      entry.statuses.push(status);
    }
    if (rows.length < PAGE) return byVariant;
  }
}
