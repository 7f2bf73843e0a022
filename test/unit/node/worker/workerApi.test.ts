import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Message, messageText } from '../../../../src/engine/prompt/message.ts';
import { applyEdits } from '../../../../src/engine/textEdit.ts';
import { createWorkerApi } from '../../../../src/node/worker/workerApi.ts';
import type { EditorRequest } from '../../../../src/protocol/models.ts';
import type { RunProgress, WorkerApi } from '../../../../src/protocol/worker.ts';

const CASES = 40;
let folder: string;
let api: WorkerApi;
let progress: RunProgress[];
let deltas: string[];
let asked: EditorRequest[];
let stopped: string[];
const at = (name: string) => path.join(folder, name);
const write = (name: string, text: string) => {
  fs.mkdirSync(path.dirname(at(name)), { recursive: true });
  fs.writeFileSync(at(name), text);
};
const rows = (count: number) =>
  Array.from({ length: count }, (_, index) => `c${index},Ann ${index},yes,${index % 4 === 0 ? 'no' : 'yes'}`);
const table = (count: number) => `${['id,who,expected,answer', ...rows(count)].join('\n')}\n`;

beforeEach(() => {
  folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'touchstone-worker-')));
  write('touchstone.yaml', '');
  write('prompts/hello.prompt', '---\nmodel: replay/answer\n---\n{{role "user"}}\nHello {{who}}, yes or no?\n');
  write(
    'evals/hello.eval.yaml',
    'prompts: [../prompts/hello.prompt]\ndata: ./hello.csv\nmetrics:\n  - equals: { expected: "{{expected}}" }\n',
  );
  write('evals/hello.csv', table(CASES));
  progress = [];
  deltas = [];
  asked = [];
  stopped = [];
  api = createWorkerApi({
    onDelta: (_callId, text) => void deltas.push(text),
    onCheck: () => undefined,
    onProgress: (_callId, told) => void progress.push(told),
    secret: async () => null,
    askEditorModel: async (callId, request) => {
      asked.push(request);
      if (request.model === 'slow') await new Promise(() => {});
      if (request.model === 'gone') return { ok: false, code: 'model-not-found', message: 'Gone.', remedy: 'Choose.' };
      api.onEditorDelta(callId, 'From ');
      api.onEditorDelta(callId, 'the editor');
      return { ok: true, output: 'From the editor', toolCalls: [] };
    },
    stopEditorModel: (callId) => void stopped.push(callId),
  });
  api.setFolders([folder], true);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await api.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

const caseToRun = (caseIndex: number) =>
  ({ caseIndex, model: null, params: {}, version: 'working', turns: [] }) as const;
const PROMPT = 'prompts/hello.prompt';
const SUITE = 'evals/hello.eval.yaml';

