import fs from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FakeApi, type FakeRequest, lastUserText, startFakeApi } from '../../../support/fakeApi.ts';
import { commit, git, hasGit } from '../../../support/gitRepository.ts';
import { temporaryWorkspaces } from '../../../support/temporaryWorkspace.ts';
import { touchstone } from './sampleFolder.ts';

const workspaces = temporaryWorkspaces();
const rows = Array.from(
  { length: 24 },
  (_, index) => `c${index},question ${index},${index % 2 === 0 ? 'even' : 'odd'}`,
);
const promptOf = (mode: string, word: string) =>
  `---\nmodel: lab/tiny\n---\n{{role "system"}}MODE ${mode}\n{{>tone}}\n{{role "user"}}{{question}} ${word}\n`;
let api: FakeApi | undefined;
let root = '';
const commits: string[] = [];

/** The tone is in a partial; "wrong" anywhere makes every answer wrong. */
function reply(request: FakeRequest) {
  const parity = Number(/\d+/.exec(lastUserText(request))?.[0]) % 2 === 0;
  const isRight = !JSON.stringify(request.body.messages).includes('wrong');
  return { output: parity === isRight ? 'even' : 'odd' };
}
const write = (files: { readonly [name: string]: string | null }, message: string) =>
  commits.push(commit(root, files, message));
const bisect = (...args: string[]) => touchstone(root, 'bisect', 'evals/parity.eval.yaml', ...args);

beforeEach(async () => {
  api = await startFakeApi(reply);
  vi.stubEnv('LAB_API_KEY', 'sk-lab');
  root = fs.realpathSync(workspaces.make({ '.gitignore': '.touchstone\n' }));
  commits.length = 0;
  if (!hasGit) return;
  git(root, 'init', '-q', '-b', 'main');
  write(
    {
      'touchstone.yaml': `providers:\n  lab: { baseUrl: "${api.url}", maxRetries: 0 }\n`,
      'prompts/parity.prompt': promptOf('right', 'v0'),
      'prompts/_tone.prompt': 'Be kind.',
      'evals/parity.csv': `id,question,expected\n${rows.join('\n')}\n`,
      'evals/parity.eval.yaml':
        'prompts: [../prompts/parity.prompt]\ndata: ./parity.csv\nmetrics:\n  - equals: "{{expected}}"\n',
    },
    'begin',
  );
  write({ 'prompts/parity.prompt': promptOf('right', 'v1') }, 'v1');
  write({ 'README.md': 'nothing to do with it' }, 'readme');
  write({ 'prompts/parity.prompt': promptOf('right', 'v2') }, 'v2');
  write({ 'prompts/_tone.prompt': 'Be wrong.' }, 'The tone | changes "it"');
  write({ 'prompts/parity.prompt': promptOf('right', 'v3') }, 'v3');
  write({ 'prompts/parity.prompt': promptOf('right', 'v4') }, 'v4');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  workspaces.remove();
  await api?.stop();
});

describe.skipIf(!hasGit)('bisect', () => {
  it('finds the commit, a partial being a part of the prompt, and asks no more than it must', async () => {
    const { code, stdout, stderr } = await bisect('--good', 'HEAD~6');
    expect(code).toBe(0);
    expect(stdout).toContain(`${commits[4]?.slice(0, 7)} changed it: 1.000 → 0.000`);
    expect(stdout).toContain('Tester  The tone | changes "it"');
    expect(stdout).toMatch(/touchstone compare r\w+ r\w+ .*4 states evaluated, 0 known/);
    expect(stderr).not.toContain('readme');
    // Both ends, and two of the four commits between them.
    expect(api?.requests).toHaveLength(4 * rows.length);
    const again = await bisect('--good', 'HEAD~6', '--json');
    expect(api?.requests).toHaveLength(4 * rows.length);
    expect(JSON.parse(again.stdout)).toMatchObject({
      found: { commits: [{ commit: commits[4], author: 'Tester' }], before: { composite: 1 }, after: { composite: 0 } },
      evaluated: 0,
      known: 4,
    });
  });

  it('follows the variants that changed, and no others', async () => {
    write({ 'prompts/_tone.prompt': 'Be kind.' }, 'mended');
    write(
      {
        'prompts/other.prompt': promptOf('right', 'other').replace('{{>tone}}\n', ''),
        'evals/parity.eval.yaml':
          'prompts: [../prompts/parity.prompt, ../prompts/other.prompt]\ndata: ./parity.csv\nmetrics:\n  - equals: "{{expected}}"\n',
      },
      'another prompt',
    );
    const good = commits.at(-1) ?? '';
    write({ 'prompts/parity.prompt': promptOf('wrong', 'v5') }, 'v5');
    write({ 'prompts/other.prompt': promptOf('right', 'other, edited').replace('{{>tone}}\n', '') }, 'the other');
    const { code, stdout } = await bisect('--good', good);
    expect(code).toBe(0);
    expect(stdout).toMatch(/changed it: 1\.000 → 0\.000\n.*v5/);
  });

  it('follows a prompt through its names', async () => {
    write({ 'prompts/_tone.prompt': 'Be kind.' }, 'mended');
    const good = commits.at(-1) ?? '';
    git(root, 'mv', 'prompts/parity.prompt', 'prompts/even.prompt');
    const suite = fs.readFileSync(`${root}/evals/parity.eval.yaml`, 'utf8').replace('parity.prompt', 'even.prompt');
    write({ 'evals/parity.eval.yaml': suite }, 'another name');
    write({ 'prompts/even.prompt': promptOf('wrong', 'v4') }, 'wrong again');
    const { code, stdout } = await bisect('--good', good);
    expect(code).toBe(0);
    expect(stdout).toMatch(/changed it: 1\.000 → 0\.000\n.*wrong again/);
  });

  it('steps over what cannot be evaluated, and names all that it may be', async () => {
    write({ 'prompts/_tone.prompt': 'Be kind.' }, 'mended');
    const good = commits.at(-1) ?? '';
    write({ 'prompts/parity.prompt': '{{#if' }, 'broken');
    write({ 'prompts/parity.prompt': promptOf('wrong', 'v6') }, 'v6');
    const { code, stdout, stderr } = await bisect('--good', good);
    expect(code).toBe(0);
    expect(stdout).toContain('One of 2 commits changed it');
    expect(stderr).toMatch(/skipped +broken/);
    expect(stdout).toMatch(/broken[\s\S]*v6/);
  });

  it('finds nothing where nothing tells the ends apart', async () => {
    const { code, stdout } = await bisect('--good', 'HEAD~6', '--bad', 'HEAD~3');
    expect(code).toBe(1);
    expect(stdout).toContain('Nothing tells');
    expect(api?.requests).toHaveLength(2 * rows.length);
  });

  it.each([
    ['ends in the wrong order', ['--good', 'HEAD', '--bad', 'HEAD~3'], 'does not come before'],
    ['commits that count for nothing', ['--good', 'HEAD~5', '--bad', 'HEAD~4'], 'Nothing that counts for'],
    ['a revision that is none', ['--good', 'nope'], 'git knows no commit nope'],
    ['no beginning', [], "required option '--good <revision>'"],
  ])('refuses %s', async (_name, args, words) => {
    const { code, stderr } = await bisect(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
    expect(api?.requests).toHaveLength(0);
  });
});
