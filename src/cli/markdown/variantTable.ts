import type { RunSummary, VariantSummary } from '../../engine/run/run.ts';
import { variantLabels } from '../../engine/run/variantLabels.ts';
import { wilsonInterval } from '../../engine/stats/interval.ts';
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
    right('pass rate (95 % interval)', passRate),
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

/** Of the samples that were judged; what is in error or unscored is in neither number. */
function passRate({ samples: { pass, fail } }: VariantSummary): string {
  if (pass + fail === 0) return UNKNOWN;
  const [low, high] = wilsonInterval(pass, pass + fail, 1.96);
  return `${percent(pass / (pass + fail))} (${percent(low)} to ${percent(high)})`;
}

function percent(rate: number): string {
  return `${(rate * 100).toFixed(1)} %`;
}

function right(title: string, cell: Column['cell']): Column {
  return { title, align: 'right', cell };
}