describe('a prompt that was never evaluated', () => {
  it('has a state, and looking at it makes no history', async () => {
    expect(await api.promptState(at(PROMPT))).toMatchObject({
      suites: [at(SUITE)],
      cases: CASES,
      last: null,
      runCount: 0,
      model: 'replay/answer',
      modelReady: true,
      usedBy: null,
      errors: 0,
      historyNote: null,
    });
    expect(await api.suiteState(at(SUITE))).toMatchObject({
      prompts: [at(PROMPT)],
      dataPath: at('evals/hello.csv'),
      dataset: { cases: CASES, format: 'csv' },
      errors: 0,
    });
    expect((await api.runs(at(PROMPT))).runs).toEqual([]);
    expect(fs.existsSync(at('.touchstone'))).toBe(false);
  });

  it('is previewed with a case, as it stands in the unsaved buffer', async () => {
    const before = await api.preview(at(PROMPT), 3);
    expect(before).toMatchObject({ caseIndex: 3, caseCount: CASES, caseId: 'c3', expected: 'yes', problems: [] });
    expect(before.messages.map(({ role }) => role)).toEqual(['user']);
    expect(before.messages.map(messageText).join().trim()).toBe('Hello Ann 3, yes or no?');
    api.setOverlay(at(PROMPT), 'Bye {{who}}');
    expect((await api.preview(at(PROMPT), 3)).messages[0]?.content).toEqual([{ text: 'Bye Ann 3' }]);
    api.setOverlay(at('evals/hello.csv'), 'id,who\nnew,Bo\n');
    expect(await api.preview(at(PROMPT), 3)).toMatchObject({ caseIndex: 0, caseCount: 1, caseId: 'new' });
    api.setOverlay(at(PROMPT), null);
    api.setOverlay(at('evals/hello.csv'), null);
    expect(await api.preview(at(PROMPT), CASES - 1)).toMatchObject({ caseId: `c${CASES - 1}`, caseCount: CASES });
    expect(await api.caseLocation(at(PROMPT), 3)).toEqual({ path: at('evals/hello.csv'), line: 4 });
  });

  it('is previewed with edited values, and says which they are and where texts come from', async () => {
    const preview = await api.preview(at(PROMPT), 3, undefined, { who: 'Zoë', extra: 1 });
    expect(preview).toMatchObject({ edited: ['who', 'extra'], vars: { who: 'Zoë', extra: 1 }, isStale: false });
    expect(preview.given).toEqual(['who', 'answer']);
    expect(preview.fields).toMatchObject([{ name: 'who', kind: 'text', declared: false }]);
    expect(preview.messages.map(messageText).join()).toContain('Hello Zoë');
    const source = preview.sources[0]?.[0]?.find(({ variable }) => variable === 'who');
    expect(source).toMatchObject({ file: at(PROMPT), kind: 'value' });
    expect((await api.preview(at(PROMPT), 3, undefined, { who: 'Ann 3' })).edited).toEqual([]);
  });

  it('counts the cases of the buffer as it is, whatever was asked while it was typed', async () => {
    const text = table(CASES);
    const asked: Promise<unknown>[] = [];
    for (let more = 1; more <= 3; more += 1) {
      asked.push(api.preview(at(PROMPT), 0));
      api.setOverlay(at('evals/hello.csv'), text + table(more).replace(/^.*\n/, '').replaceAll('c', 'd'));
    }
    await Promise.all(asked);
    await expect.poll(async () => (await api.preview(at(PROMPT), 0)).caseCount).toBe(CASES + 3);
  });

  it('saves what is shown as edits of the dataset, under an id of its own', async () => {
    const asked = { caseIndex: 3, vars: { who: 'Zoë, "Z"' }, expected: 'no' };
    const saved = await api.savedCase(at(PROMPT), asked);
    if (!saved.ok) throw new Error(saved.message);
    const text = fs.readFileSync(saved.path, 'utf8');
    expect(saved).toMatchObject({ path: at('evals/hello.csv'), length: text.length, caseIndex: CASES });
    fs.writeFileSync(saved.path, applyEdits(text, saved.edits));
    const preview = await api.preview(at(PROMPT), CASES);
    expect(preview).toMatchObject({ caseCount: CASES + 1, caseId: 'c3-2', expected: 'no' });
    expect(preview.vars['who']).toBe('Zoë, "Z"');
    const turns: Message[] = [
      { role: 'model', content: [{ text: 'Yes.' }] },
      { role: 'user', content: [{ text: 'Why?' }] },
    ];
    expect(await api.savedCase(at(PROMPT), { ...asked, turns })).toEqual({
      ok: false,
      message: expect.stringContaining('{{history}}'),
    });
    write(PROMPT, '---\nmodel: replay/answer\n---\n{{role "user"}}Hello {{who}}{{history}}');
    const talk = await api.savedCase(at(PROMPT), { ...asked, turns });
    if (!talk.ok) throw new Error(talk.message);
    fs.writeFileSync(talk.path, applyEdits(fs.readFileSync(talk.path, 'utf8'), talk.edits));
    const again = await api.preview(at(PROMPT), CASES + 1);
    expect(again.messages.map(messageText)).toEqual(['Hello Zoë, "Z"', 'Yes.', 'Why?']);
    write('prompts/alone.prompt', 'Hello {{who}}');
    expect(await api.savedCase(at('prompts/alone.prompt'), asked)).toMatchObject({ ok: false });
  });

  it('shows what would be sent, with the key by its name, and sends nothing', async () => {
    write(
      'touchstone.yaml',
      'providers:\n  lab: { baseUrl: "https://user:pass@api.example.com/v1?tenant=42", headers: { x-team: a } }\n',
    );
    write(PROMPT, '---\nmodel: lab/tiny\nconfig: { temperature: 0 }\n---\nHello {{who}}');
    const request = await api.request(at(PROMPT), 3, undefined, { who: 'Zoë' });
    expect(request).toEqual({
      method: 'POST',
      url: 'https://api.example.com/v1/chat/completions',
      headers: { 'content-type': 'application/json', authorization: 'Bearer $LAB_API_KEY', 'x-team': 'a' },
      body: { temperature: 0, model: 'tiny', messages: [{ role: 'user', content: 'Hello Zoë' }] },
    });
    write(PROMPT, '---\nmodel: replay/answer\n---\nHello {{who}}');
    expect(await api.request(at(PROMPT), 3)).toEqual({ note: expect.stringContaining('replayed') });
  });

  it('counts the tokens of its texts', async () => {
    // The encoding of OpenAI's newer models has "hello world" in two.
    expect(await api.tokens('openai/gpt-5-mini', ['hello world', ''])).toEqual({ counts: [2, 0], exact: true });
    expect((await api.tokens('ollama/qwen3:8b', ['hello world'])).exact).toBe(false);
  });

  it('runs one case, and keeps nothing of it', async () => {
    expect(await api.runCase('1', at(PROMPT), caseToRun(1))).toMatchObject({ ok: true, output: 'yes' });
    expect(deltas.join('')).toBe('yes');
    expect(fs.existsSync(at('.touchstone'))).toBe(false);
  });
});

