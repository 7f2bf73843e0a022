import fs from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { temporaryWorkspaces } from '../../../support/temporaryWorkspace.ts';
import { touchstone } from './sampleFolder.ts';

const workspaces = temporaryWorkspaces();
afterAll(workspaces.remove);

const FILES = {
  'touchstone.yaml': '',
  'evals/p.prompt': '---\nmodel: replay/said\n---\n{{ticket}}\n',
  'evals/d.csv': `id,ticket,said\na,one,yes indeed\nb,two,${'word '.repeat(60)}\n`,
};

it.each([
  ['evals/short', 'evals/short.ts'],
  ['evals/short.mts', 'evals/short.mts'],
  ['evals/short.js', 'evals/short.js'],
  ['evals/short.mjs', 'evals/short.mjs'],
  ['evals/short.py', 'evals/short.py'],
])('init metric %s writes a metric that works as it stands', async (name, file) => {
  const folder = workspaces.make(FILES);
  const made = await touchstone(folder, 'init', 'metric', name);
  expect(made).toMatchObject({ code: 0, stdout: `${file}\n` });
  const entry = /- (script|process): .*/.exec(made.stderr)?.[0] ?? '';
  fs.writeFileSync(path.join(folder, 'evals/s.eval.yaml'), `prompts: [p.prompt]\ndata: d.csv\nmetrics:\n  ${entry}\n`);
  const evaluated = await touchstone(folder, 'eval', 'evals/s.eval.yaml', '--no-history', '--samples', 'out.jsonl');
  expect(evaluated.stderr).not.toContain('rror');
  const lines = fs.readFileSync(path.join(folder, 'out.jsonl'), 'utf8').trim().split('\n');
  const reasons = lines.map((line) => JSON.parse(line).scores[0].reason);
  expect(reasons).toEqual(['2 words; 50 are allowed.', '60 words; 50 are allowed.']);
});

it('init metric never overwrites, and refuses names that cannot be one', async () => {
  const folder = workspaces.make({ 'a.ts': 'mine' });
  const again = await touchstone(folder, 'init', 'metric', 'a');
  expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('is there already') });
  expect(fs.readFileSync(path.join(folder, 'a.ts'), 'utf8')).toBe('mine');
  const other = await touchstone(folder, 'init', 'metric', 'a.rb');
  expect(other).toMatchObject({ code: 2, stderr: expect.stringContaining('Its name ends in .ts') });
  expect((await touchstone(folder, 'init', 'judge', 'a')).code).toBe(2);
});
