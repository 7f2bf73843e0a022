import type { RunSummary } from '../../engine/run/run.ts';
import { variantLabels } from '../../engine/run/variantLabels.ts';
import type { HistoryReader } from '../../node/store/history.ts';
import { formatCount } from '../format.ts';
import { sampleEntries } from '../report/sampleEntries.ts';
import { passing } from './figures.ts';
import { html, type Markup, NOTHING } from './markup.ts';

/** More would be no report. */
const MOST_TAGS = 50;

type Counts = { pass: number; fail: number };

/** The pass rate by tag under each variant; nothing where no case has a tag. */
export function tagsTable(history: HistoryReader, { header }: RunSummary): Markup {
  const cases = history.comparedCases(header.id);
  const frequency = new Map<string, number>();
  for (const { tags } of cases.values())
    for (const tag of new Set(tags)) frequency.set(tag, (frequency.get(tag) ?? 0) + 1);
  if (frequency.size === 0) return NOTHING;
  const tags = [...frequency].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, MOST_TAGS);
  const counts = new Map<string, Counts>();
  for (const [variantId, entries] of sampleEntries(history, header.id))
    for (const [caseId, { statuses }] of entries)
      for (const tag of cases.get(caseId)?.tags ?? []) {
        const key = JSON.stringify([variantId, tag]);
        const sum = counts.get(key) ?? { pass: 0, fail: 0 };
        counts.set(key, sum);
        for (const status of statuses) if (status === 'pass' || status === 'fail') sum[status] += 1;
      }
  const labels = variantLabels(header.variants);
  const rows = tags.map(([tag, n]) => {
    const cells = header.variants.map(
      ({ id }) =>
        html`<td class="interval">${passing(counts.get(JSON.stringify([id, tag])) ?? { pass: 0, fail: 0 }, header.repeats)}</td>`,
    );
    return html`<tr><th scope="row">${tag}</th><td class="n">${formatCount(n)}</td>${cells}</tr>
`;
  });
  const columns = header.variants.map(({ id }) => html`<th scope="col">${labels.get(id) ?? id}</th>`);
  const left = frequency.size - tags.length;
  return html`<h2>Pass rate by tag</h2><div class="wide"><table><thead><tr><th scope="col">tag</th><th scope="col" class="n">cases</th>${columns}</tr></thead><tbody>
${rows}</tbody></table></div>${left > 0 ? html`<p class="dim">${formatCount(left)} rarer tags are left out.</p>` : NOTHING}
`;
}
