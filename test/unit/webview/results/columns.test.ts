import { expect, it } from 'vitest';
import type { RunMetric } from '../../../../src/engine/run/run.ts';
import { gridColumns } from '../../../../webview/results/columns.ts';

const metric = (name: string, kind: string): RunMetric => ({
  name,
  kind,
  direction: 'higher',
  weight: 1,
  gate: false,
});
const plain = { hasVariants: false, hasRepeats: false, isBrief: false, widthPx: 700 };
const ids = (metrics: readonly RunMetric[], shape: typeof plain) => gridColumns(metrics, shape).map(({ id }) => id);

it('has a column for each metric', () => {
  expect(ids([metric('category', 'equals'), metric('f1', 'token-f1')], plain)).toEqual([
    ...['status', 'case', 'composite', 'metric:category', 'metric:f1'],
    ...['output', 'input', 'latency', 'cost'],
  ]);
});

it('names the variant and the repeat only where there are several', () => {
  expect(ids([], { ...plain, hasVariants: true, hasRepeats: true }).slice(3, 5)).toEqual(['variant', 'repeat']);
});

it('shows what a metric measures once, and sorts by it', () => {
  const columns = gridColumns([metric('slow', 'latency')], plain);
  expect(columns.map(({ id }) => id)).toEqual([
    'status',
    'case',
    'composite',
    'output',
    'input',
    'metric:slow',
    'cost',
  ]);
  expect(columns.find(({ id }) => id === 'metric:slow')?.sort).toBe('latency');
});

it.each([
  [320, 'output metric:category metric:urgent metric:summary'],
  [405, 'metric:category output metric:urgent metric:summary'],
  [480, 'metric:category metric:urgent output metric:summary'],
  [900, 'metric:category metric:urgent metric:summary output'],
])('keeps case, score and output in sight at %i px, and the scores that fit', (widthPx, expected) => {
  const metrics = ['category', 'urgent', 'summary'].map((name) => metric(name, 'equals'));
  expect(
    ids(metrics, { ...plain, widthPx })
      .slice(3, 7)
      .join(' '),
  ).toBe(expected);
});

it('keeps only what finds a sample again beside the drawer', () => {
  expect(ids([metric('category', 'equals')], { ...plain, isBrief: true })).toEqual([
    ...['status', 'case', 'composite', 'output'],
  ]);
});
