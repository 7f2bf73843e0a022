import type { VariantComparison } from '../../engine/compare/variantComparison.ts';
import { type Verdict, verdictWords } from '../../engine/compare/verdict.ts';
import { formatDifference, formatScore, UNKNOWN } from '../format.ts';
import { html, type Markup, NOTHING } from './markup.ts';
import { whisker } from './whisker.ts';

type Label = (variantId: string) => string;

/** What the change of each variant comes to, in a sentence with its tone. */
export function verdictParts(variants: readonly VariantComparison[], label: Label): Markup {
  return html`${variants.map((variant) => verdictPart(label(variant.variantId), variant))}`;
}

/** The figures of each variant before and after. */
export function comparedFigures(variants: readonly VariantComparison[], label: Label): Markup {
  return html`<div class="wide"><table><thead><tr><th scope="col">measure</th><th scope="col" class="n">before</th><th scope="col" class="n">after</th><th scope="col">change, with its interval</th><th scope="col">verdict</th></tr></thead><tbody>
${variants.map((variant) => variantRows(label(variant.variantId), variant))}</tbody></table></div>
`;
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

export function figureRow(
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

function formatSigned(count: number): string {
  return `${count > 0 ? '+' : count < 0 ? '−' : '±'}${Math.abs(count)}`;
}
