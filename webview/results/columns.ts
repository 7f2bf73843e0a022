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

export type GridShape = {
  readonly hasVariants: boolean;
  readonly hasRepeats: boolean;
  /** Only what finds a sample again: the rest stands in the drawer beside. */
  readonly isBrief: boolean;
  /** What is there for all columns; the others are reached by scrolling. */
  readonly widthPx: number;
};

/**
 * The columns that tell the samples of a run apart; what is the same in all of them has none. In sight are the case, its score,
 * a piece of the output and as many metrics as fit beside them; what is left is shared by output and input.
 */
export function gridColumns(metrics: readonly RunMetric[], shape: GridShape): readonly Column[] {
  const first: Column[] = [
    { id: 'status', label: '', title: 'Status', sort: 'status', width: '30px', minPx: 30 },
    wide('case', 'Case', 'Case', 112, '200px', 'case'),
    number('composite', 'Score', 'Composite: the weighted score', 62, 'composite'),
  ];
  if (shape.hasVariants) first.push(wide('variant', 'Variant', 'Variant', 90, '150px'));
  if (shape.hasRepeats)
    first.push(number('repeat', '#', 'Repeat; a pulse marks cases whose repeats pass and fail', 46));
  const output = wide('output', 'Output', 'Output', 130, '3fr');
  if (shape.isBrief) return [...first, output];

  const isMeasured = (kind: string) => metrics.some((metric) => metric.kind === kind);
  const isMeasure = ({ kind }: RunMetric) => kind === 'latency' || kind === 'cost';
  const scores = metrics.filter((metric) => !isMeasure(metric)).map(metricColumn);
  const rest = [
    ...metrics.filter(isMeasure).map(metricColumn),
    // A metric of that kind shows the same number, and whether it passed.
    ...(isMeasured('latency') ? [] : [number('latency', 'Latency', 'Latency', 76, 'latency')]),
    ...(isMeasured('cost') ? [] : [number('cost', 'Cost', 'Cost', 84, 'cost')]),
  ];
  const free = shape.widthPx - sumPx([...first, output]);
  const fitting = howManyFit(scores, free);
  const input = wide('input', 'Input', "The case's variables", 110, '2fr');
  return [...first, ...scores.slice(0, fitting), output, ...scores.slice(fitting), input, ...rest];
}

function howManyFit(columns: readonly Column[], px: number): number {
  let left = px;
  const tooMany = columns.findIndex((column) => {
    left -= column.minPx;
    return left < 0;
  });
  return tooMany === -1 ? columns.length : tooMany;
}

export function sumPx(columns: readonly Column[]): number {
  return columns.reduce((sum, column) => sum + column.minPx, 0);
}

function metricColumn({ name, kind }: RunMetric): Column {
  // Room for the name, within reason; a measure with its unit needs more.
  const isMeasure = kind === 'latency' || kind === 'cost';
  const minPx = Math.max(isMeasure ? 84 : 68, Math.min(120, Math.round(name.length * 6.6) + 18));
  return number(`metric:${name}`, name, name, minPx, isMeasure ? kind : undefined);
}

function number(id: string, label: string, title: string, minPx: number, sort?: SampleSort): Column {
  return { id, label, title, sort, isNumber: true, width: `${minPx}px`, minPx };
}

function wide(id: string, label: string, title: string, minPx: number, max: string, sort?: SampleSort): Column {
  return { id, label, title, sort, width: `minmax(${minPx}px, ${max})`, minPx };
}
