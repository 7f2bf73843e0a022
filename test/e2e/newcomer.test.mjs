// A newcomer's path through the packaged extension in a real VS Code, by clicking: open the prompt, run, evaluate, look, reload, come back.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { copySample } from '../harness/copySample.mjs';
import { startVscode, workbenchReady } from '../harness/startVscode.mjs';
import { lens, openFile, palette, playground, runTask, screenshot, screenshots, until } from './workbench.mjs';

const scratch = path.resolve('test-results/e2e-newcomer');
let vscode;
let page;

before(async () => {
  fs.rmSync(scratch, { recursive: true, force: true });
  fs.rmSync(screenshots, { recursive: true, force: true });
  vscode = await startVscode({
    dataDir: path.join(scratch, 'data'),
    folder: copySample(path.join(scratch, 'workspace')),
    vsix: 'touchstone.vsix',
    width: 1440,
    height: 900,
  });
  page = vscode.page;
  await workbenchReady(page);
});
after(async () => {
  await vscode?.close();
});

test('a prompt shows its lenses', async () => {
  await openFile(page, 'triage.prompt');
  await lens(page, /Evaluate \d+ cases/).waitFor();
  await lens(page, 'Not evaluated yet').waitFor();
  // VS Code empties the line for a moment when it draws the lenses anew.
  await until(
    'four lenses',
    async () => (await page.locator('.codelens-decoration').first().locator('a').count()) === 4,
  );
  await screenshot(page, '1-lenses');
});

test('Run streams the answer for the current case into the playground beside the editor', async () => {
  await lens(page, /^Run$|Run/).click();
  const view = await playground(page);
  await view.getByLabel('Case number, of 48').waitFor();
  await view.getByRole('tab', { name: 'Preview', selected: true }).waitFor();
  await until('an answer', async () => /"category"/.test(await view.locator('.preview-answer').textContent()));
  await screenshot(page, '2-run');
});

test('Evaluate fills the grid', async () => {
  await lens(page, /Evaluate \d+ cases/).click();
  await lens(page, /\d+ pass/).waitFor();
  const view = await playground(page);
  await view.getByRole('tab', { name: 'Results' }).click();
  await view.getByRole('grid', { name: 'Samples' }).waitFor();
  await until('rows', async () => (await view.locator('.grid-row').count()) > 5);
  const columns = await view.getByRole('columnheader').allInnerTexts();
  for (const metric of ['category', 'urgent', 'summary']) {
    assert.ok(
      columns.some((words) => words.toLowerCase().includes(metric)),
      `${metric} in ${columns}`,
    );
  }
  await screenshot(page, '3-results');
});

test('the drawer tells all about a failing sample', async () => {
  const view = await playground(page);
  await view.getByRole('button', { name: /\d+ fail$/ }).click();
  await until('only failing rows', async () => (await view.locator('.grid-row').count()) > 0);
  await view.locator('.grid-row').first().click();
  const drawer = view.getByRole('complementary', { name: 'Sample' });
  for (const title of ['Scores', 'Output', 'Messages', 'Variables']) await drawer.getByText(title).first().waitFor();
  assert.match(await drawer.textContent(), /expected/i);
  await drawer.getByText(/^How \S+ came about/).click();
  await drawer.getByText('The weighted mean of the scores.').waitFor();
  await screenshot(page, '4-composite');
  await screenshot(page, '4-drawer');
});

test('Show in dataset goes to the row', async () => {
  const view = await playground(page);
  await view.getByRole('button', { name: 'Show in dataset' }).click();
  await page.getByRole('tab', { name: 'triage.csv' }).first().waitFor();
});

test('after a reload everything is still there', async () => {
  await page.reload();
  await workbenchReady(page);
  await openFile(page, 'triage.prompt');
  await lens(page, /\d+ pass/).waitFor();
  await lens(page, '1 run').click();
  const view = await playground(page);
  await view.getByRole('tab', { name: 'History', selected: true }).waitFor();
  await until('the run', async () => (await view.getByRole('row').count()) > 1);
  await screenshot(page, '5-history');
});

test('the task runs the command line, and a problem leads to its row', async () => {
  await runTask(page, 'touchstone', 'evals/triage.eval.yaml');
  await page.locator('.terminal-wrapper .xterm-rows').filter({ hasText: 'history.db' }).waitFor();
  await palette(page, 'Problems: Focus on Problems View');
  const problem = page.locator('.markers-panel .monaco-list-row').filter({ hasText: 'Ln ' }).first();
  await problem.waitFor();
  await screenshot(page, '6-problems');
  await problem.dblclick();
  await page.getByRole('tab', { name: 'triage.csv', selected: true }).first().waitFor();
});

test('the history shows the runs of the editor and of the command line, with a trend', async () => {
  await openFile(page, 'triage.prompt');
  await lens(page, '2 runs').click();
  const view = await playground(page);
  await view.locator('canvas').first().waitFor();
  await screenshot(page, '7-trend');
});
