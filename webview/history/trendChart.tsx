import {
  CategoryScale,
  Chart,
  type ChartConfiguration,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from 'chart.js';
import { useEffect, useRef } from 'preact/hooks';
import { formatTime, NONE, shortVersion } from '../format.ts';
import { theme } from '../ui/theme.ts';
import { scoreRange, type Trend } from './trend.ts';
import { boundaries, boundaryBefore, intervals } from './trendMarks.ts';

Chart.register(CategoryScale, LinearScale, LineController, LineElement, PointElement, Tooltip);

/**
 * The composite over the runs, with confidence intervals; a dashed boundary stands where the prompt or the dataset changed. The table
 * below holds the same numbers, so the picture itself is one image to a screen reader.
 */
export function TrendChart({ trend, name, format, isSmall, describedBy, onSelect }: TrendChartProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const selectRun = useRef(onSelect);
  selectRun.current = onSelect;
  const themeRevision = theme.value;
  useEffect(() => {
    if (!canvas.current) return;
    const chart = new Chart(
      canvas.current,
      configuration({ trend, format, isSmall: isSmall === true }, canvas.current, (id) => selectRun.current(id)),
    );
    return () => chart.destroy();
  }, [trend, themeRevision]);
  return (
    <div class="trend">
      <ul class="trend-legend" hidden={isSmall} aria-label="Lines of the chart">
        {trend.series.map(({ label }, index) => (
          <li key={label}>
            <span class={`trend-swatch is-${index % SERIES_COLORS.length}`} aria-hidden="true" />
            {label}
          </li>
        ))}
        <li>
          <span class="trend-key is-interval" aria-hidden="true" />
          95 % interval
        </li>
        {trend.runs.some((_run, index) => boundaryBefore(trend, index) !== null) ? (
          <li>
            <span class="trend-key is-boundary" aria-hidden="true" />
            prompt or dataset changed
          </li>
        ) : null}
        {trend.runs.some(({ isPart }) => isPart) ? (
          <li>
            <span class="trend-key is-part" aria-hidden="true" />
            some of the cases
          </li>
        ) : null}
      </ul>
      <div class="trend-canvas">
        <canvas ref={canvas} role="img" aria-label={spoken(trend, name, format)} aria-describedby={describedBy} />
      </div>
    </div>
  );
}

type Format = (value: number) => string;

type TrendChartProps = {
  readonly trend: Trend;
  readonly name: string;
  readonly format: Format;
  /** Stands beside another: no legend, few words. */
  readonly isSmall?: boolean;
  readonly describedBy: string;
  readonly onSelect: (runId: string) => void;
};

const SERIES_COLORS = ['blue', 'purple', 'green', 'yellow', 'red'] as const;
const DASHES: readonly number[][] = [[], [6, 3], [2, 2], [8, 3, 2, 3]];
const POINT_STYLES = ['circle', 'rect', 'triangle', 'rectRot'] as const;

function configuration(
  { trend, format, isSmall }: { readonly trend: Trend; readonly format: Format; readonly isSmall: boolean },
  canvas: HTMLCanvasElement,
  onSelect: (runId: string) => void,
): ChartConfiguration<'line', (number | null)[], string> {
  const style = getComputedStyle(canvas);
  const color = (name: string, fallback = 'foreground') =>
    style.getPropertyValue(`--vscode-${name}`).trim() || style.getPropertyValue(`--vscode-${fallback}`).trim();
  const text = color('descriptionForeground');
  const line = color('widget-border', 'contrastBorder');
  const range = isSmall ? null : scoreRange(trend);
  const font = { family: style.fontFamily, size: 11 };
  return {
    type: 'line',
    data: {
      labels: trend.runs.map((run) => (run.isNewVersion && run.version && !isSmall ? shortVersion(run.version) : '')),
      datasets: trend.series.map((series, index) => {
        const stroke = color(`charts-${SERIES_COLORS[index % SERIES_COLORS.length]}`);
        return {
          label: series.label,
          data: series.points.map((point) => point?.mean ?? null),
          borderColor: stroke,
          backgroundColor: stroke,
          // A hollow point stands for some of the cases.
          pointBackgroundColor: trend.runs.map(({ isPart }) => (isPart ? color('editor-background') : stroke)),
          borderWidth: 1.5,
          borderDash: DASHES[index % DASHES.length],
          pointStyle: POINT_STYLES[index % POINT_STYLES.length],
          pointRadius: isSmall ? 2.5 : 3.5,
          pointHoverRadius: 5,
          spanGaps: true,
        };
      }),
    },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      // Room for the words of the boundaries.
      layout: { padding: { top: isSmall ? 6 : 16, right: 8 } },
      interaction: { mode: 'index', intersect: false },
      onClick: (_event, elements) => {
        const run = trend.runs[elements[0]?.index ?? -1];
        if (run) onSelect(run.id);
      },
      scales: {
        x: {
          offset: true,
          border: { color: line },
          grid: { drawOnChartArea: false, color: line, tickLength: 4 },
          ticks: {
            color: text,
            font: { ...font, family: style.getPropertyValue('--vscode-editor-font-family') },
            maxRotation: 0,
          },
        },
        y: {
          ...(range ? { min: range.min, max: range.max } : { beginAtZero: isSmall, grace: '5%' }),
          // Room for the ends of intervals, which the chart does not know.
          ...(range || isSmall ? {} : bounds(trend)),
          border: { display: false },
          grid: { color: line },
          ticks: {
            color: text,
            font,
            maxTicksLimit: isSmall ? 3 : 7,
            ...(range && { stepSize: range.stepSize }),
            callback: (value) => format(Number(value)),
          },
        },
      },
      plugins: {
        tooltip: {
          backgroundColor: color('editorHoverWidget-background', 'editor-background'),
          borderColor: color('editorHoverWidget-border', 'contrastBorder'),
          borderWidth: 1,
          titleColor: color('editorHoverWidget-foreground'),
          bodyColor: color('editorHoverWidget-foreground'),
          titleFont: { ...font, weight: 600 },
          bodyFont: font,
          cornerRadius: 3,
          usePointStyle: true,
          callbacks: {
            title: ([item]) => tooltipTitle(trend, item?.dataIndex ?? -1),
            label: (item) => tooltipLine(trend, format, item.datasetIndex, item.dataIndex),
          },
        },
      },
    },
    plugins: isSmall
      ? []
      : [intervals(trend, range !== null), boundaries(trend, { color: text, font: `${font.size}px ${font.family}` })],
  };
}

