import fs from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../src/engine/run/run.ts';
import { type EvaluateOptions, type EvaluateResult, evaluateSuite } from '../../../src/node/evaluateSuite.ts';
import { openHistory, readHistory } from '../../../src/node/store/history.ts';
import { loadSuite } from '../../../src/node/workspace/loadSuite.ts';
import { openWorkspace } from '../../../src/node/workspace/openWorkspace.ts';
import { type FakeApi, lastUserText, startFakeApi } from '../../support/fakeApi.ts';
import { temporaryWorkspaces } from '../../support/temporaryWorkspace.ts';

const CASES = 12;
const workspaces = temporaryWorkspaces();
let api: FakeApi;
afterEach(async () => {
  workspaces.remove();
  await api.stop();
});

/** A corpus metric among them: it needs what every answer says, also those that are held. */
const SUITE =
  'prompts: [./ask.prompt]\ndata: ./cases.csv\nconcurrency: 1\nmetrics:\n  - equals: "{{vars.right}}"\n  - balanced-accuracy: "{{vars.right}}"\n';

async function workspace(): Promise<string> {
  api = await startFakeApi((request) => {
    const number = Number(lastUserText(request).replace(/\D/g, ''));
    if (number === 3) return { status: 400, error: { message: 'No threes.' } };
    return { output: number % 4 === 0 ? 'odd' : 'even', usage: { prompt_tokens: 10, completion_tokens: 2 } };
  });
  const rows = Array.from({ length: CASES }, (_, index) => `c${index},question ${index},${index % 2 ? 'odd' : 'even'}`);
  return workspaces.make({
    'touchstone.yaml': `providers:\n  lab: { baseUrl: "${api.url}", maxRetries: 0 }\nprices:\n  lab/tiny: { inputPerMillion: 100, outputPerMillion: 1000 }\n`,
    'ask.prompt': '---\nmodel: lab/tiny\n---\n{{question}}\n',
    'cases.csv': `id,question,right\n${rows.join('\n')}\n`,
    'suite.eval.yaml': SUITE,
  });
}

async function evaluate(root: string, options: Partial<EvaluateOptions> = {}): Promise<EvaluateResult> {
  const { loaded, problems } = await loadSuite(openWorkspace(root), path.join(root, 'suite.eval.yaml'));
  if (!loaded) throw new Error(JSON.stringify(problems));
  const signal = new AbortController().signal;
  return evaluateSuite(loaded, { signal, access: { secret: async () => 'key' }, ...options });
}

/** Stops after so many samples, as a user who presses Stop. */
async function stopAfter(root: string, samples: number, options: Partial<EvaluateOptions> = {}) {
  const stop = new AbortController();
  let done = 0;
  const onEvent = ({ type }: RunEvent) => {
    if (type !== 'sample-finished') return;
    done += 1;
    if (done === samples) stop.abort();
  };
  return evaluate(root, { ...options, signal: stop.signal, onEvent });
}

const figures = ({ summary: { status, variants } }: EvaluateResult) => ({
  status,
  variants: variants.map(({ latencyMs: _, ...rest }) => rest),
});

describe('a run that was stopped', () => {
  it('goes on to what it would have been, asks only for what is missing, and stays one run', async () => {
    const root = await workspace();
    const whole = figures(await evaluate(root));
    const stopped = await stopAfter(root, 5);
    expect(stopped.summary.status).toBe('cancelled');
    const asked = api.requests.length;
    const resumed = await evaluate(root, { resume: true });

    expect(figures(resumed)).toEqual(whole);
    expect(resumed.summary.header.id).toBe(stopped.summary.header.id);
    expect(resumed.notes).toContain(`Run ${stopped.summary.header.id} went on: 5 of ${CASES} samples were there.`);
    expect(api.requests.length - asked).toBe(CASES - 5);
    const history = openHistory(root);
    expect(history.countRuns()).toBe(2);
    expect(history.run(stopped.summary.header.id)?.variants).toEqual(resumed.summary.variants);
    expect([...history.allSamples(stopped.summary.header.id)]).toHaveLength(CASES);
    history.close();
  });

  it('may be stopped again and again', async () => {
    const root = await workspace();
    await stopAfter(root, 4);
    // What is held finishes first, so the third is the first new one of the second stretch.
    const second = await stopAfter(root, 6, { resume: true });
    expect(second.summary.status).toBe('cancelled');
    const third = await evaluate(root, { resume: second.summary.header.id });
    expect(third.summary.status).toBe('finished');
    const answered = api.requests.map(lastUserText);
    // Each question once, and again what was under way when it was stopped.
    expect(new Set(answered).size).toBe(CASES);
    expect(answered.length).toBeLessThanOrEqual(CASES + 2);
  });

  it('counts what it spent before towards its budget', async () => {
    const root = await workspace();
    await stopAfter(root, 5);
    fs.appendFileSync(path.join(root, 'suite.eval.yaml'), 'budget: { usd: 0.005 }\n');
    const asked = api.requests.length;
    // Four answers at 0.003 each were paid before, so nothing is left.
    const { summary } = await evaluate(root, { resume: true });
    expect(api.requests.length).toBe(asked);
    expect(summary.variants[0]?.samples).toEqual({ pass: 1, fail: 3, error: 1, unscored: 0 });
  });
});

describe('what cannot go on', () => {
  it('is begun anew when nothing was cut off, and that is said', async () => {
    const root = await workspace();
    await evaluate(root);
    const { summary, notes } = await evaluate(root, { resume: true });
    expect(summary.status).toBe('finished');
    expect(notes).toContain('No run of this suite was cut off that did the same, so a new one was begun.');
    expect(readHistory(root)?.countRuns()).toBe(2);
  });

  it.each([
    ['the prompts, the models or their params', 'ask.prompt', 'Please: {{question}}\n'],
    ['the dataset', 'cases.csv', 'c99,question 99,odd\n'],
    ['the metrics', 'suite.eval.yaml', '  - contains: e\n'],
  ])('is refused by its id when %s changed', async (part, file, more) => {
    const root = await workspace();
    const { summary } = await stopAfter(root, 2);
    fs.appendFileSync(path.join(root, file), more);
    await expect(evaluate(root, { resume: summary.header.id })).rejects.toMatchObject({
      code: 'invalid-argument',
      message: expect.stringContaining(part),
    });
    expect(readHistory(root)?.run(summary.header.id)?.status).toBe('cancelled');
  });

  it('is refused when it has everything, or is not known', async () => {
    const root = await workspace();
    const { summary } = await evaluate(root);
    await expect(evaluate(root, { resume: summary.header.id })).rejects.toThrow(/has all that it was to have/);
    await expect(evaluate(root, { resume: 'nothing' })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is left to the process that is still at it', async () => {
    const root = await workspace();
    const { summary } = await stopAfter(root, 2);
    const history = openHistory(root);
    const run = history.run(summary.header.id);
    if (!run) throw new Error('The run is not kept.');
    const sink = history.sink({ resumes: true });
    sink.begin(run.header);
    await expect(evaluate(root, { resume: summary.header.id })).rejects.toThrow(/still goes on/);
    expect(() => history.sink({ resumes: true }).begin(run.header)).toThrow(/still goes on, in process/);
    history.close();
  });
});
