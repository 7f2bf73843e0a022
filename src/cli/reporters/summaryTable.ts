import type { RunSummary, VariantSummary } from '../../engine/run/run.ts';
import { variantLabels } from '../../engine/run/variantLabels.ts';
import { fitWidth, wrapWidth } from '../displayWidth.ts';
import {
  formatCount,
  formatDifference,
  formatFigure,
  formatMilliseconds,
  formatScore,
  formatUsd,
  UNKNOWN,
} from '../format.ts';
import { plainText } from '../plainText.ts';
import type { Colors } from '../shell.ts';
import { type Cell, type Column, type ColumnGroup, fitKey, textTable } from './textTable.ts';

/**
 * The variants of a run, one in a row.
 *
 * @param differences of each variant's mean composite from the committed baseline, by variant id, without those that the
 *   baseline does not have; null where nothing can be compared. Without a baseline the column is left out.
 */
export function summaryTable(
  summary: RunSummary,
  differences: ReadonlyMap<string, number | null> | null,
  width: number,
  colors: Colors,
): string[] {
  const { variants, header } = summary;
  const labels = variantLabels(header.variants);
  const right = (title: string, cellOf: (variant: VariantSummary) => Cell): Column => ({
    title,
    align: 'right',
    cells: variants.map(cellOf),
  });
  const count = (title: 'pass' | 'fail' | 'error' | 'unscored', paint: (text: string) => string) =>
    right(title, ({ samples }) => ({
      text: formatCount(samples[title]),
      paint: samples[title] === 0 ? colors.dim : paint,
    }));

  const counts: ColumnGroup = [
    count('pass', colors.green),
    count('fail', colors.red),
    count('error', colors.yellow),
    count('unscored', colors.yellow),
  ];
  const composite: ColumnGroup = [
    right('composite', (variant) => ({ text: formatScore(variant.composite?.mean ?? null), paint: colors.bold })),
    right('95 % interval', ({ composite: value }) => ({
      // A composite lies in 0..1; the interval of few cases would tell of more.
      text: value ? `${formatScore(Math.max(0, value.low))} to ${formatScore(Math.min(1, value.high))}` : UNKNOWN,
      paint: colors.dim,
    })),
    ...(differences
      ? [right('vs baseline', ({ variant }) => differenceCell(differences.get(variant.id), colors))]
      : []),
  ];
  const metrics: ColumnGroup = header.metrics.map((metric) =>
    right(fitWidth(plainText(metric.name), LONGEST_TITLE) + (metric.direction === 'lower' ? ' ↓' : ''), (variant) => ({
      text: formatFigure(metric.kind, variant.metrics[metric.name]),
    })),
  );
  // A replayed column knows neither; the cost is always told, known or not.
  const isTimed = variants.some(({ latencyMs }) => latencyMs !== null);
  const isCounted = variants.some(({ tokens }) => tokens !== null);
  const isJudged = variants.some(({ judgeCostUsd }) => judgeCostUsd !== undefined);
  const latency: ColumnGroup = [
    right('latency p50', ({ latencyMs }) => ({ text: formatMilliseconds(latencyMs?.p50 ?? null) })),
    right('p95', ({ latencyMs }) => ({ text: formatMilliseconds(latencyMs?.p95 ?? null) })),
  ];
  const tokens: ColumnGroup = [
    right('tokens in', (variant) => ({ text: formatCount(variant.tokens?.input ?? null) })),
    right('out', (variant) => ({ text: formatCount(variant.tokens?.output ?? null) })),
  ];
  const times = Math.max(0, ...variants.map((variant) => variant.repeats?.passAt.length ?? 0));
  const repeated: ColumnGroup = [
    ...[...new Set([1, times])].map((k) =>
      right(`pass@${k}`, ({ repeats }) => ({ text: formatScore(repeats?.passAt[k - 1] ?? null) })),
    ),
    right(`pass^${times}`, ({ repeats }) => ({ text: formatScore(repeats?.passHat[times - 1] ?? null) })),
    right('flaky', ({ repeats }) => ({ text: repeats ? `${repeats.flaky.cases} of ${repeats.flaky.of}` : UNKNOWN })),
    right('spread', ({ repeats }) => ({ text: formatScore(repeats?.spread ?? null) })),
  ];
  const consumption: ColumnGroup = [
    ...(isTimed ? latency : []),
    ...(isCounted ? tokens : []),
    right('total cost', ({ costUsd }) => ({ text: formatUsd(costUsd) })),
    ...(isJudged ? [right('judge cost', ({ judgeCostUsd }) => ({ text: formatUsd(judgeCostUsd ?? null) }))] : []),
  ];
  const names = variants.map(({ variant }) => plainText(labels.get(variant.id) ?? variant.id));
  // Names that could not be told apart in the narrow column stand above, numbered.
  const isNumbered = new Set(names.map((name) => fitKey(name, width))).size < names.length;
  const key: Column = {
    title: 'variant',
    align: 'left',
    cells: names.map((name, at) => ({ text: isNumbered ? String(at + 1) : name })),
  };
  return [
    ...(isNumbered ? [...names.flatMap((name, at) => numbered(name, at + 1, width)), ''] : []),
    ...textTable(key, [counts, composite, ...(times > 0 ? [repeated] : []), metrics, consumption], width, colors.dim),
  ];
}

/** Columns that a metric's name may take. */
const LONGEST_TITLE = 24;

function numbered(name: string, number: number, width: number): string[] {
  const [first = '', ...rest] = wrapWidth(name, width - 4);
  return [`${String(number).padStart(2)}  ${first}`, ...rest.map((line) => `    ${line}`)];
}

function differenceCell(difference: number | null | undefined, colors: Colors): Cell {
  if (difference === undefined) return { text: 'new', paint: colors.dim };
  if (difference === null) return { text: UNKNOWN, paint: colors.dim };
  const text = formatDifference(difference);
  return { text, paint: text.startsWith('+') ? colors.green : text.startsWith('−') ? colors.red : colors.dim };
}
