import type { SampleStatus } from '../../engine/run/sample.ts';
import type { HistoryReader } from '../../node/store/history.ts';

/** The samples of one case under one variant: one for each repeat. */
export type SampleEntry = { readonly ids: number[]; readonly statuses: SampleStatus[] };

const PAGE = 500;

/** Which samples a run has, without their texts: by variant, then case, in the order of the dataset. */
export function sampleEntries(history: HistoryReader, runId: string): Map<string, Map<string, SampleEntry>> {
  const byVariant = new Map<string, Map<string, SampleEntry>>();
  const query = { runId, limit: PAGE, sort: 'case', descending: false, text: '' } as const;
  for (let offset = 0; ; offset += PAGE) {
    const { rows } = history.samples({ ...query, statuses: [], variantIds: [], offset });
    for (const { variantId, caseId, sampleId, status } of rows) {
      const cases = byVariant.get(variantId) ?? new Map<string, SampleEntry>();
      byVariant.set(variantId, cases);
      const entry = cases.get(caseId) ?? { ids: [], statuses: [] };
      cases.set(caseId, entry);
      entry.ids.push(sampleId);
      entry.statuses.push(status);
    }
    if (rows.length < PAGE) return byVariant;
  }
}
