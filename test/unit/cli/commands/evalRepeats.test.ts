import fs from 'node:fs';
import path from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { type FakeApi, startFakeApi } from '../../../support/fakeApi.ts';
import { temporaryWorkspaces } from '../../../support/temporaryWorkspace.ts';
import { touchstone } from './sampleFolder.ts';

const workspaces = temporaryWorkspaces();
let api: FakeApi | undefined;
afterEach(async () => {
  vi.unstubAllEnvs();
  workspaces.remove();
  await api?.stop();
});

/** Two cases; the model gives the answers of `a` in turn, and `yes` to the other. */
async function evaluate(answers: readonly string[], suite: string, ...args: string[]) {
  let next = 0;
  api = await startFakeApi(({ body }) => {
    const isA = JSON.stringify(body.messages).includes('first');
    return { output: isA ? (answers[next++ % answers.length] ?? '') : 'yes' };
  });
  vi.stubEnv('LAB_API_KEY', 'sk-lab');
  const root = workspaces.make({
    'touchstone.yaml': `providers:\n  lab: { baseUrl: "${api.url}", maxRetries: 0 }\n`,
    'p.prompt': '---\nmodel: lab/tiny\n---\n{{q}}\n',
    'd.csv': 'id,q,expected\na,first,yes\nb,second,yes\n',
    's.eval.yaml': `prompts: [p.prompt]\ndata: d.csv\nmetrics: [{ equals: "{{expected}}" }]\n${suite}`,
  });
  return { root, ...(await touchstone(root, 'eval', 's.eval.yaml', '--concurrency', '1', ...args)) };
}

it('tells what one of three answers is worth, and all of them', async () => {
  const { stdout, root } = await evaluate(['yes', 'no', 'no'], 'repeats: 3\n');
  const line = stdout.split('\n').find((one) => one.includes('pass@1'));
  const figures = stdout.split('\n')[stdout.split('\n').indexOf(line ?? '') + 1];
  expect(line?.trim().split(/\s+/)).toEqual(expect.arrayContaining(['pass@1', 'pass@3', 'pass^3', 'flaky', 'spread']));
  expect(figures).toMatch(/0\.667 +1\.000 +0\.500 +1 of 2 +0\.289/);
  const shown = JSON.parse((await touchstone(root, 'show', 'latest', '--json')).stdout);
  expect(shown.variants[0].repeatability).toMatchObject({
    passing: { cases: 1, of: 2 },
    flaky: { cases: 1, byJudge: 0, of: 2 },
  });
});

it('counts as the suite says', async () => {
  const { stdout } = await evaluate(
    ['yes', 'no'],
    'repeats: { times: 2, score: max, pass: any }\n',
    '--reporter',
    'json',
  );
  const [variant] = JSON.parse(stdout).variants;
  expect(variant.composite.mean).toBe(1);
  expect(variant.repeatability.passing).toEqual({ cases: 2, of: 2 });
});

it('says where more must pass than are asked', async () => {
  const { code, stderr } = await evaluate(['yes'], 'repeats: { times: 2, pass: 3 }\n');
  expect(stderr).toContain('s.eval.yaml:4:28: error: Of 2 repeats 3 can never pass.');
  expect(code).toBe(2);
});

it('a case that passes by one rule and fails by another is compared by the rule', async () => {
  const { root } = await evaluate(['yes', 'no'], 'repeats: { times: 2, pass: any }\n');
  await touchstone(root, 'baseline', 'latest');
  const baseline = fs.readFileSync(path.join(root, 's.baseline.json'), 'utf8');
  expect(baseline).toMatch(/"a": .*"passes":true/);
});
