import fs from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { copySample, touchstone } from './sampleFolder.ts';

const folder = copySample();
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

// No help page says whether there is a dark mode, somebody who says thanks needs no function, and two summaries wait for people.
const UNSCORED = new Map([
  ['sources', 1],
  ['tool-call-valid', 1],
  ['people', 2],
]);

it.each([
  ['help', ['notebook-phone', 'dark-mode']],
  ['event', ['no-time', 'us-date', 'de-theatre']],
  ['assistant', ['delete-not-asked', 'zh-remind']],
  ['digest', ['budget', 'injection-minutes']],
])('the suite %s runs offline with its judge, and its README tells what fails', async (suite, failing) => {
  const args = ['--reporter', 'json', '--out', 'report.json', '--no-cache'];
  const { code, stdout } = await touchstone(folder, 'eval', `evals/${suite}.eval.yaml`, ...args);
  expect(code).toBe(0);
  expect([...stdout.matchAll(/✗ (\S+)/g)].map(([, id]) => id)).toEqual(failing);
  const [variant] = JSON.parse(fs.readFileSync(path.join(folder, 'report.json'), 'utf8')).variants;
  expect(variant.samples).toMatchObject({ fail: failing.length, error: 0, unscored: 0 });
  for (const [name, metric] of Object.entries(variant.metrics)) {
    expect(metric).toMatchObject({ error: 0, unscored: UNSCORED.get(name) ?? 0 });
  }
});
