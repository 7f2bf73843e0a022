import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { touchstone } from './sampleFolder.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'touchstone-params-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
const write = (file: string, text: string) => fs.writeFileSync(path.join(folder, file), text);
write('touchstone.yaml', '');
write('a.prompt', '---\nmodel: replay/answer\nconfig:\n  temprature: 0.5\n  temperature: hot\n---\n{{q}}\n');
write('b.prompt', '---\nmodel: replay/answer\n---\n{{q}}\n');
write('d.csv', 'q,answer,expected\nx,y,y\n');
write('a.eval.yaml', 'prompts: [a.prompt]\ndata: d.csv\nmetrics: [equals]\n');
write('b.eval.yaml', 'prompts: [b.prompt]\nparams: { topP: [0.5, 3] }\ndata: d.csv\nmetrics: [equals]\n');

it.each([
  [
    'in a prompt',
    ['eval', 'a.eval.yaml'],
    ['a.prompt:4:15', '`temprature` is not a known parameter', 'Did you mean `temperature`?'],
  ],
  ['of another type', ['eval', 'a.eval.yaml'], ['a.prompt:5:16', '`temperature` must be a number']],
  ['in a suite', ['eval', 'b.eval.yaml'], ['b.eval.yaml:2:', '`topP` must be 0 to 1, not 3']],
  ['on the command line', ['eval', 'b.eval.yaml', '--params', 'sed=1'], ['`sed` is not a known parameter', '`seed`']],
  ['of a single run', ['run', 'b.prompt', '--data', 'd.csv', '--params', 'sed=1'], ['`sed` is not a known parameter']],
])('a doubtful parameter %s is told and does not stop the run', async (_, args, texts) => {
  const { code, stderr } = await touchstone(folder, ...args);
  for (const text of texts) expect(stderr).toContain(text);
  expect(stderr.split(texts[0] ?? '').length).toBe(2);
  expect(code).toBe(0);
});
