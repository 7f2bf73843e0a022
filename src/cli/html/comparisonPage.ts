import type { RunComparison } from '../../engine/compare/compareRuns.ts';
import type { VariantComparison } from '../../engine/compare/variantComparison.ts';
import { type Verdict, verdictWords } from '../../engine/compare/verdict.ts';
import { formatCount, formatDifference, formatScore, plural, UNKNOWN } from '../format.ts';
import type { CaseChange, ChangeKind, ComparedRuns } from '../report/caseChanges.ts';
import { variantLabels } from '../reporters/variantLabels.ts';
import { changeDetails } from './changePart.ts';
import { filterBar, noteList } from './listParts.ts';
import { html, type Markup, NOTHING } from './markup.ts';
import { pageEnd, pageStart } from './page.ts';
import { runFacts } from './runPage.ts';
import { whisker } from './whisker.ts';

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
${cases.common === 0 ? html`<div class="verdict doubt">The runs have no case in common: there is nothing to compare.</div>` : variants.map((variant) => verdictPart(label(variant.variantId), variant))}
<p class="dim">${plural(cases.common, 'case')} compared.</p>${noteList(notes)}
<div class="wide"><table><thead><tr><th scope="col">measure</th><th scope="col" class="n">before</th><th scope="col" class="n">after</th><th scope="col">change, with its interval</th><th scope="col">verdict</th></tr></thead><tbody>
${variants.map((variant) => variantRows(label(variant.variantId), variant))}</tbody></table></div>
${tags.length > 0 ? tagRows(tags, label) : NOTHING}<section><h2>Cases</h2>${filterBar(counts)}`.text;
  for (const change of changes)
    yield changeDetails(change, { label: header.variants.length > 1 ? label(change.variantId) : '', kinds }).text;
  yield '</section>\n';
  yield pageEnd();
}

function toneOf(verdict: Verdict | null): string {
  if (verdict === null || verdict.word === 'inconclusive') return 'doubt';
  return verdict.word === 'worse' ? 'bad' : 'good';
}

function verdictPart(label: string, { composite, passed, fixed, broke }: VariantComparison): Markup {
  const verdict = composite?.verdict ?? null;
  const words = verdict ? verdictWords(verdict) : 'no composite to compare';
  return html`<div class="verdict ${toneOf(verdict)}">${label}: <strong>${words}</strong>. ${passed.cases === 0 ? 'Which cases broke is not known.' : html`<span class="bad">${broke.length} broke</span>, <span class="good">${fixed.length} fixed</span>.`}</div>
`;
}

type Figures = NonNullable<VariantComparison['composite']>;

function variantRows(label: string, { composite, passed, metrics }: VariantComparison): Markup {
  const { before, after, cases } = passed;
  const counted =
    cases === 0
      ? NOTHING
      : html`<tr><th scope="row">passing cases<small>${label}</small></th><td class="n">${before} of ${cases}</td><td class="n">${after} of ${cases}</td><td>${formatSigned(after - before)}</td>${verdictCell(passed.verdict)}</tr>
`;
  const others = Object.entries(metrics).map(([name, metric]) =>
    figureRow(name, label, metric, metric.sameDefinition ? metric.verdict : null),
  );
  return html`${composite ? figureRow('composite', label, composite, composite.verdict) : NOTHING}${counted}${others}`;
}

function figureRow(
  name: string,
  label: string,
  figures: Omit<Figures, 'verdict' | 'cases'>,
  verdict: Verdict | null,
): Markup {
  const { before, after, difference, interval } = figures;
  const range = interval
    ? html` <small>${formatDifference(interval.low)} to ${formatDifference(interval.high)}</small>${whisker({ value: difference, ...interval }, [-1, 1])}`
    : NOTHING;
  return html`<tr><th scope="row">${name}<small>${label}</small></th><td class="n">${formatScore(before)}</td><td class="n">${formatScore(after)}</td><td class="interval">${formatDifference(difference)}${range}</td>${verdictCell(verdict)}</tr>
`;
}

function verdictCell(verdict: Verdict | null): Markup {
  return html`<td class="${toneOf(verdict)}">${verdict ? verdictWords(verdict) : UNKNOWN}</td>`;
}

function tagRows(tags: RunComparison['tags'], label: (id: string) => string): Markup {
  const rows = tags.map(({ tag, variantId, cases, verdict, ...figures }) =>
    figureRow(tag, `${label(variantId)} · ${formatCount(cases)} cases`, figures, verdict),
  );
  return html`<h2>Composite by tag</h2><div class="wide"><table><thead><tr><th scope="col">tag</th><th scope="col" class="n">before</th><th scope="col" class="n">after</th><th scope="col">change, with its interval</th><th scope="col">verdict</th></tr></thead><tbody>
${rows}</tbody></table></div>
`;
}

function formatSigned(count: number): string {
  return `${count > 0 ? '+' : count < 0 ? '−' : '±'}${Math.abs(count)}`;
}