it('cells of a .tab file are text, as those of every table', async () => {
  write('prompts/hello.prompt', '---\nmodel: replay/answer\ninput: { schema: { age: integer } }\n---\n{{age}}\n');
  write('evals/hello.eval.yaml', 'prompts: [../prompts/hello.prompt]\ndata: ./hello.tab\nmetrics:\n  - contains: x\n');
  write('evals/hello.tab', 'id\tage\nc0\t7\n');
  expect(await api.preview(at(PROMPT), 0)).toMatchObject({ vars: { age: 7 }, problems: [] });
});

it('a suite tells what keeps it from being evaluated', async () => {
  vi.stubEnv('OPENAI_API_KEY', undefined);
  expect(await api.obstacles(at(SUITE))).toEqual([]);
  write('prompts/hello.prompt', '---\nmodel: openai/gpt-5-mini\n---\n{{who}}\n');
  const missing = await api.obstacles(at(SUITE));
  expect(missing).toMatchObject([{ severity: 'error', file: at(PROMPT), range: { start: { line: 1 } } }]);
  // Only the replayed column, which no prompt reads any more, is hinted at.
  expect((await api.check(at(SUITE))).map(({ code, severity }) => [severity, code])).toEqual([
    ['info', 'unused-column'],
  ]);
  expect(await api.evaluate('1', at(SUITE))).toEqual({ started: false, problems: missing });
});

