import type { VariantComparison } from '../../engine/compare/variantComparison.ts';
import { type Verdict, verdictWords } from '../../engine/compare/verdict.ts';
import { formatDifference, formatScore, UNKNOWN } from '../format.ts';
import { type MarkdownColumn, markdownTable, markdownText } from './markdownText.ts';

/** The verdict on each variant in words, as a sentence. */
export function verdictLine(label: string, { composite, passed, fixed, broke }: VariantComparison): string {
  const cases = passed.cases === 0 ? 'which cases broke is not known' : `${broke.length} broke, ${fixed.length} fixed`;
  const verdict = composite ? `**${verdictWords(composite.verdict)}**` : '**no composite to compare**';
  return `${markdownText(label)}: ${verdict}; ${cases}.`;
}

/** What each variant came to before and now, with the interval of the difference. */
export function comparisonTable(variants: readonly VariantComparison[], labels: ReadonlyMap<string, string>): string[] {
  const rows = variants.flatMap((variant) => {
    const label = markdownText(labels.get(variant.variantId) ?? variant.variantId);
    const { composite, passed, metrics } = variant;
    return [
      ...(composite ? [[label, '**composite**', ...figures(composite), words(composite.verdict)]] : []),
      ...(passed.cases > 0 ? [[label, 'passing cases', ...counts(passed), words(passed.verdict)]] : []),
      ...Object.entries(metrics).map(([name, metric]) => [
        label,
        markdownText(name),
        ...figures(metric),
        metric.sameDefinition ? words(metric.verdict) : 'not comparable: measured otherwise',
      ]),
    ];
  });
  return rows.length === 0 ? [] : markdownTable(COLUMNS, rows);
}

const COLUMNS: readonly MarkdownColumn[] = [
  { title: 'variant', align: 'left' },
  { title: 'measure', align: 'left' },
  { title: 'before', align: 'right' },
  { title: 'after', align: 'right' },
  { title: 'change (interval)', align: 'right' },
  { title: 'verdict', align: 'left' },
];

type Figures = NonNullable<VariantComparison['composite']>;

function figures({ before, after, difference, interval }: Figures): string[] {
  const range = interval ? ` (${formatDifference(interval.low)} to ${formatDifference(interval.high)})` : '';
  return [formatScore(before), formatScore(after), `${formatDifference(difference)}${range}`];
}

function counts({ before, after, cases }: VariantComparison['passed']): string[] {
  const change = after - before;
  const sign = change > 0 ? '+' : change < 0 ? '−' : '±';
  return [`${before} of ${cases}`, `${after} of ${cases}`, `${sign}${Math.abs(change)}`];
}

function words(verdict: Verdict | null): string {
  return verdict ? verdictWords(verdict) : UNKNOWN;
}
