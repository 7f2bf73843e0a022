import fs from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { type FakeApi, startFakeApi } from '../../../support/fakeApi.ts';
import { copySample, touchstone } from './sampleFolder.ts';

const folder = copySample();
const api: FakeApi = await startFakeApi(({ body }) => {
  const isJudge = JSON.stringify(body.messages).includes('careful and fair judge');
  return {
    output: isJudge
      ? '{"reason":"Fine.","pass":true,"score":0.75}'
      : '{"category":"billing","urgent":true,"summary":"x"}',
  };
});
afterAll(async () => {
  await api.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});
const write = (file: string, text: string) => fs.writeFileSync(path.join(folder, file), text);
write('touchstone.yaml', `providers:\n  lab: { baseUrl: "${api.url}", maxRetries: 0 }\n`);
const suite = (metrics: string) =>
  `prompts: [../prompts/triage.prompt]\nmodels: [lab/tiny]\ndata: ./triage.csv\nmetrics:\n${metrics}`;
const MATCH = '  - equals: { path: category, expected: "{{expected.category}}" }\n';
const RUBRIC = '  - rubric: { criteria: Polite., judge: lab/judge }\n';
const report = () => JSON.parse(fs.readFileSync(path.join(folder, 'report.json'), 'utf8'));

it('scores the answers of a run by what the suite says now: no model is asked for an answer, a judge only once', async () => {
  write('evals/lab.eval.yaml', suite(MATCH));
  await touchstone(folder, 'eval', 'evals/lab.eval.yaml', '--limit', '4', '--reporter', 'json', '--out', 'report.json');
  const before = report();
  expect(api.requests).toHaveLength(4);
  expect(before.variants[0].samples).toMatchObject({ pass: 2, fail: 2 });

  write('evals/lab.eval.yaml', suite(`${MATCH}    weight: 3\n${RUBRIC}`));
  const args = ['--reporter', 'json', '--out', 'report.json'];
  const { code, stdout } = await touchstone(folder, 'rescore', before.run.id, ...args);
  expect(code).toBe(0);
  expect(stdout).toContain(`The answers are those of run ${before.run.id}; no model was asked for one.`);
  expect(api.requests.slice(4).map(({ body }) => body.model)).toEqual(['judge', 'judge', 'judge', 'judge']);
  const after = report();
  expect(after.variants[0].composite.mean).toBeCloseTo((2 * ((3 + 0.75) / 4) + 2 * (0.75 / 4)) / 4, 12);

  // Again: the verdicts are kept, so nothing is asked at all.
  await touchstone(folder, 'rescore', after.run.id, ...args);
  expect(api.requests).toHaveLength(8);
  expect(report().variants[0].composite.mean).toBe(after.variants[0].composite.mean);

  const history = JSON.parse((await touchstone(folder, 'history', '--json')).stdout);
  expect(history.map(({ rescoreOf }: { rescoreOf: string | null }) => rescoreOf)).toEqual([
    before.run.id,
    before.run.id,
    null,
  ]);
});

it('keeps an error an error, and refuses what cannot be', async () => {
  const unknown = await touchstone(folder, 'rescore', 'nothing');
  expect(unknown).toMatchObject({ code: 2 });
  write('evals/lab.eval.yaml', suite('  - nonsense\n'));
  const bad = await touchstone(folder, 'rescore', 'latest');
  expect(bad.code).toBe(2);
  expect(bad.stderr).toContain('There is no metric `nonsense`.');
  write('evals/replayed.eval.yaml', suite(MATCH).replace('lab/tiny', 'replay/nowhere.csv').replace('models', 'models'));
  write('evals/nowhere.csv.recording.jsonl', '');
  await touchstone(folder, 'eval', 'evals/replayed.eval.yaml', '--limit', '2');
  const { code, stdout } = await touchstone(folder, 'rescore', 'latest');
  expect(code).toBe(3);
  expect(stdout).toMatch(/^triage +0 +0 +2 +0 /m);
});
