import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commit, git, hasGit } from '../../../support/gitRepository.ts';
import { temporaryWorkspaces } from '../../../support/temporaryWorkspace.ts';
import { touchstone } from './sampleFolder.ts';

const workspaces = temporaryWorkspaces();
const FIRST = '{{role "system"}}\nBe kind.\n{{>tone}}\n{{role "user"}}\n{{q}}\n';
const SUITE = (column: string) =>
  `prompts: [p.prompt]\nmodels: [replay/${column}]\ndata: d.csv\nmetrics:\n  - equals: { expected: "{{expected}}" }\n`;
let root = '';
const commits: string[] = [];
const keep = (files: { readonly [name: string]: string | null }, message: string) =>
  commits.push(commit(root, files, message));

/** Runs are told apart by the column that they replay: it stands for the model, which stays the same. */
async function evaluated(right: number, ...args: string[]): Promise<void> {
  const rows = ['a', 'b', 'c', 'd'].map((id, index) => `${id},${id},yes,${index < right ? 'yes' : 'no'}`);
  fs.writeFileSync(path.join(root, 'd.csv'), `id,q,expected,said\n${rows.join('\n')}\n`);
  await touchstone(root, 'eval', 's.eval.yaml', ...args);
}
const versions = async (...args: string[]) => {
  const { code, stdout, stderr } = await touchstone(root, 'versions', 'p.prompt', ...args);
  expect({ code, stderr: stderr.replace(/\d+ versions? without.*\n/, '') }).toEqual({ code: 0, stderr: '' });
  return stdout;
};
const json = async (...args: string[]) => JSON.parse(await versions('--json', ...args));

beforeEach(() => {
  root = fs.realpathSync(workspaces.make({ '.gitignore': '.touchstone\nd.csv\n', 'touchstone.yaml': '' }));
  commits.length = 0;
  if (!hasGit) return;
  git(root, 'init', '-q', '-b', 'main');
  keep({ 'p.prompt': FIRST, '_tone.prompt': 'Short.', 's.eval.yaml': SUITE('said') }, 'First wording');
});
afterEach(() => workspaces.remove());

describe.skipIf(!hasGit)('versions', () => {
  it('are those of commits, of partials too, with what each scored', async () => {
    await evaluated(2);
    keep({ 'p.prompt': FIRST.replace('kind', 'brief') }, 'Brief');
    await evaluated(2);
    keep({ '_tone.prompt': 'Shorter.' }, 'A shorter tone');
    const list = await json();
    expect(list.map(({ commit, subject }: { commit: string; subject: string }) => [commit, subject])).toEqual([
      [commits[2], 'A shorter tone'],
      [commits[1], 'Brief'],
      [commits[0], 'First wording'],
    ]);
    expect(list.map(({ composite, change, runs }: Record<string, unknown>) => [composite, change, runs])).toEqual([
      [null, null, 0],
      [0.5, 0, 1],
      [0.5, null, 1],
    ]);
    expect(new Set(list.map(({ version }: { version: string }) => version)).size).toBe(3);
    const { stderr } = await touchstone(root, 'versions', 'p.prompt');
    expect(stderr).toContain('1 version without a score');
  });

  it('have no change where other cases were asked, or only some', async () => {
    await evaluated(2);
    keep({ 'p.prompt': FIRST.replace('kind', 'brief') }, 'Brief');
    await evaluated(4, '--limit', '1');
    expect((await json())[0]).toMatchObject({ composite: null, change: null, runs: 1 });
    await evaluated(4);
    expect((await json())[0]).toMatchObject({ composite: 1, change: null, runs: 2 });
  });

  it('are also what is not committed, and what was only ever run', async () => {
    fs.writeFileSync(path.join(root, 'p.prompt'), FIRST.replace('kind', 'rude'));
    await evaluated(1);
    fs.writeFileSync(path.join(root, 'p.prompt'), FIRST.replace('kind', 'calm'));
    const list = await json();
    expect(list.map(({ commit, composite, at }: Record<string, unknown>) => [commit, composite, at === null])).toEqual([
      [null, null, true],
      [null, 0.25, false],
      [commits[0], null, false],
    ]);
    const table = await versions();
    expect(table).toMatch(/the file +now .* not committed/);
    expect(table).toMatch(/just now +0.25.* never committed/);
  });

  it('follow the prompt through its names', async () => {
    await evaluated(3);
    git(root, 'mv', 'p.prompt', 'q.prompt');
    keep({ 's.eval.yaml': SUITE('said').replace('p.prompt', 'q.prompt') }, 'Another name');
    const { stdout } = await touchstone(root, 'versions', 'q.prompt', '--json');
    const list = JSON.parse(stdout);
    expect(list.map(({ composite, subject }: Record<string, unknown>) => [subject, composite])).toEqual([
      ['Another name', 0.75],
      ['First wording', 0.75],
    ]);
  });

  it('blame each line with the score before and after it came', async () => {
    await evaluated(4);
    keep({ 'p.prompt': FIRST.replace('kind', 'brief') }, 'Brief');
    await evaluated(4);
    fs.appendFileSync(path.join(root, 'p.prompt'), 'Now.\n');
    const lines = await json('--blame');
    expect(lines[1]).toEqual({ line: 2, commit: commits[1], before: 1, after: 1, text: 'Be brief.' });
    expect(lines[0]).toMatchObject({ commit: commits[0], before: null, after: 1 });
    expect(lines.at(-1)).toEqual({ line: 6, commit: null, before: null, after: null, text: 'Now.' });
    const text = await versions('--blame');
    expect(text).toMatch(new RegExp(`${commits[1]?.slice(0, 7)} 1.000 → 1.000 ±0.000 2 Be brief.`));
    expect(text).toMatch(/not committed –\s+6 Now\./);
  });

  it('are told where there is no repository, or the file is not in it', async () => {
    const alone = workspaces.make({ 'touchstone.yaml': '', 'p.prompt': 'Hello' });
    const { code, stdout } = await touchstone(alone, 'versions', 'p.prompt');
    expect(code).toBe(0);
    expect(stdout).toContain('the file');
    const blamed = await touchstone(alone, 'versions', 'p.prompt', '--blame');
    expect(blamed.code).toBe(2);
    expect(blamed.stderr).toContain('git does not know p.prompt');
    expect((await touchstone(alone, 'versions', 'nope.prompt')).code).toBe(2);
    expect((await touchstone(alone, 'versions', 's.eval.yaml')).stderr).toContain('s.eval.yaml is a suite.');
  });
});
