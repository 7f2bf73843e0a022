import { describe, expect, it } from 'vitest';
import type { RunHeader } from '../../../../src/engine/run/run.ts';
import type { Sample } from '../../../../src/engine/run/sample.ts';
import type { History } from '../../../../src/node/store/history.ts';
import { measuredTrend } from '../../../../src/node/worker/measuredTrend.ts';
import {
  answered,
  equalsScore,
  failedCall,
  header,
  SIGNATURE,
  summary,
  testCase,
  variant,
} from '../store/sampleRun.ts';
import { newHistory } from '../store/temporaryRoot.ts';

const ALL = { metric: null, tag: null };
const TAGS = [['billing'], ['billing', 'slow'], []];

/** Composites 1, 0.5 and 0; `equals` 1, 0 and 1; of three cases, of which the first two are about billing. */
function written(history: History, part: Partial<RunHeader> = {}, more: readonly Sample[] = []): string {
  const of = header('run-1', part);
  const sink = history.sink();
  sink.begin(of);
  const samples = [
    answered(0, { composite: 1, scores: [equalsScore(1)] }),
    answered(1, { composite: 0.5, scores: [equalsScore(0)] }),
    answered(2, { composite: 0, scores: [equalsScore(1)], status: 'fail' }),
    ...more,
  ];
  for (const sample of samples) sink.add(sample, testCase(sample.caseIndex, { tags: TAGS[sample.caseIndex] ?? [] }));
  sink.finish(summary(of));
  return of.id;
}

describe('measuredTrend', () => {
  // Intervals by t(2) = 4.302652729911275 and t(1) = 12.706204736432095 (SciPy 1.16, stats.t.ppf(0.975)).
  it.each([
    [ALL, { mean: 0.5, low: 0, high: 1, n: 3 }],
    [
      { metric: null, tag: 'billing' },
      { mean: 0.75, low: 0, high: 1, n: 2 },
    ],
    [
      { metric: 'equals', tag: null },
      { mean: 2 / 3, low: 0, high: 1, n: 3 },
    ],
    [
      { metric: 'equals', tag: 'slow' },
      { mean: 0, low: 0, high: 1, n: 1 },
    ],
  ])('of %j', (measure, point) => {
    const { history } = newHistory();
    const id = written(history);
    const trend = measuredTrend(history, { measure, runIds: [id, 'gone'] });
    expect(trend.points).toEqual({ [id]: { v1: { ...point, mean: expect.closeTo(point.mean, 12) } } });
    expect(trend.kind).toBe(measure.metric);
  });

  it('has no point where nothing was scored', () => {
    const { history } = newHistory();
    const id = written(history);
    for (const measure of [
      { metric: 'latency', tag: null },
      { metric: 'nope', tag: null },
      { metric: null, tag: 'x' },
    ])
      expect(measuredTrend(history, { measure, runIds: [id] }).points).toEqual({ [id]: {} });
  });

  it('takes errors for no answer, and makes repeats to one as the run does', () => {
    const { history } = newHistory();
    const policy = { threshold: 0.5, missing: 'renormalise', repeats: { score: 'max' } } as const;
    const again = answered(2, { repeat: 1, composite: 0.9, scores: [equalsScore(0)] });
    const id = written(history, { repeats: 2, policy }, [again, { ...failedCall(1, 'Too many'), repeat: 1 }]);
    const { points } = measuredTrend(history, { measure: ALL, runIds: [id] });
    expect(points[id]?.['v1']).toMatchObject({ mean: expect.closeTo(0.8, 12), n: 3 });
  });

  it('is a single number for a metric over the whole run', () => {
    const { history } = newHistory();
    const of = header('run-1', { variants: [variant('v1')] });
    const sink = history.sink();
    sink.begin(of);
    const figures = summary(of).variants[0];
    if (!figures) throw new Error('no variant');
    const metrics = { corpus: { mean: 0.4, n: 9, error: 0, unscored: 0, signature: SIGNATURE } };
    sink.finish(summary(of, { variants: [{ ...figures, metrics }] }));
    const { points } = measuredTrend(history, { measure: { metric: 'corpus', tag: null }, runIds: ['run-1'] });
    expect(points).toEqual({ 'run-1': { v1: { mean: 0.4, low: 0.4, high: 0.4, n: 9 } } });
    const sliced = measuredTrend(history, { measure: { metric: 'corpus', tag: 'billing' }, runIds: ['run-1'] });
    expect(sliced.points).toEqual({ 'run-1': {} });
  });

  it('knows the tags of the cases', () => {
    const { history } = newHistory();
    expect(history.caseTags(written(history))).toEqual(['billing', 'slow']);
    expect(history.caseTags('gone')).toEqual([]);
  });
});