describe('an evaluation', () => {
  it('ends in a history, and the lenses know it', async () => {
    const answer = await api.evaluate('1', at(SUITE));
    expect(answer).toMatchObject({ started: true, summary: { status: 'finished' } });
    expect(progress[0]).toMatchObject({ done: 0, planned: CASES, finished: false, suitePath: at(SUITE) });
    expect(progress.at(-1)).toMatchObject({ done: CASES, finished: true, counts: { pass: 30, fail: 10 } });

    const state = await api.promptState(at(PROMPT));
    expect(state).toMatchObject({ runCount: 1, last: { edited: false, counts: { pass: 30, fail: 10, error: 0 } } });
    expect(state.last?.composite).toBeCloseTo(0.75);
    const [run] = (await api.runs(at(PROMPT))).runs;
    expect(run?.suite).toBe(SUITE);
    expect((await api.runs(at(SUITE))).runs[0]?.id).toBe(run?.id);
    const results = await api.results(at(PROMPT), run?.id ?? '');
    expect(results).toMatchObject({ run: { id: run?.id, cases: CASES }, metrics: [{ kind: 'equals' }] });
    expect(await api.results(at(PROMPT), 'no such run')).toBeNull();

    const query = {
      runId: run?.id ?? '',
      offset: 0,
      limit: 5,
      sort: 'case' as const,
      descending: false,
      statuses: ['fail' as const],
      variantIds: [],
      text: '',
    };
    const page = await api.samples(at(PROMPT), query);
    expect(page.total).toBe(10);
    expect(page.rows.map(({ caseId }) => caseId)).toEqual(['c0', 'c4', 'c8', 'c12', 'c16']);
    const detail = await api.sample(at(PROMPT), query.runId, page.rows[0]?.sampleId ?? -1);
    expect(detail).toMatchObject({ output: 'no', expected: 'yes', vars: { who: 'Ann 0' } });
  });

  it.each([
    ['the prompt', PROMPT, '---\nmodel: replay/answer\n---\nHello again {{who}}\n', true],
    ['the dataset', 'evals/hello.csv', table(CASES - 1), true],
    [
      'a metric',
      SUITE,
      'prompts: [../prompts/hello.prompt]\ndata: ./hello.csv\nmetrics:\n  - equals: { expected: "{{expected}}" }\n    weight: 2\n',
      true,
    ],
    [
      'an option of a metric',
      SUITE,
      'prompts: [../prompts/hello.prompt]\ndata: ./hello.csv\nmetrics:\n  - equals: { expected: "{{expected}}", path: answer }\n',
      true,
    ],
    [
      'the threshold',
      SUITE,
      'prompts: [../prompts/hello.prompt]\ndata: ./hello.csv\nmetrics:\n  - equals: { expected: "{{expected}}" }\ncomposite: { threshold: 0.9 }\n',
      true,
    ],
    [
      'the number of repeats',
      SUITE,
      'prompts: [../prompts/hello.prompt]\ndata: ./hello.csv\nmetrics:\n  - equals: { expected: "{{expected}}" }\nrepeats: 2\n',
      true,
    ],
    [
      'nothing but the concurrency',
      SUITE,
      'prompts: [../prompts/hello.prompt]\ndata: ./hello.csv\nmetrics:\n  - equals: { expected: "{{expected}}" }\nconcurrency: 3\n',
      false,
    ],
    ['a comment', PROMPT, '---\n# Hi\nmodel: replay/answer\n---\n{{role "user"}}\nHello {{who}}, yes or no?\n', false],
  ])('is marked as edited when %s changed', async (_name, file, text, edited) => {
    await api.evaluate('1', at(SUITE));
    api.setOverlay(at(file), text);
    expect((await api.promptState(at(PROMPT))).last?.edited).toBe(edited);
    expect((await api.suiteState(at(SUITE))).last?.edited).toBe(edited);
  });

  it('does not start with errors, and says all of them where they are', async () => {
    write(PROMPT, '---\nmodel: replay/answer\n---\n{{>missing}} {{#if}}');
    write(SUITE, 'prompts: [../prompts/hello.prompt]\ndata: ./hello.csv\nmetrics:\n  - no-such-metric\n');
    const answer = await api.evaluate('1', at(SUITE));
    if (answer.started) throw new Error('It started.');
    expect(new Set(answer.problems.map(({ file }) => file))).toEqual(new Set([at(PROMPT), at(SUITE)]));
    expect((await api.check(at(PROMPT))).length).toBeGreaterThan(0);
    expect((await api.promptState(at(PROMPT))).errors).toBeGreaterThan(0);
    expect(fs.existsSync(at('.touchstone'))).toBe(false);
  });

  it('does not start without the key that a model needs', async () => {
    write(PROMPT, '---\nmodel: nokey/any\n---\nHello {{who}}');
    write('touchstone.yaml', 'providers:\n  nokey: { baseUrl: "https://api.example.com/v1" }\n');
    expect(await api.promptState(at(PROMPT))).toMatchObject({ model: 'nokey/any', modelReady: false });
    const answer = await api.evaluate('1', at(SUITE));
    expect(answer).toMatchObject({ started: false, problems: [{ code: 'missing-key', file: at(PROMPT) }] });
  });

  it('stops within 200 ms also while it still reads its dataset, and nothing has begun', async () => {
    write('evals/hello.csv', table(400_000));
    const ended = api.evaluate('1', at(SUITE)).catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const stoppedAt = performance.now();
    api.stop('1');
    expect(await ended).toMatchObject({ code: 'cancelled' });
    expect(performance.now() - stoppedAt).toBeLessThan(200);
    expect(progress).toEqual([]);
    expect(fs.existsSync(at('.touchstone'))).toBe(false);
  });

  it('stops within 200 ms and keeps what has finished', async () => {
    write('evals/slow.mjs', 'export default () => new Promise((resolve) => setTimeout(resolve, 30, "yes"));\n');
    write(
      SUITE,
      'prompts: [../prompts/hello.prompt]\nmodels: [function/slow.mjs]\ndata: ./hello.csv\nconcurrency: 2\nmetrics:\n  - equals: { expected: "{{expected}}" }\n',
    );
    const ended = api.evaluate('1', at(SUITE));
    while (!progress.some(({ done }) => done > 0)) await new Promise((resolve) => setTimeout(resolve, 10));
    const stoppedAt = performance.now();
    api.stop('1');
    const answer = await ended;
    expect(performance.now() - stoppedAt).toBeLessThan(200);
    expect(answer).toMatchObject({ started: true, summary: { status: 'cancelled' } });
    const finished = progress.at(-1)?.done ?? 0;
    expect(finished).toBeGreaterThan(0);
    expect(finished).toBeLessThan(CASES);
    const [run] = (await api.runs(at(SUITE))).runs;
    expect(run?.status).toBe('cancelled');
    expect(run?.variants[0]?.samples.pass).toBe(finished);
  });
});

