import { describe, expect, it } from 'vitest';
import { TouchstoneError } from '../../../../src/engine/error.ts';
import { NO_MARKS } from '../../../../src/engine/history/runMarks.ts';
import { AT_START } from '../../../../src/engine/problem.ts';
import { Playground } from '../../../../src/extension/playground/playground.ts';
import type { PlaygroundMemory } from '../../../../src/extension/playground/playgroundPorts.ts';
import { RunController } from '../../../../src/extension/runController.ts';
import { StateCache } from '../../../../src/extension/stateCache.ts';
import type { RemoteWorker } from '../../../../src/extension/workerClient.ts';
import { messagesKey } from '../../../../src/node/messagesKey.ts';
import type { CaseToRun } from '../../../../src/protocol/answers.ts';
import type { RunListItem } from '../../../../src/protocol/history.ts';
import type { HostMessage, PreviewState, ResultsState } from '../../../../src/protocol/views.ts';
import type { EvaluateAnswer, PromptState, SuiteState } from '../../../../src/protocol/worker.ts';

const PROMPT = '/w/prompts/triage.prompt';
const OTHER = '/w/prompts/other.prompt';
const SUITE = '/w/evals/triage.eval.yaml';
const SUITE_2 = '/w/evals/second.eval.yaml';

const promptState = (path: string, change: Partial<PromptState> = {}): PromptState => ({
  path,
  isPrompt: true,
  suites: [SUITE, SUITE_2],
  cases: 3,
  estimateUsd: null,
  last: null,
  runCount: 0,
  model: 'replay/x',
  modelReady: true,
  errors: 0,
  usedBy: null,
  version: 'v1',
  historyNote: null,
  ...change,
});
const suiteState = (path: string): SuiteState => ({
  path,
  prompts: [PROMPT],
  dataset: null,
  dataPath: null,
  last: null,
  runCount: 0,
  estimateUsd: null,
  errors: 0,
  historyNote: null,
});
const problem = {
  severity: 'error',
  code: 'unknown-variable',
  message: 'No.',
  file: PROMPT,
  range: AT_START,
} as const;
const previewOf = (caseIndex: number): PreviewState => ({
  caseIndex,
  caseCount: 3,
  caseId: `case-${caseIndex}`,
  vars: {},
  given: [],
  edited: [],
  fields: [],
  expected: null,
  messages: [],
  sources: [[[{ start: 0, end: 9, file: PROMPT, range: AT_START, kind: 'text', variable: null, isMissing: false }]]],
  isStale: false,
  problems: [problem],
});
const NO_COMPARISON = {
  baseline: {},
  toFirst: {},
  ofPrompt: [],
  doubts: [],
  isJudged: false,
  isScoredOtherwise: false,
  isNewest: true,
};
const runOf = (id: string): RunListItem => ({
  id,
  rescoreOf: null,
  revision: null,
  suite: 'evals/triage.eval.yaml',
  status: 'finished',
  startedAt: '2026-03-01T12:00:00Z',
  finishedAt: null,
  git: null,
  dataset: 'd',
  cases: 3,
  selection: { cases: 3 },
  marks: NO_MARKS,
  variants: [],
});

