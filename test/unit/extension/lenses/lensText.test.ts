import { describe, expect, it } from 'vitest';
import {
  type Activity,
  ago,
  partialLens,
  progressWords,
  promptLenses,
  QUIET,
  suiteLenses,
} from '../../../../src/extension/lenses/lensText.ts';
import type { LastResult, PromptState, RunProgress, SuiteState } from '../../../../src/protocol/worker.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const LAST: LastResult = {
  runId: 'r1',
  finishedAt: '2026-03-01T11:57:00Z',
  composite: 0.858,
  counts: { pass: 21, fail: 2, error: 1, unscored: 0 },
  part: null,
  delta: { value: 0.04, against: 'baseline' },
  prompts: [],
  edited: false,
};
const PROMPT: PromptState = {
  path: '/w/triage.prompt',
  isPrompt: true,
  suites: ['/w/triage.eval.yaml'],
  cases: 24,
  estimateUsd: 0.031,
  last: LAST,
  runCount: 12,
  model: 'openai/gpt-5-mini',
  modelReady: true,
  errors: 0,
  usedBy: null,
  version: 'a'.repeat(64),
  historyNote: null,
};
const PROGRESS: RunProgress = {
  runId: 'r2',
  suitePath: '/w/triage.eval.yaml',
  done: 14,
  planned: 24,
  counts: { pass: 12, fail: 2, error: 0, unscored: 0 },
  composite: 0.834,
  costUsd: 0.018,
  variants: {},
  finished: false,
};
const EVALUATING: Activity = { evaluation: PROGRESS, runningCase: false };

const RUN = ['$(play) Run', 'touchstone.run'];
const EVALUATE = ['$(beaker) Evaluate 24 cases (~$0.03)', 'touchstone.evaluate'];
const RESULT = ['$(graph-line) 0.86 ▲0.04 vs baseline · 21 pass 2 fail 1 error · 3 min ago', 'touchstone.showResults'];
const HISTORY = ['$(history) 12 runs', 'touchstone.showHistory'];

describe('the lenses of a prompt', () => {
  const table: readonly [name: string, PromptState | undefined, Activity, readonly (readonly string[])[]][] = [
    ['evaluated', PROMPT, QUIET, [RUN, EVALUATE, RESULT, HISTORY]],
    [
      'not known yet',
      undefined,
      QUIET,
      [
        RUN,
        ['$(beaker) Evaluate', 'touchstone.evaluate'],
        ['$(graph-line) Not evaluated yet', 'touchstone.showResults'],
        ['$(history) No runs', 'touchstone.showHistory'],
      ],
    ],
    [
      'not evaluated yet',
      { ...PROMPT, last: null, runCount: 0, estimateUsd: null },
      QUIET,
      [
        RUN,
        ['$(beaker) Evaluate 24 cases', 'touchstone.evaluate'],
        ['$(graph-line) Not evaluated yet', 'touchstone.showResults'],
        ['$(history) No runs', 'touchstone.showHistory'],
      ],
    ],
    [
      'without a dataset',
      { ...PROMPT, suites: [], cases: null, last: null, runCount: 0 },
      QUIET,
      [
        RUN,
        ['$(add) Add test cases', 'touchstone.addCases'],
        ['$(graph-line) Not evaluated yet', 'touchstone.showResults'],
        ['$(history) No runs', 'touchstone.showHistory'],
      ],
    ],
    [
      'being evaluated',
      PROMPT,
      EVALUATING,
      [
        RUN,
        ['$(debug-stop) Stop', 'touchstone.stop'],
        ['$(sync~spin) 14/24 · 0.83 · $0.02', 'touchstone.showResults'],
        HISTORY,
      ],
    ],
    [
      'about to be evaluated',
      PROMPT,
      { evaluation: 'starting', runningCase: false },
      [RUN, ['$(debug-stop) Stop', 'touchstone.stop'], ['$(sync~spin) Starting', 'touchstone.showResults'], HISTORY],
    ],
    [
      'running a case',
      PROMPT,
      { evaluation: null, runningCase: true },
      [['$(debug-stop) Stop', 'touchstone.stop'], EVALUATE, RESULT, HISTORY],
    ],
    [
      'edited since',
      { ...PROMPT, last: { ...LAST, edited: true } },
      QUIET,
      [
        RUN,
        EVALUATE,
        [
          '$(circle-outline) before the edit: 0.86 ▲0.04 vs baseline · 21 pass 2 fail 1 error',
          'touchstone.showResults',
        ],
        HISTORY,
      ],
    ],
    [
      'without a model',
      { ...PROMPT, model: null, modelReady: false },
      QUIET,
      [['$(key) Connect a model', 'touchstone.connectModel'], EVALUATE, RESULT, HISTORY],
    ],
    [
      'with errors',
      { ...PROMPT, errors: 2, modelReady: false },
      QUIET,
      [['$(error) 2 errors', 'workbench.actions.view.problems'], EVALUATE, RESULT, HISTORY],
    ],
  ];
  it.each(table)('%s', (_name, state, activity, expected) => {
    expect(promptLenses(state, activity, NOW).map(({ title, command }) => [title, command])).toEqual(expected);
  });

  const results: readonly [name: string, Partial<LastResult>, string][] = [
    ['worse', { delta: { value: -0.021, against: 'previous run' } }, '0.86 ▼0.02 vs previous run · '],
    ['no different', { delta: { value: 0.001, against: 'baseline' } }, '0.86 = baseline · '],
    ['nothing to compare with', { delta: null }, '0.86 · 21 pass'],
    ['nothing scored', { composite: null, delta: null }, 'no score · '],
    ['all passed', { counts: { pass: 1, fail: 0, error: 0, unscored: 0 } }, ' · 1 pass · '],
    ['stopped at once', { counts: { pass: 0, fail: 0, error: 0, unscored: 0 } }, ' · no samples · '],
    ['unscored shown', { counts: { pass: 0, fail: 0, error: 0, unscored: 3 } }, ' · 3 unscored · '],
  ];
  it.each(results)('say of a result: %s', (_name, change, expected) => {
    expect(promptLenses({ ...PROMPT, last: { ...LAST, ...change } }, QUIET, NOW)[2].title).toContain(expected);
  });

  const prices: readonly [usd: number | null, string][] = [
    [null, '$(beaker) Evaluate 24 cases'],
    [0, '$(beaker) Evaluate 24 cases'],
    [0.004, '$(beaker) Evaluate 24 cases (<$0.01)'],
    [12.345, '$(beaker) Evaluate 24 cases (~$12.35)'],
  ];
  it.each(prices)('estimate %s', (estimateUsd, expected) => {
    expect(promptLenses({ ...PROMPT, estimateUsd }, QUIET, NOW)[1].title).toBe(expected);
  });
});