async function compositesOf(runId: string, caseIds: readonly string[]): Promise<(number | null | undefined)[]> {
  const query = { runId, offset: 0, limit: 500, descending: false, statuses: [], variantIds: [], text: '' };
  const { rows } = await api.samples(at(PROMPT), { ...query, sort: 'case' });
  return caseIds.map((id) => rows.find(({ caseId }) => caseId === id)?.composite);
}

describe('a committed baseline', () => {
  const baseline = (digest: string) =>
    JSON.stringify({
      schema: 'touchstone/baseline@1',
      suite: SUITE,
      dataset: { digest, cases: 2 },
      variants: [
        {
          prompt: PROMPT,
          promptVersion: 'an older one',
          model: 'replay/answer',
          params: {},
          metrics: {},
          cases: { c0: { pass: 1, composite: 1, scores: {} }, c1: { fail: 1, composite: 0.25, scores: {} } },
        },
      ],
    });

  it('is what a result is compared with, when it is of the same cases', async () => {
    const answer = await api.evaluate('1', at(SUITE));
    if (!answer.started) throw new Error('It did not start.');
    const { dataset, variants } = answer.summary.header;
    write('evals/hello.baseline.json', baseline(dataset.digest));
    const { last } = await api.promptState(at(PROMPT));
    // Case by case: c0 passes before and now, c1 has 0.25 before and now what it has now; the others are in one only.
    const now = await compositesOf(answer.summary.header.id, ['c0', 'c1']);
    const difference = (now[0] ?? 0) - 1 + ((now[1] ?? 0) - 0.25);
    expect(last?.delta).toEqual({ value: difference / 2, against: 'baseline' });
    const results = await api.results(at(PROMPT), answer.summary.header.id);
    expect(results?.baseline).toMatchObject({ [variants[0]?.id ?? '']: { difference: difference / 2, cases: 2 } });
    // Cases of the same id are compared, whatever else the dataset has become.
    write('evals/hello.baseline.json', baseline('of other cases'));
    expect((await api.promptState(at(PROMPT))).last?.delta).toEqual(last?.delta);
    write('evals/hello.baseline.json', '<<<<<<< HEAD');
    expect((await api.promptState(at(PROMPT))).last?.delta).toBeNull();
  });

  it('is made of a whole run, and only of one', async () => {
    await expect(api.baseline(at(PROMPT), null)).rejects.toMatchObject({ code: 'not-found' });
    const answer = await api.evaluate('1', at(SUITE));
    if (!answer.started) throw new Error('It did not start.');
    const { path: file, text } = await api.baseline(at(PROMPT), null);
    expect(file).toBe(at('evals/hello.baseline.json'));
    write('evals/hello.baseline.json', text);
    expect((await api.promptState(at(PROMPT))).last?.delta).toEqual({ value: 0, against: 'baseline' });

    write('evals/slow.mjs', 'export default () => new Promise((resolve) => setTimeout(resolve, 30, "yes"));\n');
    write(
      SUITE,
      'prompts: [../prompts/hello.prompt]\nmodels: [function/slow.mjs]\ndata: ./hello.csv\nmetrics: [{ equals: "yes" }]\n',
    );
    progress.length = 0;
    const ended = api.evaluate('2', at(SUITE));
    while (!progress.some(({ done }) => done > 0)) await new Promise((resolve) => setTimeout(resolve, 10));
    api.stop('2');
    const stopped = await ended;
    if (!stopped.started) throw new Error('It did not start.');
    const { id } = stopped.summary.header;
    await expect(api.baseline(at(SUITE), id)).rejects.toMatchObject({ code: 'invalid-argument' });
  });
});