function setUp(memory: Partial<PlaygroundMemory> = {}, worker: Partial<RemoteWorker> = {}) {
  const posted: HostMessage[] = [];
  const done: string[] = [];
  const asked: string[] = [];
  const remembered: PlaygroundMemory[] = [];
  const logged: string[] = [];
  const typed: ((text: string) => void)[] = [];
  const remote = {
    preview: async (path: string, caseIndex: number, suite?: string) => {
      asked.push(`preview ${path} ${caseIndex} ${suite}`);
      return previewOf(caseIndex);
    },
    runs: async () => ({ runs: [runOf('newest'), runOf('older')], total: 2, problem: null, words: null }),
    results: async (path: string, id: string | null) => {
      asked.push(`results ${path} ${id}`);
      return { run: runOf(id ?? 'newest'), metrics: [], variants: [], ...NO_COMPARISON, note: null };
    },
    samples: async (path: string, query: { runId: string }) => {
      asked.push(`samples ${path} ${query.runId}`);
      return { query, total: 0, rows: [] };
    },
    caseLocation: async () => ({ path: '/w/evals/triage.csv', line: 7 }),
    runCase: async (_id: string, path: string, { caseIndex, suitePath }: CaseToRun) => {
      asked.push(`run ${path} ${caseIndex} ${suitePath}`);
      return { ok: false, cancelled: true, partial: '', error: {} };
    },
    stop: async () => undefined,
    ...worker,
  } as unknown as RemoteWorker;
  const controller = new RunController({
    worker: () => remote,
    isTrusted: () => true,
    beforeRun: () => undefined,
    onError: () => undefined,
    stored: () => undefined,
    store: () => undefined,
  });
  const chosenSuites = new Map<string, string>();
  const failed = (error: unknown) => logged.push(String(error));
  const playground = new Playground(
    {
      post: (message) => posted.push(structuredClone(message)),
      worker: () => remote,
      controller,
      prompts: new StateCache(async (path) => promptState(path), failed),
      suites: new StateCache(async (path) => suiteState(path), failed),
      chosenSuites,
      remember: (kept) => remembered.push(kept),
      log: (words) => logged.push(words),
      actions: {
        evaluate: (suite) => done.push(`evaluate ${suite}`),
        revealLocation: ({ path, line }) => done.push(`reveal ${path}:${line}`),
        revealProblem: ({ code }) => done.push(`reveal ${code}`),
        connectModel: (prompt) => done.push(`connect ${prompt}`),
        addCases: (prompt) => done.push(`add ${prompt}`),
        scrollEditor: ({ file }, offset) => done.push(`scroll ${file} ${offset}`),
        revealSource: ({ file }, offset) => done.push(`source ${file} ${offset}`),
        editText: (name, text, onChange) => {
          done.push(`edit ${name} ${text}`);
          typed.push(onChange);
        },
        saveCase: async (saved) => {
          done.push(`save ${saved.ok ? saved.path : saved.message}`);
          return saved.ok;
        },
        useAsBaseline: (file, runId) => done.push(`baseline ${file} ${runId}`),
        openDiff: async () => {},
        pickRun: async () => null,
        chooseRunAction: async () => null,
        saveReport: async (file, { runId }) => void done.push(`report ${file} ${runId}`),
        tell: (words) => done.push(`tell ${words}`),
        copy: (text) => done.push(`copy ${text}`),
        rater: () => 'ada',
        rescore: (suite, runId) => done.push(`rescore ${suite} ${runId}`),
        resume: (suite, runId) => done.push(`resume ${suite} ${runId}`),
        editSuite: async (written) => {
          done.push(`suite ${written.ok ? written.path : written.message}`);
          return written.ok;
        },
        askModel: async (path) => {
          done.push(`model ${path}`);
          return 'lab/other';
        },
        askParams: async () => null,
      },
    },
    { file: PROMPT, pinned: false, tab: 'preview', caseIndex: 0, edits: [], ...memory },
  );
  const ask = async (message: unknown) => {
    playground.receive(message);
    await new Promise((resolve) => setTimeout(resolve, 5));
  };
  const last = <T extends HostMessage['type']>(type: T) =>
    posted.filter((message): message is Extract<HostMessage, { type: T }> => message.type === type).at(-1);
  return { playground, controller, posted, done, asked, remembered, logged, typed, ask, last, chosenSuites };
}

