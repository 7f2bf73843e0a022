import fs from 'node:fs';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { RunEvent } from '../../../../src/engine/run/run.ts';
import type { Sample } from '../../../../src/engine/run/sample.ts';
import { evaluateSuite } from '../../../../src/node/evaluateSuite.ts';
import { loadSuite } from '../../../../src/node/workspace/loadSuite.ts';
import { openWorkspace } from '../../../../src/node/workspace/openWorkspace.ts';
import { temporaryWorkspaces } from '../../../support/temporaryWorkspace.ts';

const workspaces = temporaryWorkspaces();
afterEach(() => workspaces.remove());

const FILES = {
  'touchstone.yaml': '',
  'p.prompt': '---\nmodel: replay/said\n---\n{{ticket}}\n',
  'd.csv': 'id,ticket,expected,said\na,one,1,yes\nb,two,2,no\nc,three,3,crash\n',
  's.eval.yaml': [
    'prompts: [p.prompt]',
    'data: d.csv',
    'metrics:',
    '  - script: { file: ./m.ts, options: { good: "yes" } }',
    `  - process: [${JSON.stringify(process.execPath)}, m.cjs]`,
  ].join('\n'),
  'm.ts': `export function score({ output, options }: { output: string; options: { good: string } }) {
    return { score: output === options.good, reason: 'pid ' + process.pid };
  }`,
  'm.cjs': `require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
    const { id, output } = JSON.parse(line);
    if (output === 'crash') process.exit(4);
    console.log(JSON.stringify({ id, score: output.length / 10, reason: 'pid ' + process.pid }));
  });`,
};

async function load(files: { readonly [name: string]: string }, trusted = true) {
  const root = workspaces.make(files);
  const workspace = { ...openWorkspace(root), trusted };
  return { root, ...(await loadSuite(workspace, path.join(root, 's.eval.yaml'))) };
}

it("scores a run by programs that end with it; one's failure is its own", async () => {
  const { loaded } = await load(FILES);
  if (!loaded) throw new Error('not loaded');
  const samples: Sample[] = [];
  const onEvent = (event: RunEvent) => {
    if (event.type === 'sample-finished') samples.push(event.sample);
  };
  await evaluateSuite(loaded, { signal: new AbortController().signal, history: false, onEvent });
  const scores = samples
    .sort((a, b) => a.caseIndex - b.caseIndex)
    .map((sample) => (sample.status === 'error' ? [] : sample.scores));
  const brief = scores.map((own) => own.map((score) => (score.outcome === 'scored' ? score.value : score.outcome)));
  expect(brief).toEqual([
    [1, 0.3],
    [0, 0.2],
    [0, 'error'],
  ]);
  const pids = scores.flat().flatMap(({ reason }) => /^pid (\d+)$/.exec(reason)?.[1] ?? []);
  expect(pids).toHaveLength(5);
  for (const pid of new Set(pids)) expect(isRunning(Number(pid))).toBe(false);
});

it('ends them when the run is stopped', async () => {
  const endless = "require('node:fs').writeFileSync('pid', String(process.pid)); setInterval(() => {}, 1000);";
  const { root, loaded } = await load({ ...FILES, 'm.cjs': endless });
  if (!loaded) throw new Error('not loaded');
  const stop = new AbortController();
  const running = evaluateSuite(loaded, { signal: stop.signal, history: false });
  const pid = () => fs.readFileSync(path.join(root, 'pid'), 'utf8');
  await expect.poll(() => fs.existsSync(path.join(root, 'pid')) && pid() !== '', { timeout: 10_000 }).toBe(true);
  stop.abort();
  expect((await running).summary.status).toBe('cancelled');
  expect(isRunning(Number(pid()))).toBe(false);
});

it('refuses them, at their place, where they may not run', async () => {
  const missing = await load({ ...FILES, 's.eval.yaml': FILES['s.eval.yaml'].replace('./m.ts', './gone.ts') });
  expect(missing.problems).toMatchObject([
    { code: 'invalid-metric', message: 'There is no file ./gone.ts.', remedy: 'Its path is relative to the suite.' },
  ]);
  const { problems } = await load(FILES, false);
  expect(problems.map(({ message, range }) => `${range.start.line}: ${message}`)).toEqual([
    '3: This workspace is not trusted, so its own metrics are not run.',
    '4: This workspace is not trusted, so its own metrics are not run.',
  ]);
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
