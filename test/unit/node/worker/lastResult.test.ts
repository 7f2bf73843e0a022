import { describe, expect, it } from 'vitest';
import type { RunStatus, RunSummary, VariantSummary } from '../../../../src/engine/run/run.ts';
import type { HistoryReader } from '../../../../src/node/store/history.ts';
import { estimateUsd, meanComposite, readPast } from '../../../../src/node/worker/lastResult.ts';
import type { RunListItem } from '../../../../src/protocol/views.ts';

const variant = (id: string, mean: number | null, costUsd: number | null = 0.5): VariantSummary =>
  ({
    variant: { id, model: id === 'replayed' ? 'replay/x' : 'openai/x' },
    samples: { pass: 3, fail: 1, error: 1, unscored: 0 },
    composite: mean === null ? null : { mean, low: mean, high: mean },
    costUsd,
  }) as VariantSummary;
const item = (id: string, status: RunStatus, variants: VariantSummary[]): RunListItem =>
  ({ id, status, startedAt: `start of ${id}`, finishedAt: `end of ${id}`, variants }) as unknown as RunListItem;
const historyOf = (items: readonly RunListItem[]) =>
  ({
    runs: () => items,
    countRuns: () => items.length,
    run: (id: string) => ({ header: { id } }) as RunSummary,
  }) as unknown as HistoryReader;
const noBaseline = async () => ({});

describe('the past of a prompt', () => {
  it('is empty where nothing ran', async () => {
    expect(await readPast(historyOf([]), {}, noBaseline)).toEqual({ last: null, run: null, runCount: 0 });
  });

  it('is the newest run that ended, compared with the one before', async () => {
    const runs = [
      item('live', 'running', []),
      item('new', 'finished', [variant('a', 0.9), variant('b', 0.7)]),
      item('old', 'cancelled', [variant('a', 0.6)]),
    ];
    const { last, run, runCount } = await readPast(historyOf(runs), {}, noBaseline);
    expect(run?.header.id).toBe('new');
    expect(runCount).toBe(3);
    expect(last).toMatchObject({
      runId: 'new',
      finishedAt: 'end of new',
      counts: { pass: 6, fail: 2, error: 2, unscored: 0 },
      delta: { against: 'previous run' },
    });
    expect(last?.composite).toBeCloseTo(0.8);
    expect(last?.delta?.value).toBeCloseTo(0.2);
  });

  it('is compared with a committed baseline first, over the variants that are in both', async () => {
    const runs = [
      item('new', 'finished', [variant('a', 0.9), variant('b', 0.7)]),
      item('old', 'finished', [variant('a', 0.1)]),
    ];
    const { last } = await readPast(historyOf(runs), {}, async () => ({ a: 0.95, gone: 0 }));
    expect(last?.delta?.against).toBe('baseline');
    expect(last?.delta?.value).toBeCloseTo(-0.05);
  });

  it('has no difference when nothing was scored', async () => {
    const { last } = await readPast(historyOf([item('new', 'finished', [variant('a', null)])]), {}, async () => ({
      a: 1,
    }));
    expect(last).toMatchObject({ composite: null, delta: null });
  });
});

it('estimates from what a sample cost, errors left out', () => {
  const run = { variants: [variant('a', 1), variant('b', 1)] } as unknown as RunSummary;
  // 1.00 for 8 answered samples.
  expect(estimateUsd(run, 24)).toBeCloseTo(3);
  expect(estimateUsd(run, null)).toBeNull();
  expect(estimateUsd(null, 24)).toBeNull();
  expect(estimateUsd({ variants: [variant('a', 1), variant('b', 1, null)] } as unknown as RunSummary, 24)).toBeNull();
  const halfReplayed = { variants: [variant('a', 1), variant('replayed', 1, 7)] } as unknown as RunSummary;
  expect(estimateUsd(halfReplayed, 24)).toBeCloseTo(1.5);
  const allFailed = { ...variant('a', null, 0), samples: { pass: 0, fail: 0, error: 5, unscored: 0 } };
  expect(estimateUsd({ variants: [allFailed] } as unknown as RunSummary, 24)).toBeNull();
});

it('weighs variants alike and leaves out those without a composite', () => {
  expect(meanComposite([variant('a', 0.2), variant('b', 0.6), variant('c', null)])).toBeCloseTo(0.4);
  expect(meanComposite([variant('c', null)])).toBeNull();
});
