import type { RunMetric } from '../../src/engine/run/run.ts';
import type { SampleSort } from '../../src/protocol/views.ts';

export type Column = {
  readonly id: string;
  readonly label: string;
  readonly title: string;
  /** Absent: the host cannot sort by it. */
  readonly sort?: SampleSort;
  readonly isNumber?: boolean;
  /** A CSS grid track. */
  readonly width: string;
  /** What the track needs at least, in pixels. */
  readonly minPx: number;
};

/**
 * The columns that tell the samples of a run apart; what is the same in all of them has none. The first ones are what a
 * narrow view shows.
 *
 * @param isBrief only what finds a sample again: the rest stands in the drawer beside
 */
export function gridColumns(
  metrics: readonly RunMetric[],
  shape: { readonly hasVariants: boolean; readonly hasRepeats: boolean; readonly isBrief: boolean },
): readonly Column[] {
  const isMeasured = (kind: string) => metrics.some((metric) => metric.kind === kind);
  const first: Column[] = [
    { id: 'status', label: '', title: 'Status', sort: 'status', width: '34px', minPx: 34 },
    wide('case', 'Case', 'Case', 84, '132px', 'case'),
    number('composite', 'Score', 'Composite: the weighted score', 68, 'composite'),
  ];
  if (shape.hasVariants) first.push(wide('variant', 'Variant', 'Variant', 100, '1fr'));
  if (shape.hasRepeats) first.push(number('repeat', '#', 'Repeat', 36));
  const output = wide('output', 'Output', 'Output', 150, '3fr');
  if (shape.isBrief) return [...first, output];
  return [
    ...first,
    wide('input', 'Input', "The case's variables", 110, '2fr'),
    output,
    ...metrics.map(metricColumn),
    // A metric of that kind shows the same number, and whether it passed.
    ...(isMeasured('latency') ? [] : [number('latency', 'Latency', 'Latency', 76, 'latency')]),
    ...(isMeasured('cost') ? [] : [number('cost', 'Cost', 'Cost', 84, 'cost')]),
  ];
}

function metricColumn({ name, kind }: RunMetric): Column {
  // Room for the name, within reason.
  const minPx = Math.max(76, Math.min(132, name.length * 7 + 20));
  return number(`metric:${name}`, name, name, minPx, kind === 'latency' || kind === 'cost' ? kind : undefined);
}

function number(id: string, label: string, title: string, minPx: number, sort?: SampleSort): Column {
  return { id, label, title, sort, isNumber: true, width: `${minPx}px`, minPx };
}

function wide(id: string, label: string, title: string, minPx: number, max: string, sort?: SampleSort): Column {
  return { id, label, title, sort, width: `minmax(${minPx}px, ${max})`, minPx };
}
