import { describe, expect, it } from 'vitest';
import { TouchstoneError } from '../../../../src/engine/error.ts';
import { type MarkChange, NO_MARKS } from '../../../../src/engine/history/runMarks.ts';
import { PlaygroundHistory } from '../../../../src/extension/playground/playgroundHistory.ts';
import type { RunAction } from '../../../../src/extension/runActions.ts';
import type { RemoteWorker } from '../../../../src/extension/workerClient.ts';
import type { FoundRuns, RunListItem, RunListQuery } from '../../../../src/protocol/history.ts';
import type { HostMessage } from '../../../../src/protocol/views.ts';

const runOf = (id: string): RunListItem => ({
  ...{ id, rescoreOf: null, revision: null, suite: 's', status: 'finished', startedAt: `2026-01-0${id}T00:00:00Z` },
  ...{ finishedAt: null, git: null, dataset: 'd', cases: 1, selection: { cases: 1 }, marks: NO_MARKS, variants: [] },
});
const FOUND: FoundRuns = { runs: [runOf('2'), runOf('1')], total: 2, problem: null, words: null, caseTags: [] };

function setUp(action: RunAction | null = null, refused: string | null = null) {
  const log: string[] = [];
  const posted: HostMessage[] = [];
  const worker = {
    runs: async (file: string, query: RunListQuery) => {
      log.push(`runs ${file} ${query.text}${query.archived ? ' archived' : ''}`);
      return FOUND;
    },
    markRun: async (file: string, id: string, change: MarkChange) => {
      if (refused !== null) throw new TouchstoneError('history-locked', refused);
      log.push(`mark ${file} ${id} ${JSON.stringify(change)}`);
    },
    deleteRun: async (file: string, id: string) => log.push(`delete ${file} ${id}`),
  } as unknown as RemoteWorker;
  const history = new PlaygroundHistory({
    post: (message) => posted.push(message),
    worker: () => worker,
    log: (words) => log.push(`log ${words}`),
    file: () => '/w/a.prompt',
    chooseRunAction: async ({ id }) => {
      log.push(`choose ${id}`);
      return action;
    },
    pickRun: async (_runs, not) => (not === '1' ? '2' : '1'),
    useAsBaseline: (_file, id) => log.push(`baseline ${id}`),
    saveReport: async (_file, { runId, before }) => void log.push(`report ${before} ${runId}`),
    tell: (words) => log.push(`tell ${words}`),
    onChanged: (deleted) => log.push(`changed ${deleted}`),
  });
  const settled = () => new Promise((resolve) => setTimeout(resolve, 5));
  return { history, log, posted, settled };
}

describe('the history tab', () => {
  it('lists what was asked for, and keeps to it', async () => {
    const { history, log, posted, settled } = setUp();
    await history.send();
    history.handle({ type: 'find-runs', query: { text: 'pinned', archived: true } });
    await settled();
    await history.send();
    history.restart();
    await history.send();
    expect(log).toEqual([
      'runs /w/a.prompt ',
      'runs /w/a.prompt pinned archived',
      'runs /w/a.prompt pinned archived',
      'runs /w/a.prompt ',
    ]);
    expect(posted[1]).toMatchObject({ type: 'history', state: { query: { text: 'pinned' }, total: 2, note: null } });
  });

  it('pins a run, and lists the runs again', async () => {
    const { history, log, settled } = setUp();
    history.handle({ type: 'pin-run', runId: '1', pinned: true });
    await settled();
    expect(log).toEqual(['mark /w/a.prompt 1 {"pinned":true}', 'changed null', 'runs /w/a.prompt ']);
  });

  it('says why a run could not be marked', async () => {
    const { history, log, settled } = setUp(null, 'The history is locked.');
    history.handle({ type: 'pin-run', runId: '1', pinned: true });
    await settled();
    expect(log).toEqual(['tell The history is locked.']);
  });

  it.each([
    [
      { kind: 'mark', change: { name: 'a' } } as const,
      ['mark /w/a.prompt 1 {"name":"a"}', 'changed null', 'runs /w/a.prompt '],
    ],
    [{ kind: 'delete' } as const, ['delete /w/a.prompt 1', 'changed 1', 'runs /w/a.prompt ']],
    [{ kind: 'use-as-baseline' } as const, ['baseline 1']],
    [{ kind: 'report' } as const, ['report null 1']],
    [{ kind: 'compare' } as const, ['runs /w/a.prompt  archived']],
    [null, []],
  ])('does what the reader chose: %j', async (action, done) => {
    const { history, log, posted, settled } = setUp(action);
    await history.send();
    log.length = 0;
    history.handle({ type: 'run-actions', runId: '1' });
    await settled();
    expect(log).toEqual(['choose 1', ...done]);
    if (action?.kind === 'compare')
      expect(posted.at(-1)).toEqual({ type: 'open-comparison', ids: { before: '1', after: '2' } });
  });

  it('asks nothing about a run that is not listed', async () => {
    const { history, log, settled } = setUp({ kind: 'delete' });
    await history.send();
    history.handle({ type: 'run-actions', runId: 'other' });
    await settled();
    expect(log).toEqual(['runs /w/a.prompt ']);
  });
});