const SUITE: SuiteState = {
  path: '/w/triage.eval.yaml',
  prompts: [PROMPT.path],
  dataset: { path: 'triage.csv', format: 'csv', digest: 'd', cases: 1, columns: ['id'] },
  dataPath: '/w/triage.csv',
  last: LAST,
  runCount: 1,
  estimateUsd: null,
  errors: 0,
  historyNote: null,
};
it.each([
  [undefined, '$(references) Partial'],
  [0, '$(references) Partial, used by no prompt'],
  [1, '$(references) Used by 1 prompt'],
  [2, '$(references) Used by 2 prompts'],
])('a partial that %s prompts use says so', (uses, expected) => {
  const usedBy = Array.from({ length: uses ?? 0 }, () => ({ path: '/w/a.prompt', line: 0 }));
  expect(partialLens(uses === undefined ? undefined : { ...PROMPT, usedBy })).toBe(expected);
});

describe('the lenses of a suite', () => {
  const HEAD = '$(git-compare) Compare with HEAD';
  const titles = (state: SuiteState | undefined, activity = QUIET) =>
    suiteLenses(state, activity, NOW).map(({ title }) => title);

  it('are always four', () => {
    expect(titles(SUITE)).toEqual(['$(beaker) Evaluate 1 case', HEAD, RESULT[0], '$(history) 1 run']);
    expect(titles(undefined)).toHaveLength(4);
    expect(titles({ ...SUITE, errors: 1 })[0]).toBe('$(error) 1 error');
    expect(titles(SUITE, EVALUATING)).toEqual([
      '$(debug-stop) Stop',
      HEAD,
      '$(sync~spin) 14/24 · 0.83 · $0.02',
      '$(history) 1 run',
    ]);
  });
});

describe('the result of a suite with several prompts', () => {
  const of = (path: string, composite: number | null, value: number | null) => ({
    path,
    composite,
    delta: value === null ? null : ({ value, against: 'baseline' } as const),
  });
  it.each([
    [
      'each by itself',
      [of('p/new.prompt', 0.87, 0.03), of('p/old.prompt', 0.81, 0)],
      'new 0.87 ▲0.03, old 0.81 = vs baseline ·',
    ],
    ['without a change', [of('new.prompt', 0.87, null), of('old.prompt', null, null)], 'new 0.87, old no score ·'],
    ['more than fit', ['a', 'b', 'c', 'd'].map((name) => of(name, 0.5, null)), '(graph-line) 4 prompts · 21 pass'],
  ])('names %s', (_name, prompts, expected) => {
    expect(suiteLenses({ ...SUITE, last: { ...LAST, prompts } }, QUIET, NOW)[2].title).toContain(expected);
  });
});

it('counts errors in a progress, and leaves out what is not known', () => {
  const counts = { ...PROGRESS.counts, error: 1 };
  expect(progressWords({ ...PROGRESS, counts, composite: null, costUsd: null })).toBe('14/24 · 1 error');
});

it.each([
  ['2026-03-01T11:59:30Z', 'just now'],
  ['2026-03-01T12:00:30Z', 'just now'],
  ['2026-03-01T11:00:01Z', '59 min ago'],
  ['2026-03-01T11:00:00Z', '1 h ago'],
  ['2026-02-28T12:00:00Z', '1 day ago'],
  ['2026-02-01T12:00:00Z', '28 days ago'],
  ['2026-01-01T12:00:00Z', 'on 2026-01-01'],
])('%s was %s', (then, expected) => {
  expect(ago(then, NOW)).toBe(expected);
});
