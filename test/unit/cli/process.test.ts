import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readHistory } from '../../../src/node/store/history.ts';
import { startFakeApi } from '../../support/fakeApi.ts';
import { startTouchstone } from './childProcess.ts';
import { copySample } from './commands/sampleFolder.ts';

const SUITE = 'evals/triage.eval.yaml';

function sample(): string {
  const folder = copySample();
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

describe('Ctrl+C', () => {
  it
    .skipIf(process.platform === 'win32')
    .each([
      [['eval', SUITE, '--reporter', 'json', '--out', 'out.json']],
      [['render', 'prompts/triage.prompt']],
      [['run', 'prompts/triage.prompt', '--case', 'zh-refund']],
    ])('while a dataset is read for %j ends with 130 and runs nothing', async (args) => {
    const folder = sample();
    const dataset = path.join(folder, 'evals/triage.csv');
    const rows = fs.readFileSync(dataset);
    fs.rmSync(dataset);
    spawnSync('mkfifo', [dataset]);
    const { child, stderr, end } = startTouchstone(folder, args);
    // Opens as soon as the reader does, and the reader has not read all before it is closed.
    const writer = await fs.promises.open(dataset, 'w');
    await writer.write(rows);
    child.kill('SIGINT');
    await expect.poll(stderr).toContain('Stopping');
    await writer.close();
    expect(await end).toMatchObject({ code: 130, stdout: '' });
    expect(fs.existsSync(path.join(folder, '.touchstone'))).toBe(false);
    expect(fs.existsSync(path.join(folder, 'out.json'))).toBe(false);
  });

  it('while a suite runs ends with 130, keeps what has finished and reports it', async () => {
    const folder = sample();
    const api = await startFakeApi(({ index }) => (index < 5 ? { output: '{}' } : { delayMs: 60_000 }));
    onTestFinished(api.stop);
    const args = ['eval', SUITE, '--model', 'fake/model', '--concurrency', '2', '--reporter', 'json'];
    const { child, end } = startTouchstone(folder, args, { env: { FAKE_BASE_URL: api.url, FAKE_API_KEY: 'sk-fake' } });
    // Two are under way, so five have finished.
    const ended = end.then((early) =>
      Promise.reject(new Error(`The run ended before it was stopped: ${early.stderr}`)),
    );
    ended.catch(() => {});
    await Promise.race([expect.poll(() => api.requests.length, { timeout: 60_000 }).toBe(7), ended]);
    child.kill('SIGINT');
    const { code, stdout, stderr } = await end;
    expect(code).toBe(130);
    expect(stderr).toContain('Stopping; what has finished is kept.');
    const { run, variants, gate } = JSON.parse(stdout);
    expect(run.status).toBe('cancelled');
    const finished = variants.map(({ samples }: { samples: { fail: number } }) => samples.fail);
    expect(finished[0] + finished[1]).toBe(5);
    expect(gate.holds).toBe(false);

    const history = readHistory(folder);
    expect(history?.run(run.id)?.status).toBe('cancelled');
    expect([...(history?.allSamples(run.id) ?? [])]).toHaveLength(5);
    history?.close();
  });
});

describe('output', () => {
  // Progress goes to stderr during the run, so that a reader who leaves must not end it either.
  it.each([[['stdout']], [['stderr']], [['stdout', 'stderr']]] as const)(
    'to %s that nobody reads any more does not change the exit code',
    async (closed) => {
      const folder = sample();
      const suite = path.join(folder, SUITE);
      fs.writeFileSync(suite, fs.readFileSync(suite, 'utf8').replace('passRate: 0.5', 'passRate: 0.99'));
      const { child, end } = startTouchstone(folder, ['eval', SUITE]);
      for (const name of closed) child[name]?.destroy();
      const { code, stdout, stderr } = await end;
      expect(code).toBe(1);
      if (!(closed as readonly string[]).includes('stdout')) expect(stdout).toContain('Gate     fails');
      if (!(closed as readonly string[]).includes('stderr')) expect(stderr).toContain('96/96');
      expect(stderr).not.toMatch(/EPIPE|Error/);
      const history = readHistory(folder);
      expect(history?.run('latest')?.status).toBe('finished');
      history?.close();
    },
  );

  it.skipIf(!fs.existsSync('/dev/full'))('that the disk has no room for ends with 3 and one line', async () => {
    const folder = sample();
    const full = fs.openSync('/dev/full', 'w');
    const { end } = startTouchstone(folder, ['render', 'prompts/triage.prompt'], { stdio: ['ignore', full, 'pipe'] });
    const { code, stderr } = await end;
    fs.closeSync(full);
    expect(code).toBe(3);
    expect(stderr.trimEnd().split('\n')).toEqual([expect.stringContaining('could not be written: ENOSPC')]);
  });
});
