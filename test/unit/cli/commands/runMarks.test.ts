import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copySample, touchstone } from './sampleFolder.ts';

const folder = copySample();
const SUITE = 'evals/triage.eval.yaml';
let whole = '';
let part = '';

beforeAll(async () => {
  await touchstone(folder, 'eval', SUITE);
  await touchstone(folder, 'eval', SUITE, '--limit', '5');
  [part, whole] = (await listed()) as [string, string];
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

async function listed(...args: string[]): Promise<string[]> {
  const { stdout } = await touchstone(folder, 'history', '--json', ...args);
  return JSON.parse(stdout).map(({ id }: { id: string }) => id);
}

describe('history mark', () => {
  it('names and tags a run, which is then found by its name', async () => {
    const marked = await touchstone(
      folder,
      'history',
      'mark',
      part,
      '--name',
      'Quick look',
      '--tag',
      'ci',
      '--tag',
      'a',
    );
    expect(marked).toMatchObject({ code: 0, stdout: `${part}  "Quick look"  a  ci\n`, stderr: '' });
    expect((await touchstone(folder, 'history')).stdout).toMatch(/"Quick look" a ci/);
    expect((await touchstone(folder, 'show', 'Quick look')).stdout).toContain(`run ${part} · "Quick look" · a · ci`);
    expect(await listed('--search', 'quick')).toEqual([part]);
    expect(await listed('--filter', 'tag = ci')).toEqual([part]);
    const json = JSON.parse((await touchstone(folder, 'history', '--json', '--limit', '1')).stdout);
    expect(json[0]).toMatchObject({ name: 'Quick look', tags: ['a', 'ci'], pinned: false, archived: false });
    await touchstone(folder, 'history', 'mark', part, '--no-name', '--untag', 'a', '--untag', 'ci');
    expect((await touchstone(folder, 'history')).stdout).not.toContain('marks');
  });

  it('archives runs, which are no longer the last', async () => {
    await touchstone(folder, 'history', 'mark', part, '--archive');
    expect(await listed()).toEqual([whole]);
    expect(await listed('--archived')).toEqual([part, whole]);
    expect(await listed('--filter', 'archived')).toEqual([part]);
    expect((await touchstone(folder, 'show', 'latest')).stdout).toContain(whole);
    await touchstone(folder, 'history', 'mark', part, '--no-archive');
    expect(await listed()).toEqual([part, whole]);
  });

  it.each([
    ['nothing', [], 'Nothing is said about the run.'],
    ['one name for two', ['second', '--name', 'x'], 'Several runs cannot have one name'],
    ['a tag of two words', ['--tag', 'two words'], '"two words" cannot be a tag'],
    ['an unknown run', ['nope', '--pin'], 'There is no run "nope"'],
  ])('refuses %s, and marks nothing', async (_name, args, words) => {
    const [first = '', ...rest] = args;
    const ids = first.startsWith('--') || first === '' ? [part] : [part, first === 'second' ? whole : first];
    const options = first.startsWith('--') ? args : rest;
    const { code, stdout, stderr } = await touchstone(folder, 'history', 'mark', ...ids, ...options);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(words);
    expect(await listed('--filter', 'pinned or name != ""')).toEqual([]);
  });

  it('takes the workspace of its own, whatever stands above it', async () => {
    const { dir, base } = path.parse(folder);
    const { code } = await touchstone(dir, 'history', 'mark', part, '--pin', '--workspace', base);
    expect(code).toBe(0);
    expect(await listed('--filter', 'pinned')).toEqual([part]);
    await touchstone(folder, 'history', 'mark', part, '--no-pin');
  });
});

describe('history --filter', () => {
  it('lists what meets it', async () => {
    expect(await listed('--filter', 'metrics.composite > 0.8 and cases > 10')).toEqual([whole]);
    expect(await listed('--filter', 'composite > 0.99')).toEqual([]);
  });

  it('shows where it cannot be read', async () => {
    const { code, stderr } = await touchstone(folder, 'history', '--filter', 'cases > 1 and modle = x');
    expect(code).toBe(2);
    expect(stderr).toContain(`  cases > 1 and modle = x\n  ${' '.repeat(14)}^`);
    expect(stderr).toContain('Did you mean `model`?');
  });

  it('says that no run has such a metric', async () => {
    const { code, stderr } = await touchstone(folder, 'history', '--filter', 'metrics.sumary > 0');
    expect(code).toBe(0);
    expect(stderr).toContain('No run has a metric "sumary". Did you mean `summary`?');
  });
});

describe('history delete', () => {
  it('deletes all that are named, or none', async () => {
    await touchstone(folder, 'history', 'mark', whole, '--pin');
    const refused = await touchstone(folder, 'history', 'delete', part, whole);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('is pinned; nothing was deleted');
    expect(await listed()).toEqual([part, whole]);
    const done = await touchstone(folder, 'history', 'delete', part, part.slice(0, -1));
    expect(done).toMatchObject({ code: 0, stderr: 'Deleted 1 run. What people rated is kept.\n' });
    expect(await listed()).toEqual([whole]);
  });
});
