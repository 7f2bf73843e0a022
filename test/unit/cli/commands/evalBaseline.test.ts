import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type FakeApi,
  type FakeReply,
  type FakeRequest,
  lastUserText,
  startFakeApi,
} from '../../../support/fakeApi.ts';
import { commit, git, hasGit, writeFiles } from '../../../support/gitRepository.ts';
import { temporaryWorkspaces } from '../../../support/temporaryWorkspace.ts';
import { touchstone } from './sampleFolder.ts';

const workspaces = temporaryWorkspaces();
let api: FakeApi | undefined;
let isDown = false;

const CASES = 24;
const rows = Array.from(
  { length: CASES },
  (_, index) => `c${index},question ${index},${index % 2 === 0 ? 'even' : 'odd'}`,
);
const DATA = `id,question,expected\n${rows.join('\n')}\n`;
const PROMPT = '---\nmodel: lab/tiny\n---\n{{role "system"}}MODE right\n{{role "user"}}{{question}}\n';
const WORSE = PROMPT.replace('right', 'wrong');
const SUITE = `prompts: [../prompts/parity.prompt]
data: ./parity.csv
metrics:
  - equals: "{{expected}}"
gate: { verdict: not-worse }
`;
const OTHER = 'prompts: [../prompts/other.prompt]\ndata: ./parity.csv\nmetrics:\n  - contains: e\n';

/** Answers as the prompt of the test says: right, wrong, or not at all. */
function reply(request: FakeRequest): FakeReply {
  if (isDown) return { status: 500, error: { message: 'down' } };
  const system = request.body.messages?.[0]?.content ?? '';
  const parity = Number(/\d+/.exec(lastUserText(request))?.[0]) % 2 === 0;
  const isRight = String(system).includes('MODE right');
  return { output: parity === isRight ? 'even' : 'odd' };
}

let root = '';
beforeEach(async () => {
  isDown = false;
  api = await startFakeApi(reply);
  vi.stubEnv('LAB_API_KEY', 'sk-lab');
  root = fs.realpathSync(workspaces.make({ '.gitignore': '.touchstone\n' }));
  if (!hasGit) return;
  git(root, 'init', '-q', '-b', 'main');
  commit(root, {
    'touchstone.yaml': `providers:\n  lab: { baseUrl: "${api.url}", maxRetries: 0 }\n`,
    'prompts/parity.prompt': PROMPT,
    'prompts/other.prompt': PROMPT.replace('right', 'right, once more'),
    'evals/parity.csv': DATA,
    'evals/parity.eval.yaml': SUITE,
    'evals/other.eval.yaml': OTHER,
  });
  git(root, 'switch', '-q', '-c', 'edit');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  workspaces.remove();
  await api?.stop();
});

const evaluate = (...args: string[]) =>
  touchstone(root, 'eval', 'evals/parity.eval.yaml', '--baseline', 'main', ...args);
const asked = () => api?.requests.length ?? 0;

