import fs from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type FakeApi, startFakeApi } from '../../../support/fakeApi.ts';
import { copySample, touchstone } from './sampleFolder.ts';

const SUITE = 'evals/triage.eval.yaml';
const folders: string[] = [];
const apis: FakeApi[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true, force: true });
  for (const api of apis.splice(0)) await api.stop();
});

async function evaluate(...args: string[]) {
  const folder = copySample();
  folders.push(folder);
  const api = await startFakeApi(() => ({ output: '{}' }));
  apis.push(api);
  vi.stubEnv('FAKE_BASE_URL', api.url);
  vi.stubEnv('FAKE_API_KEY', 'sk-fake');
  fs.appendFileSync(
    path.join(folder, 'touchstone.yaml'),
    '\nprices:\n  fake/priced: { inputPerMillion: 1, outputPerMillion: 1 }\n',
  );
  return touchstone(folder, 'eval', SUITE, '--no-history', '--limit', '2', ...args);
}

describe('a budget for a model without a price', () => {
  it('is warned of before the run and noted in the table, and the exit code is the same', async () => {
    const { code, stdout, stderr } = await evaluate('--model', 'fake/model', '--budget', '0.5');
    expect(stderr).toMatch(
      /^evals\/triage\.eval\.yaml:1:1: warning: The budget cannot stop fake\/model: .* \(unknown-price\)\n/,
    );
    expect(stdout.replace(/\n/g, ' ')).toContain(
      'Note: The budget of $0.50 leaves out 4 answers of fake/model: what they cost is not known.',
    );
    expect(code).toBe((await evaluate('--model', 'fake/model')).code);
  });

  it('is noted in the JSON report', async () => {
    const { stdout } = await evaluate('--model', 'fake/model', '--budget', '0.5', '--reporter', 'json');
    expect(JSON.parse(stdout).notes.at(-1)).toContain('leaves out 4 answers of fake/model');
  });

  it.each([
    ['the price is known', ['--model', 'fake/priced', '--budget', '0.5']],
    ['answers are replayed', ['--budget', '0.5']],
    ['there is no budget', ['--model', 'fake/model']],
  ])('says nothing where %s', async (_name, args) => {
    const { stdout, stderr } = await evaluate(...args);
    expect(stderr).not.toContain('unknown-price');
    expect(stdout).not.toContain('The budget');
  });
});