describe('the playground', () => {
  it('sends whole slices to a view that says it is ready', async () => {
    const { ask, last, asked } = setUp();
    await ask({ type: 'ready' });
    expect(last('playground')?.state).toEqual({
      promptName: 'triage.prompt',
      promptVersion: 'v1',
      model: 'replay/x',
      modelReady: true,
      usedBy: null,
      pinned: false,
      tab: 'preview',
      suites: ['triage.eval.yaml', 'second.eval.yaml'],
      suite: 'triage.eval.yaml',
      running: null,
    });
    expect(last('preview')?.state).toEqual(previewOf(0));
    expect(last('answers')?.state).toEqual({
      lanes: [{ id: '1', model: null, params: {}, version: 'working' }],
      followUps: [],
      answers: [[{ status: 'idle' }]],
      draft: { text: '', target: null },
      hasRoom: true,
      outdated: [],
    });
    expect(asked).toContain(`preview ${PROMPT} 0 ${SUITE}`);
  });

  it('drops what does not parse', async () => {
    const { ask, posted, done, logged } = setUp();
    for (const message of [
      null,
      'ready',
      { type: 'open', path: '/etc/passwd' },
      { type: 'select-case', caseIndex: -1 },
    ])
      await ask(message);
    expect(posted).toEqual([]);
    expect(done).toEqual([]);
    expect(logged).toHaveLength(4);
  });

  it('comes back as it was left', async () => {
    const { ask, last } = setUp({ tab: 'history', pinned: true, caseIndex: 2 });
    await ask({ type: 'ready' });
    expect(last('playground')?.state).toMatchObject({ tab: 'history', pinned: true });
    expect(last('preview')?.state.caseIndex).toBe(2);
    expect(last('history')?.state.runs.map(({ id }) => id)).toEqual(['newest', 'older']);
  });

  it('follows the active editor unless pinned, and shows what it is asked to even then', async () => {
    const { playground, ask, last } = setUp();
    await ask({ type: 'ready' });
    playground.follow(OTHER);
    await ask({ type: 'ready' });
    expect(last('playground')?.state.promptName).toBe('other.prompt');
    await ask({ type: 'set-pinned', pinned: true });
    playground.follow(PROMPT);
    expect(playground.file).toBe(OTHER);
    playground.show(PROMPT, 'results');
    expect(playground.file).toBe(PROMPT);
  });

  it('of a suite shows the suite with its first prompt', async () => {
    const { ask, last, playground } = setUp({ file: SUITE_2 });
    await ask({ type: 'ready' });
    await ask({ type: 'ready' });
    expect(playground.promptPath).toBe(PROMPT);
    expect(last('playground')?.state).toMatchObject({ promptName: 'triage.prompt', suite: 'second.eval.yaml' });
  });

  it('shows the newest run until another one is selected', async () => {
    const { playground, ask, last } = setUp();
    await ask({ type: 'select-tab', tab: 'results' });
    expect(last('results')?.state.run?.id).toBe('newest');
    await ask({ type: 'select-run', runId: 'older' });
    expect(last('results')?.state.run?.id).toBe('older');
    await ask({ type: 'ready' });
    playground.showRun(SUITE);
    await ask({ type: 'select-tab', tab: 'results' });
    expect(last('results')?.state.run?.id).toBe('newest');
  });

  it('of a run that goes on asks once, and shows its figures as they come', async () => {
    const progress = { suitePath: SUITE, planned: 100, costUsd: 0, finished: false, variants: {} };
    const at = (done: number) => ({
      ...progress,
      runId: 'live',
      done,
      composite: 0.5,
      counts: { pass: done, fail: 0, error: 0, unscored: 0 },
    });
    const ended = Promise.withResolvers<EvaluateAnswer>();
    const { ask, asked, controller, last } = setUp({ tab: 'results' }, { evaluate: () => ended.promise });
    await ask({ type: 'ready' });
    await ask({ type: 'ready' });
    asked.length = 0;
    const evaluation = controller.evaluate(SUITE);
    const [{ callId } = { callId: '' }] = controller.evaluations();
    for (let done = 0; done <= 100; done += 5) controller.onProgress(callId, at(done));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(asked).toEqual([`results ${PROMPT} live`]);
    expect(last('results')?.state.run?.id).toBe('live');
    expect(last('playground')?.state.running).toMatchObject({ runId: 'live', done: 100, composite: 0.5 });
    ended.resolve({ started: false, problems: [] });
    await evaluation;
    expect(last('playground')?.state.running).toBeNull();
  });

  it('does not let the late answer of one file replace that of the next', async () => {
    const slow = Promise.withResolvers<ResultsState>();
    const stateOf = (id: string): ResultsState => ({
      run: runOf(id),
      metrics: [],
      policy: null,
      variants: [],
      ...NO_COMPARISON,
      note: null,
    });
    const { ask, playground, posted } = setUp(
      { tab: 'results' },
      { results: (path: string) => (path === PROMPT ? slow.promise : Promise.resolve(stateOf('of the other'))) },
    );
    await ask({ type: 'ready' });
    await ask({ type: 'ready' });
    playground.show(OTHER);
    await ask({ type: 'ready' });
    slow.resolve(stateOf('late'));
    await ask({ type: 'ready' });
    const shown = posted.flatMap((message) => (message.type === 'results' ? [message.state.run?.id] : []));
    expect(new Set(shown)).toEqual(new Set(['of the other']));
  });

  it('says in the tabs why a history cannot be read', async () => {
    const refuse = async () => {
      throw new TouchstoneError('history-newer', 'Too new.', { remedy: 'Update.' });
    };
    const { ask, last } = setUp({}, { runs: refuse, results: refuse });
    await ask({ type: 'select-tab', tab: 'results' });
    await ask({ type: 'select-tab', tab: 'history' });
    expect(last('results')?.state).toMatchObject({ run: null, note: 'Too new. Update.' });
    expect(last('history')?.state).toMatchObject({ runs: [], note: 'Too new. Update.' });
  });

  it('evaluates the suite that was chosen, and remembers it for the prompt', async () => {
    const { ask, done, chosenSuites } = setUp();
    await ask({ type: 'ready' });
    await ask({ type: 'evaluate' });
    await ask({ type: 'select-suite', index: 1 });
    await ask({ type: 'evaluate' });
    await ask({ type: 'select-suite', index: 9 });
    await ask({ type: 'evaluate' });
    expect(done).toEqual([`evaluate ${SUITE}`, `evaluate ${SUITE_2}`, `evaluate ${SUITE_2}`]);
    expect(chosenSuites.get(PROMPT)).toBe(SUITE_2);
  });

  it('runs the case that is on show', async () => {
    const { ask, asked, remembered } = setUp();
    await ask({ type: 'ready' });
    await ask({ type: 'select-case', caseIndex: 2 });
    await ask({ type: 'run' });
    expect(asked).toContain(`run ${PROMPT} 2 ${SUITE}`);
    expect(remembered.at(-1)?.caseIndex).toBe(2);
  });

  it('leads to where a text comes from, and scrolls an editor that shows it', async () => {
    const { ask, done } = setUp();
    await ask({ type: 'ready' });
    await ask({ type: 'reveal-source', message: 0, part: 0, offset: 1 });
    await ask({ type: 'follow-source', message: 0, part: 0, offset: 1 });
    await ask({ type: 'follow-source', message: 9, part: 0, offset: 1 });
    expect(done).toEqual([`source ${PROMPT} 1`, `scroll ${PROMPT} 1`]);
  });

  it('answers for pages, and passes on what only an editor can do', async () => {
    const { ask, asked, done, last } = setUp();
    await ask({ type: 'ready' });
    const query = {
      runId: 'newest',
      offset: 0,
      limit: 100,
      sort: 'case',
      descending: false,
      statuses: [],
      variantIds: [],
      text: '',
    };
    await ask({ type: 'get-page', query });
    expect(last('page')?.page.query).toEqual(query);
    expect(asked).toContain(`samples ${PROMPT} newest`);
    await ask({ type: 'reveal-case', caseIndex: 1 });
    await ask({ type: 'reveal-problem', index: 0 });
    await ask({ type: 'reveal-problem', index: 5 });
    await ask({ type: 'connect-model' });
    await ask({ type: 'add-cases' });
    await ask({ type: 'copy', text: 'x' });
    expect(done).toEqual([
      'reveal /w/evals/triage.csv:7',
      'reveal unknown-variable',
      `connect ${PROMPT}`,
      `add ${PROMPT}`,
      'copy x',
    ]);
  });
});

