import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportCommand } from '../../../../src/cli/commands/export.ts';
import { testShell } from '../testShell.ts';
import { copySample, touchstone } from './sampleFolder.ts';

const folder = copySample();
const SUITE = 'evals/triage.eval.yaml';
beforeAll(async () => {
  await touchstone(folder, 'eval', SUITE);
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

describe('history', () => {
  it('lists the runs', async () => {
    const { code, stdout } = await touchstone(folder, 'history');
    expect(code).toBe(0);
    expect(stdout).toMatch(/evals\/triage .* 41\/48 30\/48/);
  });

  it('lists them as JSON, of one prompt alone if asked', async () => {
    const all = JSON.parse((await touchstone(folder, 'history', '--json')).stdout);
    expect(all).toHaveLength(1);
    expect(all[0]).toMatchObject({ suite: SUITE, status: 'finished', cases: 48 });
    expect(all[0].variants.map((variant: { prompt: string }) => variant.prompt)).toEqual([
      'prompts/triage.prompt',
      'prompts/triage-v1.prompt',
    ]);
    const [ofOne] = JSON.parse((await touchstone(folder, 'history', 'prompts/triage-v1.prompt', '--json')).stdout);
    expect(ofOne.variants).toHaveLength(1);
  });

  it.each([
    ['a file that never was', ['nope.prompt'], 'There is no file nope.prompt, and no run of it.'],
    ['a folder', ['evals'], 'evals is a folder.'],
    ['a workspace that is not there', ['--workspace', 'nope'], 'There is no folder nope.'],
  ])('ends with 2 for %s', async (_name, args, words) => {
    const { code, stdout, stderr } = await touchstone(folder, 'history', ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(words);
  });

  it('lists the runs of a prompt that is no longer there', async () => {
    const other = copySample();
    await touchstone(other, 'eval', SUITE, '--limit', '1');
    fs.rmSync(path.join(other, 'prompts'), { recursive: true });
    const { code, stdout } = await touchstone(other, 'history', 'prompts/triage.prompt');
    expect(code).toBe(0);
    expect(stdout).toMatch(/evals\/triage .* 1\/1/);
    expect(stdout).toMatch(/ 1 of 48 /);
    fs.rmSync(other, { recursive: true, force: true });
  });

  it('takes a file as it is named in the workspace that is asked for', async () => {
    const { dir, base } = path.parse(folder);
    const { code, stdout } = await touchstone(dir, 'history', 'prompts/triage-v1.prompt', '--workspace', base);
    expect(code).toBe(0);
    expect(stdout).toMatch(/evals\/triage .* 30\/48/);
  });

  it('sums up a run of many variants', async () => {
    const other = copySample();
    await touchstone(other, 'eval', SUITE);
    fs.copyFileSync(path.join(other, 'evals/triage.recording.jsonl'), path.join(other, 'evals/copy.recording.jsonl'));
    await touchstone(other, 'eval', SUITE, '--model', 'replay/triage', '--model', 'replay/copy');
    const [, newest, before] = (await touchstone(other, 'history')).stdout.split('\n');
    expect(newest).toMatch(/ 0\.751 to 0\.929 +142\/192/);
    expect(before).toMatch(/ 0\.929 0\.751 +41\/48 30\/48/);
    fs.rmSync(other, { recursive: true, force: true });
  });

  it('says where nothing was run', async () => {
    const empty = copySample();
    const { code, stderr } = await touchstone(empty, 'history');
    expect(code).toBe(2);
    expect(stderr).toContain('Nothing was run yet');
    // Looking must not make one.
    expect(fs.existsSync(path.join(empty, '.touchstone'))).toBe(false);
    fs.rmSync(empty, { recursive: true, force: true });
  });
});

describe('show', () => {
  it('shows the table and the failures of a run', async () => {
    const { code, stdout } = await touchstone(folder, 'show', 'latest');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^triage +41 +7/m);
    expect(stdout).toContain('triage-v1: 18 failing');
    expect(stdout).toMatch(/ · run \w{10,}$/m);
    expect(stdout).toMatch(/^replay\/triage · prompts\/triage\.prompt [0-9a-f]{8} · /m);
  });

  it('shows one case with its messages, output and scores', async () => {
    const { stdout } = await touchstone(folder, 'show', 'latest', '--case', 'injection-role');
    expect(stdout).toContain('<<<dotprompt:role:system>>>');
    expect(stdout.match(/^ {2}✓ category 1\.000/gm)).toHaveLength(2);
    expect(stdout).toMatch(/^replay\/triage · prompts\/triage-v1\.prompt [0-9a-f]{8}/m);
  });

  it('gives a case as JSON', async () => {
    const { stdout } = await touchstone(folder, 'show', 'latest', '--case', 'zh-refund', '--json');
    const samples = JSON.parse(stdout);
    expect(samples).toHaveLength(2);
    expect(samples[0]).toMatchObject({ case: 'zh-refund', status: 'pass', expected: { category: 'billing' } });
    expect(samples[0].messages.map((message: { role: string }) => message.role)).toEqual(['system', 'user']);
  });

  it.each([
    ['show', 'nope'],
    ['show', 'latest', '--case', 'nope'],
    ['baseline', 'nope'],
    ['export', 'nope'],
  ])('%s %s %s %s ends with 2', async (...args) => {
    expect((await touchstone(folder, ...args.filter((arg) => arg !== undefined))).code).toBe(2);
  });
});

describe('export', () => {
  it('makes a recording that replays to the same run', async () => {
    const { code } = await touchstone(
      folder,
      'export',
      'latest',
      '--recording',
      '--out',
      'evals/again.recording.jsonl',
    );
    expect(code).toBe(0);
    const args = ['--model', 'replay/again', '--no-history', '--reporter', 'json'];
    const { variants } = JSON.parse((await touchstone(folder, 'eval', SUITE, ...args)).stdout);
    expect(variants.map(({ samples }: { samples: object }) => samples)).toEqual([
      { pass: 41, fail: 7, error: 0, unscored: 0 },
      { pass: 30, fail: 18, error: 0, unscored: 0 },
    ]);
  });

  it('gives each sample as a line', async () => {
    const { stdout } = await touchstone(folder, 'export', 'latest');
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).case),
    ).toHaveLength(96);
  });
});

