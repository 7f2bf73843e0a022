import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { suitesOfPrompt } from '../../../../src/node/workspace/findSuites.ts';
import { loadSuite } from '../../../../src/node/workspace/loadSuite.ts';
import { openWorkspace } from '../../../../src/node/workspace/openWorkspace.ts';
import { brief, folderWith } from './support.ts';

const PROMPT = '---\nmodel: replay/expected\n---\n{{ticket}}\n';
const METRICS = 'metrics:\n  - equals: "{{expected}}"\n';
const SUITE = `prompts: [./a.prompt]\ndata: ./a.csv\n${METRICS}`;
const DATA = 'ticket,expected\nHello,x\n';

/** A workspace `in` beside a folder `out` that none of its files may lead to. */
function workspaceWith(suite: string, trusted = true) {
  const folder = folderWith({
    'in/touchstone.yaml': '',
    'in/a.prompt': PROMPT,
    'in/a.csv': DATA,
    'in/a.eval.yaml': suite,
    'out/a.prompt': PROMPT,
    'out/a.csv': DATA,
    'out/a.eval.yaml': SUITE,
  });
  const root = path.join(folder, 'in');
  const link = (name: string) => fs.symlinkSync(path.join(folder, 'out', name), path.join(root, `link-${name}`));
  for (const name of ['a.prompt', 'a.csv', 'a.json']) link(name);
  return openWorkspace(root, { trusted, cwd: root });
}

async function problemsOf(suite: string, trusted?: boolean): Promise<string[]> {
  const workspace = workspaceWith(suite, trusted);
  const { problems } = await loadSuite(workspace, 'a.eval.yaml');
  return problems.map((problem) => `${brief(workspace.root, problem)}: ${problem.message.replace(/ \/.*/, '')}`);
}

describe('a suite that leads out of the workspace', () => {
  it.each([
    ['prompt', SUITE.replace('./a.prompt', '../out/a.prompt'), 'a.eval.yaml:1:11 unreadable-file: The prompt'],
    ['linked prompt', SUITE.replace('./a.prompt', './link-a.prompt'), 'a.eval.yaml:1:11 unreadable-file: The prompt'],
    ['baseline', `${SUITE}baseline: ../out/b.json\n`, 'a.eval.yaml:5:11 unreadable-file: The baseline'],
    ['linked baseline', `${SUITE}baseline: ./link-a.json\n`, 'a.eval.yaml:5:11 unreadable-file: The baseline'],
  ])('by its %s is refused at the place', async (_name, suite, expected) => {
    expect(await problemsOf(suite)).toContain(expected);
  });

  it.each(['../out/a.csv', './link-a.csv'])('by its dataset %s is read only where it is trusted', async (data) => {
    const suite = SUITE.replace('./a.csv', data);
    expect(await problemsOf(suite)).toEqual([]);
    expect(await problemsOf(suite, false)).toEqual([
      'a.eval.yaml:2:7 unreadable-file: The workspace is not trusted, and the dataset',
    ]);
  });

  it('is sound when it stays inside', async () => {
    expect(await problemsOf(`${SUITE}baseline: ./new/b.json\n`)).toEqual([]);
    expect(await problemsOf(SUITE, false)).toEqual([]);
  });
});

describe('a prompt that names its suite', () => {
  it('finds none outside the workspace', async () => {
    const workspace = workspaceWith(SUITE);
    const prompt = (suite: string) => `---\nmodel: replay/x\ntouchstone.suite: ${suite}\n---\nHi\n`;
    fs.writeFileSync(path.join(workspace.root, 'b.prompt'), prompt('./a.eval.yaml'));
    expect(await suitesOfPrompt(workspace, 'b.prompt')).toEqual([path.join(workspace.root, 'a.eval.yaml')]);
    fs.writeFileSync(path.join(workspace.root, 'b.prompt'), prompt('../out/a.eval.yaml'));
    expect(await suitesOfPrompt(workspace, 'b.prompt')).toEqual([]);
  });
});
