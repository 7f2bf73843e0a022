import fs from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { afterEach, describe, expect, it } from 'vitest';
import { TouchstoneError } from '../../../src/engine/error.ts';
import type { RunEvent } from '../../../src/engine/run/run.ts';
import { type EvaluateOptions, type EvaluateResult, evaluateSuite } from '../../../src/node/evaluateSuite.ts';
import { modelProblems } from '../../../src/node/modelProblems.ts';
import { openHistory } from '../../../src/node/store/history.ts';
import { type LoadedSuite, loadSuite } from '../../../src/node/workspace/loadSuite.ts';
import { openWorkspace } from '../../../src/node/workspace/openWorkspace.ts';
import { type FakeApi, type FakeReply, type FakeRequest, lastUserText, startFakeApi } from '../../support/fakeApi.ts';
import { temporaryWorkspaces } from '../../support/temporaryWorkspace.ts';

const KEY = 'sk-secret-0123456789';
const never = new AbortController().signal;
const workspaces = temporaryWorkspaces();
let api: FakeApi | undefined;
afterEach(async () => {
  workspaces.remove();
  await api?.stop();
  api = undefined;
});

const PROMPT =
  '---\nmodel: lab/tiny\nconfig: { temperature: 0 }\n---\n{{role "system"}}Triage.\n{{role "user"}}{{ticket}}\n';
const DATA =
  'id,ticket,expected,said\na,I was billed twice,billing,billing\nb,It crashes,bug,billing\nc,How do I?,how-to,how-to\n';
const SUITE = 'prompts: [../prompts/triage.prompt]\ndata: ./triage.csv\nmetrics:\n  - equals: "{{expected}}"\n';

async function load(
  reply: (request: FakeRequest) => FakeReply,
  files: { readonly [name: string]: string } = {},
): Promise<{ root: string; api: FakeApi; loaded: LoadedSuite }> {
  api = await startFakeApi(reply);
  const config = [
    'providers:',
    `  lab: { baseUrl: "${api.url}", maxRetries: 1 }`,
    'prices:',
    '  lab/tiny: { inputPerMillion: 100, outputPerMillion: 1000 }',
  ];
  const root = workspaces.make({
    'touchstone.yaml': config.join('\n'),
    'prompts/triage.prompt': PROMPT,
    'evals/triage.csv': DATA,
    'evals/triage.eval.yaml': SUITE,
    ...files,
  });
  const { loaded, problems } = await loadSuite(openWorkspace(root), path.join(root, 'evals/triage.eval.yaml'));
  if (!loaded) throw new Error(JSON.stringify(problems));
  return { root, api, loaded };
}

function evaluate(loaded: LoadedSuite, options: Partial<EvaluateOptions> = {}): Promise<EvaluateResult> {
  return evaluateSuite(loaded, { signal: never, access: { secret: async () => KEY }, ...options });
}

const right: { readonly [ticket: string]: string } = {
  'I was billed twice': 'billing',
  'It crashes': 'crash',
  'How do I?': 'how-to',
};
const answer = (request: FakeRequest): FakeReply => ({ output: right[lastUserText(request).trim()] ?? '?' });

