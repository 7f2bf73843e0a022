// What a user does with prompts of their own, by clicking: a new prompt, its test cases, a model with a key, a task with that key,
// and the sample in a folder of its own.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { startVscode, workbenchReady } from '../harness/startVscode.mjs';
import { startFakeApi } from '../support/fakeApi.ts';
import {
  answer,
  frontTab,
  lens,
  openFile,
  palette,
  pick,
  playground,
  runTask,
  screenshot,
  until,
} from './workbench.mjs';

const KEY = 'sk-only-in-the-secret-storage';
const scratch = path.resolve('test-results/e2e-first-steps');
const workspace = path.join(scratch, 'workspace');
const at = (name) => path.join(workspace, name);
let api;
let vscode;
let page;

before(async () => {
  fs.rmSync(scratch, { recursive: true, force: true });
  fs.mkdirSync(workspace, { recursive: true });
  api = await startFakeApi(({ headers }) =>
    headers.authorization === `Bearer ${KEY}`
      ? { output: 'A short summary.', models: ['small', 'large'] }
      : { status: 401, error: { message: 'Wrong key.' } },
  );
  const config = `providers:\n  openai:\n    baseUrl: ${api.url}\n    api: chat\n    maxRetries: 0\n`;
  fs.writeFileSync(at('touchstone.yaml'), config);
  vscode = await startVscode({
    dataDir: path.join(scratch, 'data'),
    folder: workspace,
    vsix: 'touchstone.vsix',
    env: { OPENAI_API_KEY: '' },
    width: 1440,
    height: 900,
  });
  page = vscode.page;
  await workbenchReady(page);
});
after(async () => {
  await vscode?.close();
  await api?.stop();
});

test('New Prompt writes a prompt where the user says, and opens it', async () => {
  await palette(page, 'Touchstone: New Prompt');
  await answer(page, 'New Prompt', at('summary.prompt'));
  await frontTab(page, 'summary.prompt').waitFor();
  assert.match(fs.readFileSync(at('summary.prompt'), 'utf8'), /^---\nmodel: openai\//);
});

test('a prompt without cases offers to add them: a table with its columns and a suite', async () => {
  const add = lens(page, 'Add test cases');
  await add.waitFor();
  await palette(page, 'Touchstone: Open Playground');
  const view = await playground(page);
  await view.getByRole('tab', { name: 'Results' }).click();
  await view.getByText('No test cases yet').waitFor();
  await screenshot(page, 'first-1-no-cases');
  await add.click();
  await frontTab(page, 'summary.csv').waitFor();
  assert.match(fs.readFileSync(at('summary.csv'), 'utf8'), /text/);
  assert.match(fs.readFileSync(at('summary.eval.yaml'), 'utf8'), /summary\.prompt/);
  await openFile(page, 'summary.prompt');
  await lens(page, 'Evaluate 1 case').waitFor();
});

test('Connect a Model takes a key, and the prompt asks with it', async () => {
  await palette(page, 'Touchstone: Connect a Model');
  await pick(page, 'OpenAI');
  await answer(page, 'key for OpenAI', KEY);
  await pick(page, 'small');
  const view = await playground(page);
  await view.getByText('openai/small').first().waitFor();
  await screenshot(page, 'first-2-model');
  await openFile(page, 'summary.prompt');
  await page.keyboard.press('Control+S');
  await until('the model in the file', () => fs.readFileSync(at('summary.prompt'), 'utf8').includes('openai/small'));
  await view.getByRole('tab', { name: 'Preview' }).click();
  const connecting = api.requests.length;
  await view.getByRole('button', { name: 'Run' }).click();
  await until('the request', () => api.requests.length > connecting);
  assert.equal(api.requests.at(-1)?.headers.authorization, `Bearer ${KEY}`);
  const written = fs
    .readdirSync(workspace, { recursive: true })
    .map(at)
    .filter((file) => fs.statSync(file).isFile() && fs.readFileSync(file).includes(KEY));
  assert.deepEqual(written, []);
});

test('what New Prompt and Add test cases wrote is evaluated and scored as it stands', async () => {
  await openFile(page, 'summary.prompt');
  await lens(page, 'Evaluate 1 case').click();
  await lens(page, /0\.00 · 1 fail/).waitFor();
  await screenshot(page, 'first-3-scored');
  fs.writeFileSync(
    at('summary.csv'),
    'text,expected\nOne long text.,A short summary.\nAnother one.,A short summary.\n',
  );
  fs.writeFileSync(
    at('summary.eval.yaml'),
    'prompts: [summary.prompt]\ndata: summary.csv\nmetrics:\n  - equals: { expected: "{{expected}}" }\n',
  );
  await openFile(page, 'summary.prompt');
  await lens(page, 'Evaluate 2 cases').waitFor();
});

test('a task asks with the key that only the secret storage has', async () => {
  await runTask(page, 'touchstone', 'summary.eval.yaml');
  await page.locator('.terminal-wrapper .xterm-rows').filter({ hasText: 'history.db' }).waitFor();
  const asked = api.requests.slice(-2);
  assert.deepEqual(
    asked.map(({ headers }) => headers.authorization),
    [`Bearer ${KEY}`, `Bearer ${KEY}`],
  );
});

test('Open Sample Workspace copies the sample and opens it with its prompt', async () => {
  await palette(page, 'Touchstone: Open Sample Workspace');
  const opened = page.context().waitForEvent('page');
  await pick(page, 'Open the sample');
  const window = await opened;
  await workbenchReady(window);
  await frontTab(window, 'triage.prompt').waitFor();
  await lens(window, 'Evaluate 48 cases').waitFor();
  await window.close();
});
