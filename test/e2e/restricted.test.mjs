// A workspace that is not trusted: its prompts can be read and previewed, and no model is asked on its behalf.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { startVscode, workbenchReady } from '../harness/startVscode.mjs';
import { startFakeApi } from '../support/fakeApi.ts';
import { lens, openFile, palette, playground, screenshot, until } from './workbench.mjs';

const scratch = path.resolve('test-results/e2e-restricted');
const workspace = path.join(scratch, 'workspace');
let api;
let vscode;
let page;

before(async () => {
  fs.rmSync(scratch, { recursive: true, force: true });
  api = await startFakeApi(() => ({ output: 'hello' }));
  const files = {
    'touchstone.yaml': `providers:\n  local:\n    baseUrl: ${api.url}\n`,
    'greet.prompt': '---\nmodel: local/small\n---\nGreet {{name}}.\n',
    'greet.eval.yaml': 'prompts: [greet.prompt]\ndata: names.csv\nmetrics:\n  - contains: hello\n',
    'names.csv': 'name\nAnn\nBo\n',
  };
  fs.mkdirSync(workspace, { recursive: true });
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(workspace, name), text);
  vscode = await startVscode({
    dataDir: path.join(scratch, 'data'),
    folder: workspace,
    vsix: 'touchstone.vsix',
    trust: true,
    settings: { 'security.workspace.trust.startupPrompt': 'never' },
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

test('the workspace is in restricted mode, and its prompts have lenses and a preview', async () => {
  await page.getByText('Restricted Mode').first().waitFor();
  await openFile(page, 'greet.prompt');
  await lens(page, 'Evaluate 2 cases').waitFor();
  await palette(page, 'Touchstone: Open Playground');
  const view = await playground(page);
  await view.getByText('Greet Ann.').waitFor();
  await screenshot(page, 'restricted-1-preview');
});

for (const [words, name] of [
  [/^\W*Run$/, 'Run'],
  ['Evaluate 2 cases', 'Evaluate'],
]) {
  test(`${name} asks no model and says why`, async () => {
    await lens(page, words).click();
    const toast = page.locator('.notification-toast').filter({ hasText: 'not trusted' });
    await toast.waitFor();
    await screenshot(page, `restricted-2-${name.toLowerCase()}`);
    await toast.getByRole('button', { name: 'Manage Workspace Trust' }).waitFor();
    assert.equal(api.requests.length, 0);
    assert.equal(fs.existsSync(path.join(workspace, '.touchstone')), false);
    await palette(page, 'Notifications: Clear All Notifications');
    await toast.waitFor({ state: 'detached' });
  });
}

test('once the workspace is trusted, the same lens evaluates', async () => {
  await palette(page, 'Workspaces: Manage Workspace Trust');
  await page.getByRole('button', { name: 'Trust', exact: true }).first().click();
  // VS Code shows this page in a dialog over the editors.
  await page.getByText('You trust this folder').first().waitFor();
  await page
    .locator('.monaco-modal-editor-block')
    .getByRole('button', { name: /^Close/ })
    .click();
  await openFile(page, 'greet.prompt');
  await lens(page, 'Evaluate 2 cases').click();
  await lens(page, '2 pass').waitFor();
  await until('both requests', () => api.requests.length === 2);
});
