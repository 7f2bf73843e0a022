import fs from 'node:fs';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { metricDefinition, metricKinds } from '../../../../src/engine/metric/registry.ts';
import { judgePromptNames, ownJudgePrompt } from '../../../../src/node/judge/judgePrompts.ts';
import { temporaryWorkspaces } from '../../../support/temporaryWorkspace.ts';
import { touchstone } from './sampleFolder.ts';

const workspaces = temporaryWorkspaces();
afterEach(() => workspaces.remove());

it('copies the prompt of a kind once, and leaves what is there', async () => {
  const root = workspaces.make({});
  const first = await touchstone(root, 'judges', 'copy', 'rubric', 'evals');
  expect(first).toMatchObject({ code: 0, stdout: `Wrote ${path.join('evals', 'rubric-judge.prompt')}\n` });
  const file = path.join(root, 'evals', 'rubric-judge.prompt');
  expect(fs.readFileSync(file, 'utf8')).toBe(fs.readFileSync('media/judges/rubric.prompt', 'utf8'));
  fs.writeFileSync(file, 'mine');
  expect(await touchstone(root, 'judges', 'copy', 'rubric', 'evals')).toMatchObject({ code: 2 });
  expect(fs.readFileSync(file, 'utf8')).toBe('mine');
});

it('says which kinds have one', async () => {
  const root = workspaces.make({});
  const { code, stderr } = await touchstone(root, 'judges', 'copy', 'rubrik');
  expect(code).toBe(2);
  expect(stderr).toContain('Did you mean `rubric`?');
  expect((await touchstone(root, 'judges', 'list')).stdout.split('\n')).toContain('rubric');
});

it.each(judgePromptNames())('%s is a prompt without a problem', async (name) => {
  const { closure } = await ownJudgePrompt(name);
  expect(closure.problems).toEqual([]);
  expect(closure.document.roles.map(({ role }) => role)).toEqual(['system', 'user']);
});

it('there is a prompt for every kind that asks a judge, and a kind for every prompt', () => {
  const used = metricKinds().flatMap((kind) => metricDefinition(kind)?.usesJudge ?? []);
  expect([...new Set(used)].sort()).toEqual(judgePromptNames());
});
