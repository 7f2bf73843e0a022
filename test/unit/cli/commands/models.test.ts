import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createProgram } from '../../../../src/cli/program.ts';
import { type FakeApi, startFakeApi } from '../../../support/fakeApi.ts';
import { testShell } from '../testShell.ts';

let folder: string;
let api: FakeApi;
beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'touchstone-models-command-'));
  api = await startFakeApi(({ headers }) =>
    headers.authorization === 'Bearer sk-good-12345'
      ? { models: ['a', 'b'], output: 'OK' }
      : { status: 401, error: { message: 'Bad key.' } },
  );
  const baseUrl = api.url.replace('127.0.0.1', 'localhost');
  fs.writeFileSync(path.join(folder, 'touchstone.yaml'), `providers:\n  mine: { baseUrl: "${baseUrl}" }\n`);
  fs.writeFileSync(path.join(folder, '.env'), `OPENAI_API_KEY=sk-good-12345\nOPENAI_BASE_URL=${baseUrl}\n`);
  vi.stubEnv('OPENAI_API_KEY', '');
  vi.stubEnv('OPENAI_BASE_URL', '');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await api.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

async function touchstone(...args: readonly string[]) {
  const { shell, stdout, stderr } = testShell(folder);
  const code = await createProgram(shell, '0').run(['models', ...args]);
  return { code, stdout: stdout(), stderr: stderr() };
}

it('lists what can be asked without asking it', async () => {
  const { code, stdout } = await touchstone();
  expect(code).toBe(0);
  expect(stdout).toMatch(/^openai\/… +http:\/\/localhost:\d+\/v1 +OPENAI_API_KEY/m);
  expect(stdout).toMatch(/^mine\/… +http:\/\/localhost:\d+\/v1 +none needed/m);
  expect(stdout).not.toContain('sk-good');
  expect(api.requests).toEqual([]);
});

it('asks with --test, and a named model for one word', async () => {
  const all = await touchstone('--test', '--json');
  const list: { name: string; test: { ok: boolean; models?: string[]; code?: string } | null }[] = JSON.parse(
    all.stdout,
  );
  expect(list.find(({ name }) => name === 'openai/…')?.test).toMatchObject({ ok: true, models: ['a', 'b'] });
  expect(list.find(({ name }) => name === 'mine/…')?.test).toMatchObject({ ok: false, code: 'auth' });
  expect(await touchstone('openai/a', '--test')).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^openai\/a .*yes, /m),
  });
});

it('ends with 3 and advice when a named model fails', async () => {
  const { code, stderr } = await touchstone('mine/a', '--test');
  expect(code).toBe(3);
  expect(stderr).toBe('mine/a: mine answered 401: Bad key. (request req-0) Check the API key of mine.\n');
  expect(await touchstone('vscode/x', '--test')).toMatchObject({
    code: 3,
    stderr: expect.stringContaining('Evaluate in VS Code'),
  });
});
