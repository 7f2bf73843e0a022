// The runs of a prompt as a reader keeps them in order: find some, name, tag and pin one, put one away, delete one, and see how a
// metric went; in each theme, wide and narrow.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { copySample } from '../harness/copySample.mjs';
import { startVscode, workbenchReady } from '../harness/startVscode.mjs';
import { answer, openFile, palette, playground, screenshot, until, violations } from './workbench.mjs';

/** Four runs: of an earlier wording, of today's, of five cases, and of today's with two more cases. */
function withRuns(folder) {
  const run = (...args) =>
    execFileSync(process.execPath, [path.resolve('dist/touchstone.cjs'), ...args], { cwd: folder, stdio: 'pipe' });
  const suite = path.join(folder, 'evals/triage.eval.yaml');
  const prompt = path.join(folder, 'prompts/triage.prompt');
  const today = fs.readFileSync(prompt, 'utf8');
  const only = fs
    .readFileSync(suite, 'utf8')
    .replace(/^prompts:\n( +- .*\n)+/m, 'prompts: [../prompts/triage.prompt]\n');
  fs.writeFileSync(suite, only);
  fs.writeFileSync(prompt, fs.readFileSync(path.join(folder, 'prompts/triage-v1.prompt'), 'utf8'));
  run('eval', suite);
  fs.writeFileSync(prompt, today);
  run('eval', suite, '--limit', '5');
  run('eval', suite);
  run('history', 'mark', 'latest', '--tag', 'release');
  return folder;
}

for (const [name, theme, width] of [
  ['dark', 'Default Dark Modern', 1440],
  ['light', 'Default Light Modern', 800],
  ['contrast', 'Default High Contrast', 1200],
]) {
  test(name, async () => {
    const scratch = path.resolve(`test-results/e2e-history-${name}`);
    fs.rmSync(scratch, { recursive: true, force: true });
    const vscode = await startVscode({
      dataDir: path.join(scratch, 'data'),
      folder: withRuns(copySample(path.join(scratch, 'workspace'))),
      vsix: 'touchstone.vsix',
      settings: { 'workbench.colorTheme': theme },
      width,
      height: 900,
    });
    try {
      const { page } = vscode;
      await workbenchReady(page);
      await openFile(page, 'triage.prompt');
      await palette(page, 'Touchstone: Show History');
      const view = await playground(page);
      const rows = view.locator('.runs tbody');
      await until('three runs', async () => (await rows.count()) === 3);
      await screenshot(page, `history-${name}`);
      assert.deepEqual(await violations(view), []);
      assert.ok((await view.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0);

      // A metric on the cases of one tag, drawn and in the table.
      const choose = async (label, option) => {
        await view.locator(`vscode-dropdown[aria-label="${label}"]`).click();
        await view.locator('vscode-option:visible', { hasText: option }).first().click();
      };
      await choose('What is drawn', 'summary');
      await choose('On which cases', 'Tag: ');
      await view
        .locator('.runs thead')
        .getByText(/^summary, /)
        .waitFor();
      await screenshot(page, `history-metric-${name}`);
      assert.deepEqual(await violations(view), []);
      await choose('What is drawn', 'Composite');
      await choose('On which cases', 'All cases');

      const field = view.locator('.run-filter input');
      await field.fill('cases > 5 and composite > 0.8');
      await until('the filtered', async () => (await rows.count()) === 1);
      await view.getByText('1 of 3 runs').waitFor();
      await field.fill('composit > 0.8');
      await view.getByText('Did you mean `composite`?').waitFor();
      await screenshot(page, `history-filter-${name}`);
      assert.deepEqual(await violations(view), []);
      await view.getByRole('button', { name: 'Show all' }).click();
      await until('all', async () => (await rows.count()) === 3);

      // A name, by the keyboard.
      // The list of actions closes when a view that comes on show takes the focus: then it is asked for again.
      const act = async (index, action, open = (button) => button.click()) => {
        const item = page.locator('.quick-input-list .monaco-list-row:visible').filter({ hasText: action }).first();
        await until(action, async () => {
          await open(rows.nth(index).getByRole('button', { name: /^Name, tag/ }));
          return item.click({ timeout: 2_000 }).then(
            () => true,
            () => false,
          );
        });
      };
      await act(2, 'Name…', (button) => button.press('Enter'));
      await answer(page, 'Run of', 'Before the rewrite');
      await rows.nth(2).getByText('Before the rewrite').waitFor();
      await act(2, 'Pin');
      await rows.nth(0).getByText('Before the rewrite').waitFor();
      await screenshot(page, `history-pinned-${name}`);

      // The one of five cases goes out of the way, and then for good.
      await act(2, 'Archive');
      await until('two runs', async () => (await rows.count()) === 2);
      await view.getByRole('button', { name: 'archived', exact: true }).click();
      await until('three runs again', async () => (await rows.count()) === 3);
      await act(2, 'Delete…');
      await page.locator('.monaco-dialog-box').getByText('go for good').waitFor();
      await screenshot(page, `history-delete-${name}`);
      await page.locator('.monaco-dialog-box').getByRole('button', { name: 'Delete', exact: true }).click();
      await until('two runs for good', async () => (await rows.count()) === 2);
      assert.deepEqual(await violations(view), []);
    } finally {
      await vscode.close();
    }
  });
}