it('a partial knows the prompts that it is part of', async () => {
  write('prompts/_tone.prompt', 'Be kind. {{>more}}\n');
  write('prompts/_more.prompt', 'Be brief.\n');
  write('prompts/deep/other.prompt', '---\nmodel: replay/answer\n---\nHello\n{{>tone}}\n');
  write('prompts/broken.prompt', '{{#if');
  write('elsewhere/own.prompt', '{{>tone}}\n');
  const other = { path: at('prompts/deep/other.prompt'), line: 4 };
  expect((await api.promptState(at('prompts/_tone.prompt'))).usedBy).toEqual([other]);
  expect((await api.promptState(at('prompts/_more.prompt'))).usedBy).toEqual([other]);
  expect((await api.promptState(at(PROMPT))).usedBy).toBeNull();
  write('prompts/_lone.prompt', 'Nobody takes it.\n');
  expect((await api.promptState(at('prompts/_lone.prompt'))).usedBy).toEqual([]);
});

it('results of a suite with two prompts compare them case by case, and know whose they are', async () => {
  write('prompts/other.prompt', '---\nmodel: replay/answer\n---\nOther {{who}}\n');
  write(
    SUITE,
    'prompts: [../prompts/hello.prompt, ../prompts/other.prompt]\ndata: ./hello.csv\nmetrics: [{ equals: "{{expected}}" }]\n',
  );
  api.setOverlay(at(PROMPT), '---\nmodel: replay/answer\n---\nNot saved {{who}}\n');
  const answer = await api.evaluate('1', at(SUITE));
  if (!answer.started) throw new Error('It did not start.');
  const [first, second] = answer.summary.header.variants.map(({ id }) => id);
  const older = await api.results(at('prompts/other.prompt'), null);
  expect(older).toMatchObject({ ofPrompt: [second], isNewest: true });
  expect(older?.toFirst).toMatchObject({ [second ?? '']: { difference: 0, cases: CASES } });
  expect(Object.keys(older?.toFirst ?? {})).not.toContain(first);
  expect((await api.results(at(SUITE), null))?.ofPrompt).toEqual([]);
  const { last } = await api.suiteState(at(SUITE));
  expect(last?.prompts.map(({ path }) => path)).toEqual([PROMPT, 'prompts/other.prompt']);
  expect((await api.promptState(at(PROMPT))).last?.prompts).toEqual([]);

  await api.evaluate('2', at(SUITE));
  expect(await api.results(at(SUITE), older?.run?.id ?? '')).toMatchObject({ isNewest: false });
});

