import type { RunSummary, VariantSummary } from '../../engine/run/run.ts';
import { variantLabels } from '../../engine/run/variantLabels.ts';

import { passRate } from '../../engine/stats/passRate.ts';
import { formatCount, formatFigure, formatMilliseconds, formatScore, formatUsd, UNKNOWN } from '../format.ts';

import { type MarkdownColumn, markdownTable, markdownText } from './markdownText.ts';

type Column = MarkdownColumn & { readonly cell: (variant: VariantSummary) => string };

/** The variants of a run, one in a row, with the intervals of composite and pass rate. */
export function variantTable({ header, variants }: RunSummary): string[] {
  const labels = variantLabels(header.variants);
  const isJudged = variants.some(({ judgeCostUsd }) => judgeCostUsd !== undefined);
  const columns: readonly Column[] = [
    { title: 'variant', align: 'left', cell: ({ variant }) => markdownText(labels.get(variant.id) ?? variant.id) },
    right('pass', ({ samples }) => formatCount(samples.pass)),
    right('fail', ({ samples }) => formatCount(samples.fail)),
    right('error', ({ samples }) => formatCount(samples.error)),
    right('unscored', ({ samples }) => formatCount(samples.unscored)),
    right('pass rate (95 % interval)', ({ samples }) => passing(passRate(samples, header.repeats))),
    right('composite (95 % interval)', ({ composite }) =>
      composite
        ? `**${formatScore(composite.mean)}** (${formatScore(Math.max(0, composite.low))} to ${formatScore(Math.min(1, composite.high))})`
        : UNKNOWN,
    ),
    ...header.metrics.map(({ name, kind, direction }) =>
      right(markdownText(name) + (direction === 'lower' ? ' ↓' : ''), ({ metrics }) =>
        formatFigure(kind, metrics[name]),
      ),
    ),
    right('latency p50', ({ latencyMs }) => formatMilliseconds(latencyMs?.p50 ?? null)),
    right('cost', ({ costUsd }) => formatUsd(costUsd)),
    ...(isJudged ? [right('judge cost', ({ judgeCostUsd }) => formatUsd(judgeCostUsd ?? null))] : []),
  ];
  return markdownTable(
    columns,
    variants.map((variant) => columns.map(({ cell }) => cell(variant))),
  );
}

function passing(share: ReturnType<typeof passRate>): string {
  return share ? `${percent(share.rate)} (${percent(share.low)} to ${percent(share.high)})` : UNKNOWN;
}

function percent(rate: number): string {
  return `${(rate * 100).toFixed(1)} %`;
}

function right(title: string, cell: Column['cell']): Column {
  return { title, align: 'right', cell };
}
