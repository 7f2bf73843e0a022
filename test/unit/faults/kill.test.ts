import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import type { RunSummary } from '../../../src/engine/run/run.ts';
import { type HistoryReader, readHistory } from '../../../src/node/store/history.ts';
import { type FakeApi, type FakeRequest, lastUserText, startFakeApi } from '../../support/fakeApi.ts';
import { temporaryWorkspaces } from '../../support/temporaryWorkspace.ts';
import { startTouchstone } from '../cli/childProcess.ts';
import { rawDatabase } from '../node/store/temporaryRoot.ts';
import { soak } from './soak.ts';

const CASES = soak(60, 1_500);
const REPEATS = 2;
const CONCURRENCY = 4;
const ANSWER_MS = 20;
/** What a kill may take along: the answers under way, and those that came in the moment before, which are written together. */
const LOST_PER_KILL = 2 * CONCURRENCY + Math.ceil((25 / ANSWER_MS) * CONCURRENCY);

const workspaces = temporaryWorkspaces();
let api: FakeApi | undefined;
afterEach(async () => {
  workspaces.remove();
  await api?.stop();
});

it('a run that is killed again and again ends as one that was not, and hardly anything is paid twice', {
  timeout: 600_000,
}, async () => {
  const ledger = new Map<string, number>();
  api = await startFakeApi((request) => {
    const asked = lastUserText(request);
    ledger.set(asked, (ledger.get(asked) ?? 0) + 1);
    return { output: answerTo(request), delayMs: ANSWER_MS };
  });
  const root = makeWorkspace(api.url);
  const evaluate = () =>
    startTouchstone(root, ['eval', '--resume', '--reporter', 'json', 'suite.eval.yaml'], { env: { LAB_API_KEY: 'k' } });

  const kills = soak(4, 100);
  let killed = 0;
  for (let attempt = 0; attempt < kills; attempt += 1) {
    const { child, end } = evaluate();
    const before = api.requests.length;
    // At some moment of its life, which begins with the first request: the start of a process is another story.
    const isAsking = async () => {
      while (api && api.requests.length === before && child.exitCode === null) await wait(5);
    };
    await isAsking();
    await wait(((attempt * 37) % 101) + 1);
    if (child.kill('SIGKILL')) killed += 1;
    await end;
    expect(rawDatabase(root).pragma('integrity_check', { simple: true })).toBe('ok');
  }
  const last = await evaluate().end;

  expect(last.code, last.stderr).toBe(0);
  const whole = await uninterrupted(api.url);
  expect(ended(root)).toEqual(whole);
  const requests = [...ledger.values()].reduce((sum, count) => sum + count, 0) - whole.samples;
  expect(ledger.size).toBe(CASES);
  expect(requests - whole.samples).toBeLessThanOrEqual(killed * LOST_PER_KILL);
});

/** The same run without an accident. */
async function uninterrupted(url: string) {
  const root = makeWorkspace(url);
  const { code, stderr } = await startTouchstone(root, ['eval', '--reporter', 'json', 'suite.eval.yaml'], {
    env: { LAB_API_KEY: 'k' },
  }).end;
  expect(code, stderr).toBe(0);
  return ended(root);
}

/** What the only run of a workspace came to, without what the clock says. */
function ended(root: string) {
  const history = readHistory(root) as HistoryReader;
  try {
    expect(history.countRuns()).toBe(1);
    const { header, status, variants } = history.run('latest') as RunSummary;
    const samples = [...history.allSamples(header.id)];
    return {
      status,
      samples: samples.length,
      outputs: samples.map(({ sample }) => (sample.status === 'error' ? sample.error.code : sample.output)),
      variants: variants.map(({ latencyMs: _, ...rest }) => rest),
    };
  } finally {
    history.close();
  }
}

/** Different for each case, the same whenever it is asked; every fifth is wrong. */
function answerTo(request: FakeRequest): string {
  const number = Number(lastUserText(request).replace(/\D/g, ''));
  return number % 5 === 0 ? 'no' : 'yes';
}

function makeWorkspace(url: string): string {
  const rows = Array.from({ length: CASES }, (_, index) => `c${index},question ${index}`);
  return workspaces.make({
    'touchstone.yaml': `providers:\n  lab: { baseUrl: "${url}", maxRetries: 0 }\n`,
    'ask.prompt': '---\nmodel: lab/tiny\n---\n{{question}}\n',
    'cases.csv': `id,question\n${rows.join('\n')}\n`,
    'suite.eval.yaml': `prompts: [./ask.prompt]\ndata: ./cases.csv\nrepeats: ${REPEATS}\nconcurrency: ${CONCURRENCY}\nmetrics:\n  - equals: "yes"\n`,
  });
}