describe.skipIf(!hasGit)('eval --baseline <revision> (skipped where git is missing)', () => {
  it('a worse prompt fails the gate, and what it broke is told', async () => {
    commit(root, { 'prompts/parity.prompt': WORSE });
    const { code, stdout, stderr } = await evaluate();
    expect(stderr).toContain('main (');
    expect(stdout).toMatch(/parity since main \([0-9a-f]{7}\)/);
    expect(stdout).toContain('broke 24');
    expect(stdout).toMatch(/Gate +fails/);
    expect(code).toBe(1);
    expect(asked()).toBe(2 * CASES);
  });

  it('a prompt that does the same holds it; what is kept of the revision is not asked for again', async () => {
    commit(root, { 'prompts/parity.prompt': PROMPT.replace('MODE right', 'MODE right.') });
    expect((await evaluate()).code).toBe(0);
    expect(asked()).toBe(2 * CASES);
    const { code, stdout } = await evaluate('--reporter', 'json');
    expect(asked()).toBe(3 * CASES);
    const report = JSON.parse(stdout);
    const base = git(root, 'rev-parse', 'main');
    expect(report.comparisons[0].against).toMatchObject({ kind: 'revision', revision: 'main', commit: base });
    expect(report.comparisons[0].composite).toMatchObject({ mean: 0, n: CASES });
    expect(code).toBe(0);
    const runs = JSON.parse((await touchstone(root, 'history', '--json')).stdout);
    expect(runs.map((run: { revision: string | null }) => run.revision)).toEqual([null, null, 'main']);
    expect(runs[2].git).toEqual({ commit: base, dirty: false });
  });

  it('answers of a run of the same version stand for the revision', async () => {
    expect((await touchstone(root, 'eval', 'evals/parity.eval.yaml', '--no-baseline')).code).toBe(1);
    expect(asked()).toBe(CASES);
    commit(root, { 'prompts/parity.prompt': WORSE });
    expect((await evaluate()).code).toBe(1);
    expect(asked()).toBe(2 * CASES);
    await evaluate('--no-cache');
    expect(asked()).toBe(4 * CASES);
  });

  it('an edit of the model in the prompt is compared too, and told', async () => {
    commit(root, { 'prompts/parity.prompt': WORSE.replace('lab/tiny', 'lab/small') });
    const { code, stdout } = await evaluate('--reporter', 'json');
    const report = JSON.parse(stdout);
    expect(report.comparisons[0].composite).toMatchObject({ mean: -1, n: CASES });
    expect(report.notes).toContain('`prompts/parity.prompt` was answered by lab/tiny then, and by lab/small now.');
    expect(code).toBe(1);
  });

  it('a baseline file that is named and cannot be read ends it before anything is asked', async () => {
    const conflict = '<<<<<<< ours\n{}\n=======\n{ }\n>>>>>>> theirs\n';
    writeFiles(root, { 'evals/parity.baseline.json': conflict });
    const file = 'evals/parity.baseline.json';
    const { code, stderr } = await touchstone(root, 'eval', 'evals/parity.eval.yaml', '--baseline', file);
    expect(stderr).toContain('parity.baseline.json');
    expect({ code, asked: asked() }).toEqual({ code: 2, asked: 0 });
  });

  it('ends with 3 when the provider is down, on either side', async () => {
    commit(root, { 'prompts/parity.prompt': WORSE });
    isDown = true;
    expect((await evaluate()).code).toBe(3);
    isDown = false;
    await evaluate();
    isDown = true;
    const { code, stdout } = await evaluate();
    expect(stdout).toContain('24 samples could not run');
    expect(code).toBe(3);
  });

  it('asks for nothing when the revision is not there, and says what helps', async () => {
    const { code, stderr } = await touchstone(root, 'eval', 'evals/parity.eval.yaml', '--baseline', 'nowhere');
    expect(stderr).toContain('git knows no commit nowhere here.');
    expect(code).toBe(2);
    const shallow = `${root}-shallow`;
    git(root, 'clone', '-q', '--depth', '1', `file://${root}`, shallow);
    try {
      const answer = await touchstone(shallow, 'eval', 'evals/parity.eval.yaml', '--baseline', 'HEAD~1');
      expect(answer.stderr).toContain('The clone is shallow');
      expect(answer.code).toBe(2);
    } finally {
      fs.rmSync(shallow, { recursive: true, force: true });
    }
    expect(asked()).toBe(0);
  });

  it('a prompt that has been renamed is found under its old name, one that is new is compared with nothing', async () => {
    commit(root, {
      'prompts/parity.prompt': null,
      'prompts/odd or even.prompt': `${PROMPT}\n`,
      'prompts/new.prompt': PROMPT.replace('MODE right', 'MODE right and new'),
      'evals/parity.eval.yaml': SUITE.replace(
        '[../prompts/parity.prompt]',
        '[../prompts/odd or even.prompt, ../prompts/new.prompt]',
      ).replace(/gate.*\n/, ''),
    });
    const { code, stdout } = await evaluate();
    const text = stdout.replace(/\s+/g, ' ');
    expect(text).toMatch(/prompts\/odd or even\.prompt was called prompts\/parity\.prompt in main/);
    expect(text).toMatch(/odd or even since main .* no change/);
    expect(text).toMatch(/Main \([0-9a-f]{7}\) does not have `prompts\/new\.prompt`/);
    expect(code).toBe(0);
  });

  it('a suite that is new finds its prompts, and one whose prompts are all new has nothing to compare with', async () => {
    commit(root, {
      'evals/second.eval.yaml': SUITE,
      'prompts/third.prompt': PROMPT.replace('MODE right', 'MODE right, thirdly'),
      'evals/third.eval.yaml': SUITE.replace('parity.prompt', 'third.prompt'),
    });
    const second = await touchstone(root, 'eval', 'evals/second.eval.yaml', '--baseline', 'main');
    expect(second.stdout.replace(/\s+/g, ' ')).toContain('The suite is not in main');
    expect(second.code).toBe(0);
    const third = await touchstone(root, 'eval', 'evals/third.eval.yaml', '--baseline', 'main');
    expect(third.stdout.replace(/\s+/g, ' ')).toMatch(/Main \([0-9a-f]{7}\) has none of these variants\./);
    expect(third.code).toBe(0);
  });

  it('takes the rows of today, or of then when asked to', async () => {
    commit(root, { 'evals/parity.csv': DATA.split('\n').slice(0, 11).join('\n'), 'prompts/parity.prompt': WORSE });
    await evaluate();
    expect(asked()).toBe(20);
    const { stdout } = await evaluate('--baseline-data', 'then');
    // The ten answers that are kept are not asked for again.
    expect(asked()).toBe(20 + 14 + 10);
    expect(stdout).toContain('broke 10');
  });

  it('a dirty tree is what is compared, and a kept run may be the other side', async () => {
    await touchstone(root, 'eval', 'evals/parity.eval.yaml', '--no-baseline');
    const [{ id }] = JSON.parse((await touchstone(root, 'history', '--json')).stdout);
    writeFiles(root, { 'prompts/parity.prompt': WORSE });
    const { code, stdout } = await touchstone(root, 'eval', 'evals/parity.eval.yaml', '--baseline', id);
    expect(stdout).toContain(`since run ${id}`);
    expect(code).toBe(1);
    expect(asked()).toBe(2 * CASES);
  });

  it('the suite may name the revision; without a repository that is a warning', async () => {
    const suite = `${SUITE}compare: { baseline: main }\n`;
    commit(root, { 'prompts/parity.prompt': WORSE, 'evals/parity.eval.yaml': suite });
    const run = (...args: string[]) => touchstone(root, 'eval', 'evals/parity.eval.yaml', ...args);
    expect((await run()).stdout).toContain('broke 24');
    expect((await run('--no-baseline')).stdout).not.toContain('broke');
    fs.rmSync(path.join(root, '.git'), { recursive: true });
    const { code, stderr } = await run();
    expect(stderr).toMatch(/parity\.eval\.yaml:\d+:\d+: warning: There is no commit to compare with/);
    expect(code).toBe(1);
  });

  it('nothing is kept with --no-history, and the comparison is the same', async () => {
    commit(root, { 'prompts/parity.prompt': WORSE });
    const { code, stdout } = await evaluate('--no-history');
    expect(stdout).toContain('broke 24');
    expect(code).toBe(1);
    expect(fs.existsSync(path.join(root, '.touchstone/history.db'))).toBe(false);
  });

  it('the budget is one for both sides', async () => {
    const prices = '\nprices:\n  lab/tiny: { inputPerMillion: 1000000, outputPerMillion: 0 }\n';
    fs.appendFileSync(path.join(root, 'touchstone.yaml'), prices);
    commit(root, { 'prompts/parity.prompt': WORSE });
    const [one] = JSON.parse((await evaluate('--limit', '1', '--reporter', 'json', '--no-history')).stdout).variants;
    expect(one.costUsd).toBeGreaterThan(0);
    const before = asked();
    await evaluate('--budget', String(one.costUsd * 30), '--concurrency', '1', '--no-history');
    expect(asked() - before).toBe(30);
  });
});

