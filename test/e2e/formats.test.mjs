// Prompts of other tools on the screen: the lens, the preview with a case, a run against the API, and what Convert writes.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { startVscode, workbenchReady } from '../harness/startVscode.mjs';
import { startFakeApi } from '../support/fakeApi.ts';
import { FORMAT_FILES, FORMAT_PROMPTS } from '../support/formatFiles.ts';
import { answer, frontTab, lens, openFile, palette, playground, screenshot, until } from './workbench.mjs';

const scratch = path.resolve('test-results/e2e-formats');
const workspace = path.join(scratch, 'workspace');
const at = (name) => path.join(workspace, name);
let api;
let vscode;
let page;

before(async () => {
  fs.rmSync(scratch, { recursive: true, force: true });
  api = await startFakeApi(({ body }) => ({
    output: `Heard ${body.messages.length}: ${body.messages.at(-1).content}`,
  }));
  const config = `providers:\n  local:\n    baseUrl: ${api.url}\n    maxRetries: 0\n`;
  const suites = FORMAT_PROMPTS.map((name) => [
    `${name}.eval.yaml`,
    `prompts: [./p/${name}]\nmodels: [local/small]\ndata: ./data.csv\nmetrics:\n  - contains: "{{vars.who}}"\n`,
  ]);
  for (const [name, text] of [...Object.entries(FORMAT_FILES), ['touchstone.yaml', config], ...suites]) {
    fs.mkdirSync(path.dirname(at(name)), { recursive: true });
    fs.writeFileSync(at(name), text);
  }
  vscode = await startVscode({
    dataDir: path.join(scratch, 'data'),
    folder: workspace,
    vsix: 'touchstone.vsix',
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

for (const name of FORMAT_PROMPTS) {
  test(`${name} has lenses, a preview with a case, and runs`, async () => {
    await openFile(page, `p/${name}`);
    await lens(page, 'Evaluate 2 cases').waitFor();
    await palette(page, 'Touchstone: Open Playground');
    const view = await playground(page);
    await view.getByRole('heading', { name }).waitFor();
    await view.getByRole('tab', { name: 'Preview' }).click();
    await until('the value of the case', async () => (await view.locator('.messages').innerText()).includes('Ann'));
    assert.equal(await view.locator('.problem').count(), 0);
    const asked = api.requests.length;
    await view.getByRole('button', { name: 'Run', exact: true }).click();
    await until('the answer', async () => /Heard \d: .*Ann/s.test(await view.locator('.preview-answer').innerText()));
    assert.equal(api.requests.length, asked + 1);
    await screenshot(page, `format-${name.split('.').slice(1).join('-')}`);
  });
}

test('Convert to dotprompt writes the native file and says what was lost', async () => {
  await openFile(page, 'p/a.prompty');
  await palette(page, 'Touchstone: Convert to dotprompt');
  await answer(page, 'to dotprompt', at('p/native.prompt'));
  await frontTab(page, 'native.prompt').waitFor();
  const written = fs.readFileSync(at('p/native.prompt'), 'utf8');
  assert.match(written, /\{\{role "system"~?\}\}/);
  assert.match(written, /\{\{#ifEquals mood "glad"/);
  await page.locator('.editor-instance').filter({ hasText: 'a.prompty' }).first().waitFor();
  await screenshot(page, 'format-converted');
});