function tooltipTitle(trend: Trend, index: number): string {
  const run = trend.runs[index];
  return run ? `${formatTime(run.startedAt)}  ${run.version === null ? '' : shortVersion(run.version)}` : '';
}

function tooltipLine(trend: Trend, format: Format, seriesIndex: number, index: number): string {
  const series = trend.series[seriesIndex];
  const point = series?.points[index];
  if (!series || !point) return '';
  const interval = point.low === point.high ? '' : ` (${format(point.low)}–${format(point.high)})`;
  return ` ${format(point.mean)}${interval}  ${series.label}`;
}

function bounds(trend: Trend): { readonly suggestedMin: number; readonly suggestedMax: number } {
  const points = trend.series.flatMap(({ points }) => points.filter((point) => point !== null));
  return {
    suggestedMin: Math.min(...points.map(({ low }) => low)),
    suggestedMax: Math.max(...points.map(({ high }) => high)),
  };
}

function spoken(trend: Trend, name: string, format: Format): string {
  const lines = trend.series.map(({ label, points }) => {
    const known = points.flatMap((point) => (point === null ? [] : [format(point.mean)]));
    return `${label}: from ${known[0] ?? NONE} to ${known.at(-1) ?? NONE}`;
  });
  return `${name} over ${trend.runs.length} runs. ${lines.join('. ')}. The table below has every number.`;
}
