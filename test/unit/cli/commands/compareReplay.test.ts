import fs from 'node:fs';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { temporaryWorkspaces } from '../../../support/temporaryWorkspace.ts';
import { touchstone } from './sampleFolder.ts';

const workspaces = temporaryWorkspaces();
afterEach(() => workspaces.remove());

const SUITE = 'prompts: [p.prompt]\nmodels: [replay/a]\ndata: d.csv\nmetrics: [{ equals: "{{expected}}" }]\n';
const data = (answers: readonly string[]) =>
  `id,q,a,b,expected\n${answers.map((answer, at) => `c${at},question ${at},${answer},no,yes`).join('\n')}\n`;

it('a column that is played back is the answer and no part of the case', async () => {
  const root = workspaces.make({ 'p.prompt': '{{q}}', 'd.csv': data(Array(10).fill('yes')), 's.eval.yaml': SUITE });
  const evaluate = (...args: string[]) => touchstone(root, 'eval', 's.eval.yaml', ...args);
  await evaluate();
  fs.writeFileSync(path.join(root, 'd.csv'), data(['no', 'no', 'no', ...Array(7).fill('yes')]));
  await evaluate();
  const [second, first] = JSON.parse((await touchstone(root, 'history', '--json')).stdout);
  const { stdout } = await touchstone(root, 'compare', first.id, second.id);
  expect(stdout).toContain('broke 3: c0, c1, c2');
  expect(stdout).not.toContain('left out');

  // Nor is the column of the other run.
  await evaluate('--model', 'replay/b');
  const other = await touchstone(root, 'compare', second.id, 'latest', '--json');
  expect(JSON.parse(other.stdout).cases).toMatchObject({ common: 10, changed: 0 });

  // And a committed baseline knows the same cases.
  await evaluate();
  await touchstone(root, 'baseline', 'latest');
  fs.writeFileSync(path.join(root, 'd.csv'), data(Array(10).fill('yes')));
  expect((await evaluate()).stdout).toContain('fixed 3: c0, c1, c2');
});