describe('the answers of the playground', () => {
  const answerTo =
    (sent: string, output = 'Hello') =>
    async () => ({
      ok: true,
      output,
      ...{ latencyMs: 5, firstTokenMs: 1, inputTokens: 3, outputTokens: 1, costUsd: null },
      ...{ finishReason: 'stop', toolCalls: [], refusedStream: false, check: null, sent },
    });

  it('are those of the case on show', async () => {
    const { ask, last } = setUp({}, { runCase: answerTo('x') } as never);
    await ask({ type: 'ready' });
    await ask({ type: 'run' });
    expect(last('answers')?.state.answers).toMatchObject([[{ status: 'done', text: 'Hello' }]]);
    await ask({ type: 'select-case', caseIndex: 1 });
    expect(last('answers')?.state.answers).toEqual([[{ status: 'idle' }]]);
    await ask({ type: 'select-case', caseIndex: 0 });
    expect(last('answers')?.state.answers).toMatchObject([[{ status: 'done', text: 'Hello' }]]);
  });

  it('are said to be to an earlier text once the messages are others', async () => {
    let messages: PreviewState['messages'] = [{ role: 'user', content: [{ text: 'one' }] }];
    const preview = async () => ({ ...previewOf(0), messages });
    const runCase = async () => answerTo(messagesKey(messages))();
    const { ask, last, playground } = setUp({}, { preview, runCase } as never);
    await ask({ type: 'ready' });
    await ask({ type: 'run' });
    expect(last('answers')?.state.outdated).toEqual([]);
    messages = [{ role: 'user', content: [{ text: 'two' }] }];
    playground.refreshPreview();
    await expect.poll(() => last('answers')?.state.outdated).toEqual(['1']);
    messages = [{ role: 'user', content: [{ text: 'one' }] }];
    playground.refreshPreview();
    await expect.poll(() => last('answers')?.state.outdated).toEqual([]);
  });

  it('get lanes by what the user is asked for, and nothing is sent for them yet', async () => {
    const { ask, last, asked, done } = setUp();
    await ask({ type: 'ready' });
    await ask({ type: 'add-lane', kind: 'model' });
    await ask({ type: 'add-lane', kind: 'params' });
    await ask({ type: 'add-lane', kind: 'HEAD' });
    expect(done).toEqual([`model ${PROMPT}`]);
    expect(last('answers')?.state.lanes).toEqual([
      { id: '1', model: null, params: {}, version: 'working' },
      { id: '2', model: 'lab/other', params: {}, version: 'working' },
      { id: '3', model: null, params: {}, version: 'HEAD' },
    ]);
    await ask({ type: 'change-lane', lane: '3', kind: 'model' });
    await ask({ type: 'remove-lane', lane: '1' });
    expect(last('answers')?.state.lanes).toEqual([
      { id: '2', model: 'lab/other', params: {}, version: 'working' },
      { id: '4', model: 'lab/other', params: {}, version: 'HEAD' },
    ]);
    expect(asked.filter((one) => one.startsWith('run'))).toEqual([]);
    for (let more = 0; more < 9; more += 1) await ask({ type: 'add-lane', kind: 'HEAD' });
    expect(last('answers')?.state).toMatchObject({ hasRoom: false, lanes: { length: 6 } });
  });

  it('become a case with the turns before them', async () => {
    const saved: unknown[] = [];
    const savedCase = async (_path: string, what: unknown) => {
      saved.push(what);
      return { ok: false, message: 'No dataset.' };
    };
    const { ask } = setUp({}, { runCase: answerTo('x', 'Blue.'), savedCase } as never);
    await ask({ type: 'run' });
    await ask({ type: 'set-draft', text: 'Why?' });
    await ask({ type: 'send-draft' });
    await ask({ type: 'save-case', lane: '1' });
    const turns = [
      { role: 'model', content: [{ text: 'Blue.' }] },
      { role: 'user', content: [{ text: 'Why?' }] },
    ];
    expect(saved).toEqual([{ caseIndex: 0, vars: {}, expected: 'Blue.', turns }]);
  });
});

