import { expect, it } from 'vitest';
import { NO_MARKS } from '../../../../src/engine/history/runMarks.ts';
import type { RunVariant, VariantSummary } from '../../../../src/engine/run/run.ts';
import type { RunListItem } from '../../../../src/protocol/history.ts';
import type { ResultsState } from '../../../../src/protocol/views.ts';
import { countsOf, scopeOf } from '../../../../webview/results/scope.ts';

const variant = (id: string, prompt: string): RunVariant => ({
  ...{ id, prompt, promptVersion: 'v', model: 'a/b' },
  ...{ params: {}, signatures: {} },
});
const summary = (of: RunVariant, pass: number): VariantSummary => ({
  variant: of,
  samples: { pass, fail: 0, error: 0, unscored: 0 },
  ...{ composite: null, metrics: {}, latencyMs: null, tokens: null, costUsd: null },
});
const [mine, other] = [variant('1', 'mine.prompt'), variant('2', 'other.prompt')];
const run: RunListItem = {
  ...{
    id: 'r',
    suite: 's',
    rescoreOf: null,
    revision: null,
    status: 'finished',
    startedAt: '',
    finishedAt: null,
    git: null,
  },
  ...{
    dataset: 'd',
    cases: 9,
    selection: { cases: 9 },
    marks: NO_MARKS,
    variants: [summary(mine, 3), summary(other, 5)],
  },
};
const results: ResultsState = {
  ...{ run, metrics: [], policy: null, variants: [mine, other], baseline: {}, toFirst: {} },
  ...{ ofPrompt: ['1'], doubts: [], isJudged: false, isScoredOtherwise: false, isNewest: true, note: null },
};

it('is the prompt that is on show, with its figures alone', () => {
  const scope = scopeOf(results, run, false);
  expect(scope).toMatchObject({ prompts: 2, prompt: 'mine.prompt' });
  expect(scope.results.variants).toEqual([mine]);
  expect(countsOf(scope, null).map(({ pass }) => pass)).toEqual([3]);
  const counts = { pass: 1, fail: 0, error: 0, unscored: 0 };
  const live = { ...{ runId: 'r', done: 2, planned: 9, composite: 1, costUsd: null, counts }, variants: {} };
  const variants = { 1: { composite: 1, counts }, 2: { composite: 0, counts } };
  expect(countsOf(scope, { ...live, variants })).toEqual([counts]);
});

it('is the whole run when that is asked for, or when a suite is on show', () => {
  for (const scope of [scopeOf(results, run, true), scopeOf({ ...results, ofPrompt: [] }, run, false)]) {
    expect(scope).toMatchObject({ prompts: 2, prompt: null });
    expect(countsOf(scope, null).map(({ pass }) => pass)).toEqual([3, 5]);
  }
});
