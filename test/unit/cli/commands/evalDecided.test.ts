import fs from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FakeApi, type FakeRequest, lastUserText, startFakeApi } from '../../../support/fakeApi.ts';
import { commit, git, hasGit } from '../../../support/gitRepository.ts';
import { temporaryWorkspaces } from '../../../support/temporaryWorkspace.ts';
import { touchstone } from './sampleFolder.ts';

const workspaces = temporaryWorkspaces();
let api: FakeApi | undefined;

const CASES = 120;
const rows = Array.from({ length: CASES }, (_, index) => `c${index},question ${index},yes`);
const PROMPT = '---\nmodel: lab/tiny\n---\n{{role "system"}}Right for 40.\n{{role "user"}}{{question}}\n';
const SUITE = `prompts: [../prompts/yes.prompt]
data: ./yes.csv
concurrency: 1
metrics:
  - equals: "{{expected}}"
gate: { verdict: not-worse }
`;

/** Right for the questions below the number that the prompt says. */
const reply = (request: FakeRequest) => {
  const system = String(request.body.messages?.[0]?.content);
  const upTo = Number(/Right for (\d+)/.exec(system)?.[1]);
  return { output: Number(/\d+/.exec(lastUserText(request))?.[0]) < upTo ? 'yes' : 'no' };
};

let root = '';
beforeEach(async () => {
  api = await startFakeApi(reply);
  vi.stubEnv('LAB_API_KEY', 'sk-lab');
  root = fs.realpathSync(workspaces.make({ '.gitignore': '.touchstone\n' }));
  if (!hasGit) return;
  git(root, 'init', '-q', '-b', 'main');
  commit(root, {
    'touchstone.yaml': `providers:\n  lab: { baseUrl: "${api.url}", maxRetries: 0 }\n`,
    'prompts/yes.prompt': PROMPT,
    'evals/yes.csv': `id,question,expected\n${rows.join('\n')}\n`,
    'evals/yes.eval.yaml': SUITE,
  });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  workspaces.remove();
  await api?.stop();
});

const evaluate = (...args: string[]) => touchstone(root, 'eval', 'evals/yes.eval.yaml', ...args);
const prompt = (upTo: number) => ({ 'prompts/yes.prompt': PROMPT.replace('40', String(upTo)) });
const json = async (...args: string[]) => {
  const { code, stdout } = await evaluate('--baseline', 'main', '--stop-when-decided', '--reporter', 'json', ...args);
  return { code, report: JSON.parse(stdout) };
};

describe.skipIf(!hasGit)('eval --stop-when-decided (skipped where git is missing)', () => {
  it('asks no more cases once an edit is shown to be better, and says what that saved', async () => {
    git(root, 'switch', '-q', '-c', 'edit');
    commit(root, prompt(100));
    const { code, report } = await json();
    const after = report.run.decidedAfter;
    expect(after).toBeGreaterThan(4);
    expect(after).toBeLessThan(CASES / 2);
    expect(api?.requests.length).toBe(CASES + after);
    expect(report.notes).toContain(`Decided after ${after} of ${CASES} cases; ${CASES - after} were not asked.`);
    expect(report.comparisons[0].composite.verdict).toMatchObject({ word: 'better', test: 'betting' });
    expect(report.variants[0].samples.pass + report.variants[0].samples.fail).toBe(after);
    expect({ code, gate: report.gate }).toEqual({ code: 0, gate: { holds: true, reasons: [] } });
  });

  it('asks in an order that has nothing to do with the dataset’s', async () => {
    commit(root, prompt(100));
    await json('--baseline', 'HEAD~1');
    const order = (api?.requests ?? []).slice(CASES).map((one) => Number(/\d+/.exec(lastUserText(one))?.[0]));
    expect(order).not.toEqual([...order].sort((a, b) => a - b));
    expect(Math.max(...order)).toBeGreaterThan(CASES / 2);
  });

  it('fails the gate as soon as a loss is shown', async () => {
    git(root, 'switch', '-q', '-c', 'edit');
    commit(root, prompt(0));
    const { code, report } = await json();
    expect(report.comparisons[0].composite.verdict.word).toBe('worse');
    expect(report.run.decidedAfter).toBeLessThan(CASES);
    expect(code).toBe(1);
  });

  it('asks every case where nothing is decided; a verdict then still holds whenever one looks', async () => {
    git(root, 'switch', '-q', '-c', 'edit');
    commit(root, prompt(41));
    const { report } = await json();
    expect(report.run.decidedAfter).toBeUndefined();
    expect(api?.requests.length).toBe(2 * CASES);
    expect(report.comparisons[0].composite.verdict).toMatchObject({ word: 'inconclusive', test: 'betting' });
  });

  it('is said by a suite too; without a baseline every case is asked, and a note says so', async () => {
    commit(root, { 'evals/yes.eval.yaml': `${SUITE}compare: { stopWhenDecided: true }\n` });
    const { stdout } = await evaluate();
    expect(stdout).toContain('nothing to compare with');
    expect(api?.requests.length).toBe(CASES);
  });

  it('leaves a run that stands neither for its suite nor for a baseline', async () => {
    git(root, 'switch', '-q', '-c', 'edit');
    commit(root, prompt(100));
    await json();
    const { code, stderr } = await touchstone(root, 'baseline', 'latest');
    expect(stderr).toMatch(/Decided after \d+ of 120 cases/);
    expect(code).not.toBe(0);
  });
});