describe('evaluateSuite', () => {
  it('asks the model about every case, scores the answers and keeps them', async () => {
    const { root, loaded, api } = await load(answer);
    const events: RunEvent[] = [];
    const { summary, comparison, gate, historyPath } = await evaluate(loaded, {
      onEvent: (event) => events.push(event),
    });

    expect(summary.status).toBe('finished');
    expect(summary.header).toMatchObject({
      suite: 'evals/triage.eval.yaml',
      git: null,
      repeats: 1,
      plannedSamples: 3,
      dataset: { path: 'evals/triage.csv', cases: 3 },
      selection: { cases: 3 },
      variants: [
        {
          prompt: 'prompts/triage.prompt',
          model: 'lab/tiny',
          params: { temperature: 0 },
          signatures: { equals: expect.stringMatching(/^equals\|/) },
        },
      ],
      prompts: [{ path: 'prompts/triage.prompt', text: PROMPT }],
      metrics: [{ name: 'equals', kind: 'equals' }],
    });
    // Two of three are right. The fake counts 10 tokens in and 5 out: 10 * 100e-6 + 5 * 1000e-6 dollars an answer.
    expect(summary.variants[0]).toMatchObject({
      samples: { pass: 2, fail: 1, error: 0, unscored: 0 },
      metrics: { equals: { mean: expect.closeTo(2 / 3, 12), n: 3, error: 0, unscored: 0 } },
      tokens: { input: 30, output: 15 },
      costUsd: expect.closeTo(3 * 0.006, 12),
    });
    expect(summary.variants[0]?.composite?.mean).toBeCloseTo(2 / 3, 12);
    expect(gate).toEqual({ holds: true, reasons: [] });
    expect(comparison).toBeNull();
    expect(api.requests.map(lastUserText).sort()).toEqual(Object.keys(right).sort());
    expect(events.filter(({ type }) => type === 'sample-finished')).toHaveLength(3);

    expect(historyPath).toBe(path.join(root, '.touchstone', 'history.db'));
    const history = openHistory(root);
    try {
      expect(history.run(summary.header.id)).toEqual(summary);
      const samples = [...history.allSamples(summary.header.id)].map(({ sample }) => sample);
      expect(samples.map(({ caseId, status }) => [caseId, status])).toEqual([
        ['a', 'pass'],
        ['b', 'fail'],
        ['c', 'pass'],
      ]);
      expect(samples[1]).toMatchObject({
        rawRequest: { url: `${api.url}/chat/completions`, body: { temperature: 0 } },
      });
    } finally {
      history.close();
    }
    const written = fs
      .readdirSync(path.dirname(historyPath))
      .map((name) => fs.readFileSync(path.join(root, '.touchstone', name), 'latin1'));
    expect(written.join('')).not.toContain(KEY);
  });

  it('scores a column of the dataset without asking anybody', async () => {
    const { loaded, api } = await load(answer, {
      'evals/triage.eval.yaml': `${SUITE}models: [replay/said]\nrepeats: 2\n`,
    });
    const { summary } = await evaluate(loaded, { history: false });
    expect(summary.variants[0]).toMatchObject({
      samples: { pass: 4, fail: 2, error: 0, unscored: 0 },
      latencyMs: null,
      tokens: null,
      costUsd: null,
    });
    expect(api.requests).toHaveLength(0);
  });

  it('makes no history when it is not wanted', async () => {
    const { root, loaded } = await load(answer);
    const { historyPath } = await evaluate(loaded, { history: false });
    expect(historyPath).toBe('');
    expect(fs.existsSync(path.join(root, '.touchstone'))).toBe(false);
  });

  it('survives an API that fails in every way, with an error sample for each', async () => {
    const failures: { readonly [ticket: string]: FakeReply } = {
      'I was billed twice': { status: 500, headers: { 'retry-after-ms': '1' } },
      'It crashes': { body: '{"choices":' },
      'How do I?': { cut: 'half-way' },
    };
    const { loaded } = await load((request) => failures[lastUserText(request).trim()] ?? {}, {
      'evals/triage.eval.yaml': `${SUITE}gate: { passRate: 0.5 }\n`,
    });
    const codes = new Map<string, string>();
    const { summary, gate } = await evaluate(loaded, {
      onEvent: (event) => {
        if (event.type === 'sample-finished' && event.sample.status === 'error') {
          codes.set(event.sample.caseId, event.sample.error.code);
        }
      },
    });
    expect(Object.fromEntries(codes)).toEqual({ a: 'server', b: 'malformed-response', c: 'connection' });
    expect(summary.status).toBe('finished');
    expect(summary.variants[0]).toMatchObject({
      samples: { pass: 0, fail: 0, error: 3, unscored: 0 },
      composite: null,
    });
    expect(gate.holds).toBe(false);
  });

  it('stops within 200 ms and keeps what has finished', async () => {
    const rows = Array.from({ length: 60 }, (_, index) => `${index},ticket ${index},x`).join('\n');
    const { root, loaded, api } = await load(({ index }) => ({ delayMs: index < 10 ? 1 : 30_000 }), {
      'evals/triage.csv': `id,ticket,expected\n${rows}\n`,
    });
    const stop = new AbortController();
    let finished = 0;
    const running = evaluate(loaded, {
      signal: stop.signal,
      concurrency: 5,
      onEvent: ({ type }) => (finished += type === 'sample-finished' ? 1 : 0),
    });
    await expect.poll(() => finished).toBe(10);
    const stoppedAtMs = performance.now();
    stop.abort();
    const { summary } = await running;
    expect(performance.now() - stoppedAtMs).toBeLessThan(200);
    expect(summary.status).toBe('cancelled');
    await expect.poll(() => api.abandoned()).toBe(5);

    const history = openHistory(root);
    try {
      expect(history.run(summary.header.id)?.status).toBe('cancelled');
      expect([...history.allSamples(summary.header.id)]).toHaveLength(10);
    } finally {
      history.close();
    }
  });

  it('stops spending at the budget and says so', async () => {
    const { loaded, api } = await load(answer, { 'evals/triage.eval.yaml': `${SUITE}budget: { usd: 0.01 }\n` });
    const { summary, gate } = await evaluate(loaded, { concurrency: 1 });
    // 0.006 dollars an answer: the second one reaches the budget.
    expect(api.requests).toHaveLength(2);
    expect(summary.status).toBe('finished');
    expect(gate).toEqual({
      holds: false,
      reasons: ['The budget was used up after 2 of 3 samples; the others were not asked for.'],
    });
  });

  it('refuses a model that cannot be asked before it asks any, and names the place', async () => {
    const suite = `${SUITE}models:\n  - lab/tiny\n  - groq/llama\n  - nowhere/x\n`;
    const { root, loaded, api } = await load(answer, { 'evals/triage.eval.yaml': suite });
    const before = process.env['GROQ_API_KEY'];
    delete process.env['GROQ_API_KEY'];
    try {
      const problems = await modelProblems(loaded);
      expect(problems.map(({ code, file, range }) => [code, path.relative(root, file), range.start.line])).toEqual([
        ['missing-key', path.join('evals', 'triage.eval.yaml'), 6],
        ['unknown-provider', path.join('evals', 'triage.eval.yaml'), 7],
      ]);
      expect(problems[0]?.remedy).toContain('GROQ_API_KEY');
      const refused = await evaluate(loaded, { access: {} }).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(TouchstoneError);
      expect(refused).toMatchObject({ code: 'invalid-argument' });
    } finally {
      if (before !== undefined) process.env['GROQ_API_KEY'] = before;
    }
    expect(api.requests).toHaveLength(0);
    expect(fs.existsSync(path.join(root, '.touchstone'))).toBe(false);
  });

  it("finds the place of a prompt's own model", async () => {
    const { loaded } = await load(answer, { 'prompts/triage.prompt': PROMPT.replace('lab/tiny', 'nowhere/x') });
    const [problem] = await modelProblems(loaded);
    expect([path.basename(problem?.file ?? ''), problem?.range.start]).toMatchObject([
      'triage.prompt',
      { line: 1, column: 7 },
    ]);
  });

  it('says why there is no comparison with a baseline that is broken or missing', async () => {
    const broken = await load(answer, { 'evals/triage.baseline.json': '{"schema":' });
    const { comparison } = await evaluate(broken.loaded);
    expect(comparison?.variants).toEqual([]);
    expect(comparison?.notes[0]).toContain('not JSON');
    const missing = { ...broken.loaded, suite: { ...broken.loaded.suite, baseline: './gone.json' } };
    expect((await evaluate(missing)).comparison?.notes[0]).toContain('./gone.json is not there');
  });
});