describe('a long export', () => {
  /** `reads` is asked before each piece whether the reader is still there. */
  async function exportTo(reads: () => boolean, signal?: AbortSignal) {
    const { shell } = testShell(folder, signal);
    const pieces: string[] = [];
    const stdout = { ...shell.stdout, write: (text: string) => void pieces.push(text), taken: async () => reads() };
    const code = await exportCommand('latest', {}, { ...shell, stdout });
    return { code, pieces };
  }
  beforeAll(() => touchstone(folder, 'eval', SUITE, '--repeats', '4'));

  it('goes out in pieces of whole lines', async () => {
    const { pieces } = await exportTo(() => true);
    expect(pieces.length).toBeGreaterThan(2);
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(80_000);
    for (const piece of pieces) expect(piece).toMatch(/^\{.*\}\n$/s);
    expect(pieces.join('').trimEnd().split('\n')).toHaveLength(384);
  });

  it('stops when nobody reads any more', async () => {
    const { code, pieces } = await exportTo(() => false);
    expect({ code, pieces: pieces.length }).toEqual({ code: 0, pieces: 1 });
  });

  it('leaves the file as it was when it is stopped', async () => {
    const file = path.join(folder, 'kept.jsonl');
    fs.writeFileSync(file, 'before');
    const { shell } = testShell(folder, AbortSignal.abort());
    expect(await exportCommand('latest', { out: 'kept.jsonl' }, shell)).toBe(130);
    expect(fs.readFileSync(file, 'utf8')).toBe('before');
    expect(fs.readdirSync(folder).filter((name) => name.startsWith('kept'))).toEqual(['kept.jsonl']);
  });

  it('says so when the file cannot be written', async () => {
    const { code, stderr } = await touchstone(folder, 'export', 'latest', '--out', '/dev/null/x.jsonl');
    expect(code).toBe(2);
    expect(stderr).toContain('/dev/null/x.jsonl cannot be written.');
  });
});

describe('baseline', () => {
  it('writes nothing outside the workspace, neither by a name nor through a link', async () => {
    const other = copySample();
    const escaped = path.join(path.dirname(other), `${path.basename(other)}-escaped.json`);
    const suite = path.join(other, SUITE);
    await touchstone(other, 'eval', SUITE);
    const text = fs.readFileSync(suite, 'utf8');
    fs.writeFileSync(suite, `${text}baseline: ../../${path.basename(escaped)}\n`);
    const named = await touchstone(other, 'baseline', 'latest');
    fs.writeFileSync(suite, `${text}baseline: ./link.json\n`);
    fs.symlinkSync(escaped, path.join(other, 'evals/link.json'));
    const linked = await touchstone(other, 'baseline', 'latest');
    const evaluated = await touchstone(other, 'eval', SUITE);
    fs.rmSync(other, { recursive: true, force: true });
    expect(fs.existsSync(escaped)).toBe(false);
    expect([named.code, linked.code, evaluated.code]).toEqual([2, 2, 2]);
    expect(named.stderr).toContain('lies outside the workspace');
    expect(linked.stderr).toContain('lies outside the workspace');
    expect(evaluated.stderr).toMatch(/triage\.eval\.yaml:\d+:\d+: error: The baseline .* lies outside the workspace/);
  });

  it('makes a run the baseline of its suite, so that the same run differs in nothing', async () => {
    expect((await touchstone(folder, 'baseline', 'latest')).code).toBe(0);
    const { stdout } = await touchstone(folder, 'eval', SUITE, '--no-history');
    expect(stdout.match(/since the baseline \(same version\) no change/g)).toHaveLength(2);
  });

  it('does not make one of a run over some of the cases', async () => {
    const other = copySample();
    const before = fs.readFileSync(path.join(other, 'evals/triage.baseline.json'), 'utf8');
    await touchstone(other, 'eval', SUITE, '--filter', 'zh-*');
    const { code, stderr } = await touchstone(other, 'baseline', 'latest');
    expect(code).toBe(2);
    expect(stderr).toMatch(/cannot be a baseline\. The run took \d+ of the 48 cases\./);
    expect(fs.readFileSync(path.join(other, 'evals/triage.baseline.json'), 'utf8')).toBe(before);
    fs.rmSync(other, { recursive: true, force: true });
  });

  it('prints it when asked to', async () => {
    const { stdout } = await touchstone(folder, 'baseline', 'latest', '--out', '-');
    expect(JSON.parse(stdout)).toMatchObject({ suite: SUITE });
  });
});