describe.skipIf(!hasGit)('eval --changed', () => {
  const changed = (...args: string[]) => touchstone(root, 'eval', '--changed', '--baseline', 'main', ...args);

  it('evaluates nothing where nothing differs', async () => {
    commit(root, { 'README.md': 'words' });
    const { code, stderr, stdout } = await changed();
    expect(stderr).toMatch(/2 suites left out: nothing that counts for them has changed since main \([0-9a-f]{7}\)\./);
    expect(stdout).toBe('');
    expect(code).toBe(0);
    expect(asked()).toBe(0);
  });

  it.each<[string, { readonly [file: string]: string }, readonly string[]]>([
    ['a prompt', { 'prompts/other.prompt': PROMPT.replace('right', 'right, thrice') }, ['other']],
    ['a partial', { 'prompts/_tone.prompt': 'Be brief, please.' }, ['toned']],
    ['a suite', { 'evals/other.eval.yaml': `${OTHER}name: other\n` }, ['other']],
    ['the data', { 'evals/parity.csv': DATA.replace('question 3', 'question 5') }, ['other', 'parity', 'toned']],
    ['a file that is not committed', { 'touchstone.yaml': 'concurrency: 2\n' }, []],
  ])('sees %s', async (what, files, expected) => {
    commit(root, {
      'prompts/_tone.prompt': 'Be brief.',
      'prompts/toned.prompt': PROMPT.replace('right', 'right {{>_tone}}'),
      'evals/toned.eval.yaml': OTHER.replace('other', 'toned'),
    });
    git(root, 'branch', '-f', 'main');
    if (what.includes('not committed')) {
      fs.appendFileSync(path.join(root, 'touchstone.yaml'), files['touchstone.yaml'] ?? '');
      expect((await changed()).stdout.match(/^evals\/(\w+)/gm)).toHaveLength(3);
      return;
    }
    commit(root, files);
    const { stdout } = await changed();
    expect((stdout.match(/^evals\/(\w+)/gm) ?? []).map((line) => line.slice('evals/'.length))).toEqual(expected);
  });
});
