import type { Plugin } from 'chart.js';
import type { Trend } from './trend.ts';

const CAP_PX = 3;

/**
 * Uprights from the low to the high end of each point's confidence interval.
 *
 * @param areScores they end at 0 and 1
 */
export function intervals(trend: Trend, areScores: boolean): Plugin<'line'> {
  return {
    id: 'intervals',
    beforeDatasetsDraw(chart) {
      const { ctx, scales } = chart;
      const y = scales['y'];
      if (!y) return;
      ctx.save();
      ctx.lineWidth = 1;
      ctx.globalAlpha = 0.55;
      for (const [index, series] of trend.series.entries()) {
        const meta = chart.getDatasetMeta(index);
        ctx.strokeStyle = String(meta.dataset?.options['borderColor'] ?? '');
        for (const [at, point] of series.points.entries()) {
          const x = meta.data[at]?.x;
          if (!point || x === undefined || point.low === point.high) continue;
          const ends = areScores ? [Math.max(0, point.low), Math.min(1, point.high)] : [point.low, point.high];
          const [low, high] = ends.map((end) => y.getPixelForValue(end));
          if (low === undefined || high === undefined) continue;
          ctx.beginPath();
          ctx.moveTo(x, low);
          ctx.lineTo(x, high);
          // Ends that no boundary has.
          for (const end of [low, high]) {
            ctx.moveTo(x - CAP_PX, end);
            ctx.lineTo(x + CAP_PX, end);
          }
          ctx.stroke();
        }
      }
      ctx.restore();
    },
  };
}

/** What is another than in the run before, in a word or two; null for nothing. */
export function boundaryBefore(trend: Trend, index: number): string | null {
  const run = trend.runs[index];
  if (!run || index === 0) return null;
  const changed = [...(run.isNewVersion ? ['prompt'] : []), ...(run.isNewDataset ? ['dataset'] : [])];
  return changed.length === 0 ? null : changed.join(' + ');
}

/** Dashed lines between the runs that something changed between, with what that was where there is room for it. */
export function boundaries(
  trend: Trend,
  { color, font }: { readonly color: string; readonly font: string },
): Plugin<'line'> {
  return {
    id: 'boundaries',
    beforeDatasetsDraw(chart) {
      const { ctx, chartArea, scales } = chart;
      const x = scales['x'];
      if (!x) return;
      ctx.save();
      ctx.lineWidth = 1;
      ctx.setLineDash([2, 3]);
      ctx.strokeStyle = color;
      ctx.fillStyle = color;
      ctx.font = font;
      ctx.textAlign = 'center';
      let freeFrom = chartArea.left;
      for (const index of trend.runs.keys()) {
        const words = boundaryBefore(trend, index);
        if (words === null) continue;
        const at = Math.round((x.getPixelForValue(index - 1) + x.getPixelForValue(index)) / 2) + 0.5;
        ctx.beginPath();
        ctx.moveTo(at, chartArea.top);
        ctx.lineTo(at, chartArea.bottom);
        ctx.stroke();
        const half = ctx.measureText(words).width / 2;
        if (at - half < freeFrom) continue;
        ctx.fillText(words, at, chartArea.top - 4);
        freeFrom = at + half + 8;
      }
      ctx.restore();
    },
  };
}
