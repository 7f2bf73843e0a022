import { describe, expect, it } from 'vitest';
import { NO_MARKS } from '../../../../src/engine/history/runMarks.ts';
import type { VariantSummary } from '../../../../src/engine/run/run.ts';
import type { RunListItem } from '../../../../src/protocol/history.ts';
import { MAX_RUNS, scoreRange, seriesLabels, trendOf } from '../../../../webview/history/trend.ts';

const compositeTrend = (runs: readonly RunListItem[]) => trendOf(runs, ({ summary }) => summary.composite);

describe('trendOf', () => {
  it('goes from the oldest run to the newest, with a line for each model', () => {
    const trend = compositeTrend([
      run('r3', [summary('a/x', 0.9, 'v2'), summary('a/y', 0.5, 'v2')]),
      run('r2', [summary('a/x', 0.8, 'v1')]),
      run('r1', [summary('a/x', 0.7, 'v1'), summary('a/y', 0.4, 'v1')]),
    ]);
    expect(trend.runs.map(({ id, version, isNewVersion }) => [id, version, isNewVersion])).toEqual([
      ['r1', 'v1', true],
      ['r2', 'v1', false],
      ['r3', 'v2', true],
    ]);
    expect(trend.series.map(({ label, points }) => [label, points.map((point) => point?.mean ?? null)])).toEqual([
      ['x', [0.7, 0.8, 0.9]],
      ['y', [0.4, null, 0.5]],
    ]);
  });

  it('knows where the dataset changed, and calls a line the same in every run', () => {
    const later = { ...run('r2', [summary('a/x', 0.8, 'v1'), summary('b/x', 0.8, 'v1')]), dataset: 'other' };
    const runs = [later, run('r1', [summary('a/x', 0.7, 'v1')])];
    expect(compositeTrend(runs).runs.map(({ isNewDataset }) => isNewDataset)).toEqual([false, true]);
    expect(compositeTrend(runs).series.map(({ label }) => label)).toEqual(['a/x', 'b/x']);
    expect([...seriesLabels(runs).values()]).toEqual(['a/x', 'b/x']);
  });

  it('sees a new version of any prompt of a suite, and names none for all', () => {
    const other = { ...summary('a/x', 0.5, 'w1'), variant: { ...summary('a/x', 0.5, 'w1').variant, prompt: 'q' } };
    const runs = [run('r2', [summary('a/x', 0.8, 'v2'), other]), run('r1', [summary('a/x', 0.7, 'v1'), other])];
    expect(compositeTrend(runs).runs.map(({ version, isNewVersion }) => [version, isNewVersion])).toEqual([
      [null, true],
      [null, true],
    ]);
  });

  it('leaves out runs that go on or have nothing to show', () => {
    const trend = compositeTrend([
      { ...run('r3', [summary('a/x', 0.9, 'v1')]), status: 'running' },
      run('r2', [{ ...summary('a/x', 0.9, 'v1'), composite: null }]),
      run('r1', [summary('a/x', 0.7, 'v1')]),
    ]);
    expect(trend.runs.map(({ id }) => id)).toEqual(['r1']);
  });

  it('keeps the newest when there are too many', () => {
    const runs = Array.from({ length: MAX_RUNS + 5 }, (_, index) => run(`r${index}`, [summary('a/x', 0.5, 'v1')]));
    const trend = compositeTrend(runs);
    expect(trend.runs).toHaveLength(MAX_RUNS);
    expect(trend.runs.at(-1)?.id).toBe('r0');
  });

  it('is empty without runs', () => expect(compositeTrend([])).toEqual({ runs: [], series: [] }));
});

describe('scoreRange', () => {
  it.each([
    { low: 0.62, high: 0.93, range: { min: 0.6, max: 1, stepSize: 0.1 } },
    { low: 0.83, high: 0.88, range: { min: 0.83, max: 0.88, stepSize: 0.01 } },
    { low: 0.07, high: 0.071, range: { min: 0.07, max: 0.08, stepSize: 0.01 } },
    { low: -0.2, high: 1.3, range: { min: 0, max: 1, stepSize: 0.2 } },
  ])('$low to $high', ({ low, high, range }) => {
    const made = { ...summary('a/x', 0.5, 'v1'), composite: { mean: (low + high) / 2, low, high } };
    expect(scoreRange(compositeTrend([run('r', [made])]))).toEqual(range);
  });
});

function run(id: string, variants: readonly VariantSummary[]): RunListItem {
  const startedAt = '2026-01-01T00:00:00Z';
  return {
    id,
    rescoreOf: null,
    revision: null,
    suite: 's',
    status: 'finished',
    startedAt,
    finishedAt: null,
    git: null,
    dataset: 'd',
    cases: 1,
    selection: { cases: 1 },
    marks: NO_MARKS,
    variants,
  };
}

function summary(model: string, mean: number, promptVersion: string): VariantSummary {
  return {
    variant: { id: model, prompt: 'p', promptVersion, model, params: {}, signatures: {} },
    samples: { pass: 1, fail: 0, error: 0, unscored: 0 },
    composite: { mean, low: mean - 0.1, high: mean + 0.1 },
    metrics: {},
    latencyMs: null,
    tokens: null,
    costUsd: null,
  };
}