describe('the variables of the playground', () => {
  const state = (extra: Partial<PreviewState> = {}): PreviewState => ({
    ...previewOf(0),
    vars: { text: 'long' },
    ...extra,
  });

  it('are edited, sent with the next preview and run, kept, and given back', async () => {
    const given: unknown[] = [];
    const preview = async (_path: string, _index: number, _suite?: string, vars?: object) => {
      given.push(vars);
      return state();
    };
    const runCase = async (...args: unknown[]) => {
      given.push((args[2] as CaseToRun).vars);
      return { ok: false, cancelled: true, partial: '', error: {} };
    };
    const { ask, remembered, done, typed } = setUp({}, { preview, runCase } as never);
    await ask({ type: 'ready' });
    await ask({ type: 'set-variables', values: { who: 'Zoë' } });
    await ask({ type: 'run' });
    expect(given.slice(-2)).toEqual([{ who: 'Zoë' }, { who: 'Zoë' }]);
    expect(remembered.at(-1)?.edits).toEqual([[`0 ${PROMPT}`, { who: 'Zoë' }]]);
    await ask({ type: 'open-variable', name: 'text' });
    expect(done).toContain('edit text long');
    typed[0]?.('longer');
    await ask({ type: 'reset-variables', names: ['who'] });
    expect(given.at(-1)).toEqual({ text: 'longer' });
  });

  it('become a case of the dataset, which is then on show', async () => {
    const asked: unknown[] = [];
    const savedCase = async (_path: string, what: unknown) => {
      asked.push(what);
      return { ok: true, path: '/w/d.csv', length: 3, edits: [], caseIndex: 2 };
    };
    const { ask, done, playground, remembered } = setUp({}, { savedCase } as never);
    await ask({ type: 'ready' });
    await ask({ type: 'set-variables', values: { who: 'Zoë' } });
    await ask({ type: 'save-case', lane: null });
    expect(asked).toEqual([{ caseIndex: 0, vars: { who: 'Zoë' }, expected: null, turns: [] }]);
    expect(done).toContain('save /w/d.csv');
    expect(playground.caseIndex).toBe(2);
    expect(remembered.at(-1)?.edits).toEqual([]);
  });

  it('stay edited when the case could not be saved', async () => {
    const savedCase = async () => ({ ok: false, message: 'No dataset.' });
    const { ask, done, playground } = setUp({}, { savedCase } as never);
    await ask({ type: 'set-variables', values: { who: 'Zoë' } });
    await ask({ type: 'save-case', lane: '1' });
    expect(done).toContain('save No dataset.');
    expect(playground.variables).toEqual({ who: 'Zoë' });
  });
});

it('asks for one preview at a time, and once more for all that was typed meanwhile', async () => {
  let asked = 0;
  let finish = () => {};
  const preview = async () => {
    asked += 1;
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
    return previewOf(0);
  };
  const { playground } = setUp({}, { preview } as never);
  for (let key = 0; key < 5; key += 1) playground.refreshPreview();
  expect(asked).toBe(1);
  finish();
  await expect.poll(() => asked).toBe(2);
  finish();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(asked).toBe(2);
});