describe('a history that cannot be read', () => {
  it('is told of and left alone', async () => {
    write('.touchstone/history.db', 'This is not a database, and more than a hundred bytes long. '.repeat(4));
    const before = fs.readFileSync(at('.touchstone/history.db'));
    const state = await api.promptState(at(PROMPT));
    expect(state).toMatchObject({ cases: CASES, last: null, runCount: 0 });
    expect(state.historyNote).toMatch(/left as it is/);
    await expect(api.runs(at(PROMPT))).rejects.toMatchObject({ code: 'history-corrupt' });
    await expect(api.evaluate('1', at(SUITE))).rejects.toMatchObject({ code: 'history-corrupt' });
    expect(fs.readFileSync(at('.touchstone/history.db'))).toEqual(before);
  });

  it('is forgotten when the user removes it', async () => {
    await api.evaluate('1', at(SUITE));
    expect((await api.runs(at(PROMPT))).runs).toHaveLength(1);
    fs.rmSync(at('.touchstone'), { recursive: true });
    expect((await api.runs(at(PROMPT))).runs).toEqual([]);
    await api.evaluate('2', at(SUITE));
    expect((await api.runs(at(PROMPT))).runs).toHaveLength(1);
  });
});

it('the first test cases of a prompt make a suite without errors', async () => {
  write('prompts/lone.prompt', '---\nmodel: replay/answer\n---\nHello {{who}}');
  expect((await api.promptState(at('prompts/lone.prompt'))).suites).toEqual([]);
  const plan = await api.newCases(at('prompts/lone.prompt'));
  expect(fs.existsSync(plan.suitePath)).toBe(false);
  fs.writeFileSync(plan.suitePath, plan.suiteText);
  fs.writeFileSync(plan.dataPath, plan.dataText);
  expect((await api.check(plan.suitePath)).filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(await api.promptState(at('prompts/lone.prompt'))).toMatchObject({ suites: [plan.suitePath], cases: 1 });
  expect(await api.suites(folder)).toEqual([at(SUITE), plan.suitePath].sort());
});

describe('models of the editor', () => {
  it('are asked by a call back, and what they write arrives in pieces', async () => {
    api.setOverlay(at(PROMPT), '---\nmodel: vscode/copilot-x\nconfig: { temperature: 0 }\n---\nHello {{who}}');
    expect(await api.promptState(at(PROMPT))).toMatchObject({ model: 'vscode/copilot-x', modelReady: true });
    const answer = await api.runCase('call-1', at(PROMPT), caseToRun(3));
    expect(answer).toMatchObject({ ok: true, output: 'From the editor', inputTokens: null, costUsd: null });
    expect(asked).toEqual([
      {
        model: 'copilot-x',
        messages: [{ role: 'user', content: [{ text: 'Hello Ann 3' }] }],
        params: { temperature: 0 },
        tools: [],
      },
    ]);
    expect(deltas.join('')).toBe('From the editor');
  });

  it('tell why they do not answer, and stop when they are told to', async () => {
    api.setOverlay(at(PROMPT), '---\nmodel: vscode/gone\n---\nHello');
    expect(await api.runCase('call-1', at(PROMPT), caseToRun(0))).toMatchObject({
      ok: false,
      error: { code: 'model-not-found', message: 'Gone.', remedy: 'Choose.' },
    });
    api.setOverlay(at(PROMPT), '---\nmodel: vscode/slow\n---\nHello');
    const running = api.runCase('call-2', at(PROMPT), caseToRun(0));
    await expect.poll(() => asked.length).toBe(2);
    api.stop('call-2');
    expect(await running).toMatchObject({ ok: false, cancelled: true });
    expect(stopped).toHaveLength(1);
  });
});

it('a folder that is not trusted has no model asked or tested', async () => {
  api.setFolders([folder], false);
  api.setOverlay(at(PROMPT), '---\nmodel: vscode/copilot-x\n---\nHello');
  expect(await api.runCase('call-1', at(PROMPT), caseToRun(0))).toMatchObject({
    ok: false,
    error: { code: 'untrusted' },
  });
  expect(await api.testProvider('call-2', at(PROMPT), 'ollama')).toMatchObject({ ok: false, code: 'untrusted' });
  expect(await api.testModel('call-3', at(PROMPT), 'vscode/copilot-x')).toMatchObject({ ok: false, code: 'untrusted' });
  expect(asked).toEqual([]);
});
