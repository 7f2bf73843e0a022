import type { RunComparison } from '../../engine/compare/compareRuns.ts';
import { variantLabels } from '../../engine/run/variantLabels.ts';
import { formatCount, plural } from '../format.ts';
import type { CaseChange, ChangeKind, ComparedRuns } from '../report/caseChanges.ts';
import { changeDetails } from './changePart.ts';
import { comparedFigures, figureRow, verdictParts } from './comparedVariants.ts';
import { filterBar, noteList } from './listParts.ts';
import { html, type Markup, NOTHING } from './markup.ts';
import { pageEnd, pageStart } from './page.ts';
import { runFacts } from './runPage.ts';

/** A page of two runs, in pieces: verdicts, figures, then every case that both have, as `changes` gives them. */
export function* comparisonPage(
  comparison: RunComparison,
  runs: ComparedRuns,
  counts: readonly (readonly [ChangeKind, number])[],
  changes: Iterable<CaseChange>,
): Generator<string> {
  const { variants, tags, cases, notes } = comparison;
  const { header } = runs.after;
  const labels = variantLabels(header.variants);
  const kinds = new Map(header.metrics.map(({ name, kind }) => [name, kind]));
  const label = (id: string) => labels.get(id) ?? id;
  yield pageStart(`${header.suite}: ${runs.before.header.id} and ${header.id} · Touchstone`);
  yield html`<h1>${header.suite}: what changed</h1>
<p class="facts">before: ${runFacts(runs.before)}</p><p class="facts">after: ${runFacts(runs.after)}</p>
${cases.common === 0 ? html`<div class="verdict doubt">The runs have no case in common: there is nothing to compare.</div>` : verdictParts(variants, label)}
<p class="dim">${plural(cases.common, 'case')} compared.</p>${noteList(notes)}
${comparedFigures(variants, label)}${tags.length > 0 ? tagRows(tags, label) : NOTHING}<section><h2>Cases</h2>${filterBar(counts)}`
    .text;
  for (const change of changes)
    yield changeDetails(change, { label: header.variants.length > 1 ? label(change.variantId) : '', kinds }).text;
  yield '</section>\n';
  yield pageEnd();
}

function tagRows(tags: RunComparison['tags'], label: (id: string) => string): Markup {
  const rows = tags.map(({ tag, variantId, cases, verdict, ...figures }) =>
    figureRow(tag, `${label(variantId)} · ${formatCount(cases)} cases`, figures, verdict),
  );
  return html`<h2>Composite by tag</h2><div class="wide"><table><thead><tr><th scope="col">tag</th><th scope="col" class="n">before</th><th scope="col" class="n">after</th><th scope="col">change, with its interval</th><th scope="col">verdict</th></tr></thead><tbody>
${rows}</tbody></table></div>
`;
}
