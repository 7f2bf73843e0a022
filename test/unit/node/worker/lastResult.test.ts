import { describe, expect, it } from 'vitest';
import type { BaselineComparison } from '../../../../src/engine/compare/compareToBaseline.ts';
import type { RunStatus, RunSummary, VariantSummary } from '../../../../src/engine/run/run.ts';
import type { HistoryReader } from '../../../../src/node/store/history.ts';
import { type Compare, estimateUsd, meanComposite, readPast } from '../../../../src/node/worker/lastResult.ts';

const CASES = 5;
const variant = (id: string, mean: number | null, costUsd: number | null = 0.5): VariantSummary =>
  ({
    variant: { id, prompt: 'a.prompt', model: id === 'replayed' ? 'replay/x' : 'openai/x' },
    samples: { pass: 3, fail: 1, error: 1, unscored: 0 },
    composite: mean === null ? null : { mean, low: mean, high: mean },
    costUsd,
  }) as VariantSummary;

function runOf(id: string, status: RunStatus, variants: VariantSummary[], selected = CASES): RunSummary {
  const header = {
    id,
    startedAt: `start of ${id}`,
    dataset: { cases: CASES },
    selection: { cases: selected },
    repeats: 1,
    variants: variants.map((each) => each.variant),
    plannedSamples: selected * variants.length,
  };
  return { header, status, finishedAt: `end of ${id}`, variants } as unknown as RunSummary;
}
const historyOf = (runs: readonly RunSummary[]) =>
  ({
    runs: ({ past }: { past?: boolean }) =>
      runs
        .filter(({ header }) => past === true || header.revision === undefined)
        .map(({ header: { id, git, revision = null }, status }) => ({ id, status, git, revision })),
    countRuns: () => runs.length,
    run: (id: string) => runs.find(({ header }) => header.id === id) ?? null,
  }) as unknown as HistoryReader;

const differing = (by: { readonly [variantId: string]: number }): BaselineComparison =>
  ({
    variants: Object.entries(by).map(([variantId, difference]) => ({ variantId, composite: { difference } })),
    notes: [],
  }) as unknown as BaselineComparison;
const alone: Compare = { toBaseline: async () => null, toRun: () => null, headCommit: async () => null };

describe('the past of a prompt', () => {
  it('is empty where nothing ran', async () => {
    expect(await readPast(historyOf([]), {}, alone)).toEqual({ last: null, run: null, runCount: 0 });
  });

  it('is the newest run over all cases, compared with such a run before', async () => {
    const short = { ...variant('a', 0.1), samples: { pass: 1, fail: 0, error: 0, unscored: 0 } };
    const runs = [
      runOf('live', 'running', []),
      runOf('stopped', 'cancelled', [short]),
      runOf('filtered', 'finished', [short], 1),
      runOf('over budget', 'finished', [short]),
      runOf('new', 'finished', [variant('a', 0.9), variant('b', 0.7)]),
      runOf('died', 'interrupted', [variant('a', 0.1)]),
      runOf('old', 'finished', [variant('a', 0.6)]),
    ];
    const pairs: string[][] = [];
    const toRun: Compare['toRun'] = (run, before) => {
      pairs.push([run.header.id, before.header.id]);
      return differing({ a: 0.3 });
    };
    const { last, run, runCount } = await readPast(historyOf(runs), {}, { ...alone, toRun });
    expect(run?.header.id).toBe('new');
    expect(runCount).toBe(runs.length);
    expect(pairs).toEqual([['new', 'old']]);
    expect(last).toMatchObject({
      runId: 'new',
      finishedAt: 'end of new',
      counts: { pass: 6, fail: 2, error: 2, unscored: 0 },
      part: null,
      delta: { value: 0.3, against: 'previous run' },
    });
    expect(last?.composite).toBeCloseTo(0.8);
  });

  it('says how far the newest came when none is whole, and compares it with nothing', async () => {
    const runs = [runOf('stopped', 'cancelled', [variant('a', 0.9)], CASES), runOf('old', 'cancelled', [])];
    const some = { ...variant('a', 0.9), samples: { pass: 2, fail: 0, error: 0, unscored: 0 } };
    const history = historyOf([runOf('tried', 'finished', [some], 2), ...runs]);
    const { last } = await readPast(history, {}, { ...alone, toBaseline: async () => differing({ a: 1 }) });
    // `stopped` came to its end before the stop reached it: it is whole.
    expect(last).toMatchObject({ runId: 'stopped', part: null });
    const only = await readPast(historyOf([runOf('tried', 'finished', [some], 2)]), {}, alone);
    expect(only.last).toMatchObject({ runId: 'tried', part: { done: 2, planned: 2 }, delta: null });
  });

  it('is compared with a committed baseline first, over the variants that both have', async () => {
    const runs = [
      runOf('new', 'finished', [variant('a', 0.9), variant('b', 0.7)]),
      runOf('old', 'finished', [variant('a', 0.1)]),
    ];
    const toBaseline = async () => differing({ a: -0.05 });
    const compare = { ...alone, toBaseline, toRun: () => differing({ a: 0.8, b: 0 }) };
    const { last } = await readPast(historyOf(runs), {}, compare);
    expect(last?.delta).toEqual({ value: -0.05, against: 'baseline' });
  });

  describe('without a baseline', () => {
    const at = (id: string, git: RunSummary['header']['git'], part: Partial<RunSummary['header']> = {}): RunSummary => {
      const run = runOf(id, 'finished', [variant('a', 0.9)]);
      return { ...run, header: { ...run.header, git, ...part } };
    };
    const head = { commit: 'head', dirty: false };
    const edited = { commit: 'head', dirty: true };
    const past = async (runs: readonly RunSummary[], commit: string | null = 'head') => {
      const toRun: Compare['toRun'] = (_run, before) => differing({ a: before.header.id === 'of head' ? 0.5 : 0.1 });
      const { last } = await readPast(historyOf(runs), {}, { ...alone, toRun, headCommit: async () => commit });
      return last?.delta;
    };

    it('is compared with the files as HEAD has them', async () => {
      const previous = at('previous', edited);
      expect(await past([at('new', edited), previous, at('of head', head)])).toEqual({ value: 0.5, against: 'HEAD' });
      const revision = at('of head', head, { revision: 'main' });
      expect(await past([revision, at('new', edited), previous])).toEqual({ value: 0.5, against: 'HEAD' });
    });

    it.each([
      ['HEAD is another commit', [at('new', edited), at('of head', head)], 'other'],
      ['there is no repository', [at('new', null), at('of head', head)], null],
      ['it is of HEAD itself', [at('new', head), at('of head', edited)], 'head'],
      [
        'that run took some cases only',
        [at('new', edited), at('previous', edited), at('of head', head, { selection: { cases: 1 } })],
        'head',
      ],
    ])('is compared with the run before where %s', async (_why, runs, commit) => {
      expect(await past(runs, commit)).toMatchObject({ against: 'previous run' });
    });
  });

  it('is of the asked prompt only', async () => {
    const other = { ...variant('b', 0.1), variant: { ...variant('b', 0.1).variant, prompt: 'b.prompt' } };
    const runs = [runOf('new', 'finished', [variant('a', 0.9), other])];
    const compare = { ...alone, toBaseline: async () => differing({ a: 0.2, b: -1 }) };
    const { last } = await readPast(historyOf(runs), { promptPath: 'a.prompt' }, compare);
    expect(last).toMatchObject({ composite: 0.9, counts: { pass: 3 }, delta: { value: 0.2 } });
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
