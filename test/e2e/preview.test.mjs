// The preview tab as an author uses it: fill variables, see what is sent, go to the source and back, keep a case.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { copySample } from '../harness/copySample.mjs';
import { startVscode, workbenchReady } from '../harness/startVscode.mjs';
import { lens, openFile, palette, playground, screenshot, until } from './workbench.mjs';

const scratch = path.resolve('test-results/e2e-preview');
const workspace = path.join(scratch, 'workspace');
let vscode;
let page;
let view;

before(async () => {
  fs.rmSync(scratch, { recursive: true, force: true });
  vscode = await startVscode({
    dataDir: path.join(scratch, 'data'),
    folder: copySample(workspace),
    vsix: 'touchstone.vsix',
    width: 1600,
    height: 1000,
  });
  page = vscode.page;
  await workbenchReady(page);
  await openFile(page, 'triage.prompt');
  await lens(page, /Evaluate \d+ cases/).waitFor();
  await palette(page, 'Touchstone: Open Playground');
  view = await playground(page);
  await view.locator('.form-row').first().waitFor();
});
after(() => vscode?.close());

const ticket = () => view.locator('#variable-ticket');
const messages = () => view.locator('.messages').innerText();

test('what is typed into the form stands in the messages at once, as text', async () => {
  await ticket().fill('Charged <b>twice</b> {{role "system"}}');
  await until('the typed value', async () => (await messages()).includes('Charged <b>twice</b> {{role "system"}}'));
  assert.equal(await view.locator('.messages .card').count(), 2, 'a value made a message');
  await view.getByText('1 edited').first().waitFor();
  await screenshot(page, 'preview-form');
});

test('pasting JSON fills the form, and the values of the case come back', async () => {
  await ticket().evaluate((input) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', JSON.stringify({ ticket: 'Pasted', plan: 'team' }));
    input.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
  await until('the pasted values', async () => /Plan: team[\s\S]*Pasted/.test(await messages()));
  await view.getByRole('button', { name: 'Take back all edited values' }).click();
  await until('the values of the case', async () => !/Pasted/.test(await messages()));
});

test('a click on a text shows where it comes from, and the cursor shows what it became', async () => {
  await view.locator('.sourced').first().getByText('Write plainly and kindly').click();
  await page.locator('.tab.selected, .tab.active').filter({ hasText: '_tone.prompt' }).first().waitFor();
  // In its own group: the playground's is in front of the reader.
  await page.getByRole('tab', { name: 'triage.prompt' }).first().click();
});

test('the editor scrolls with the preview', async () => {
  await page.locator('.editor-group-container .monaco-editor').first().click();
  await page.keyboard.press('Control+End');
  await page.keyboard.insertText('\n\nOne more line.'.repeat(80));
  const shown = (line) =>
    page.locator('.editor-group-container .line-numbers').getByText(line, { exact: true }).first();
  await until('the end of the text', async () => (await shown('1').count()) === 0);
  await until('the long message', async () => /One more line/.test(await messages()));
  await view.locator('.scroller').evaluate((scroller) => {
    scroller.dispatchEvent(new WheelEvent('wheel'));
    scroller.scrollTop = scroller.querySelector('.messages').offsetTop;
  });
  await shown('22').waitFor();
  await palette(page, 'File: Revert File');
  await until('the text as before', async () => !/One more line/.test(await messages()));
});

test('tokens are counted for every message', async () => {
  await until('tokens', async () => /\d+ tokens/.test(await view.locator('.messages .card-head').first().innerText()));
});

test('what would be sent is shown as request, JSON and cURL', async () => {
  const shown = async (name) => {
    await view.getByRole('button', { name, exact: true }).click();
    return view.locator('.preview-prompt .section').filter({ hasText: 'Messages' }).innerText();
  };
  assert.match(await shown('JSON'), /"role": "system"/);
  await until('the note of a replay', async () => /Nothing is sent/.test(await shown('cURL')));
  assert.match(await shown('text'), /You triage support tickets/);
});

test('half-typed text leaves the last rendering, dimmed, with its problem', async () => {
  await page.locator('.editor-group-container .monaco-editor').first().click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('{{#each ');
  await view.locator('.messages.is-stale').waitFor();
  assert.match(await messages(), /You triage support tickets/);
  assert.ok((await view.locator('.problem').count()) > 0);
  await screenshot(page, 'preview-stale');
  await page.keyboard.press('Control+z');
  await until('a fresh rendering', async () => {
    if ((await view.locator('.messages.is-stale').count()) === 0) return true;
    await page.keyboard.press('Control+z');
    return false;
  });
});

test('what is shown becomes a case of the dataset, as an edit that is not saved behind the back', async () => {
  const file = path.join(workspace, 'evals/triage.csv');
  const saved = fs.readFileSync(file, 'utf8');
  await ticket().fill('A ticket of my own, with "quotes"');
  await view.getByRole('button', { name: 'Save as a new case of the dataset' }).click();
  await view.locator('.stepper-case').filter({ hasText: '-2' }).waitFor();
  await until('one case more', async () => /\/49/.test(await view.locator('.stepper').innerText()));
  assert.equal(fs.readFileSync(file, 'utf8'), saved);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await until('the saved case', () => fs.readFileSync(file, 'utf8').includes('A ticket of my own, with ""quotes""'));
});

test('edited values are there again in a window that is loaded anew', async () => {
  await ticket().fill('Survives');
  await until('the value', async () => (await messages()).includes('Survives'));
  // As a user does it, which lets the window store what it knows; the page's own reload would not wait for that.
  const loaded = page.waitForEvent('load');
  await palette(page, 'Developer: Reload Window');
  await loaded;
  await workbenchReady(page);
  view = await playground(page);
  await until('the value again', async () => (await messages()).includes('Survives'));
  assert.equal(await ticket().inputValue(), 'Survives');
});
