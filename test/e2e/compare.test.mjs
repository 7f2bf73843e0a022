// Is today's edit better than the last commit? In the packaged extension: a repository whose HEAD has an earlier wording, Compare with
// HEAD, the verdict, what broke first, both answers, and the editor's own diff; in each theme, wide and narrow.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { copySample } from '../harness/copySample.mjs';
import { startVscode, workbenchReady } from '../harness/startVscode.mjs';
import { openFile, palette, pick, playground, screenshot, until, violations } from './workbench.mjs';

/** HEAD has the wording of triage-v1 under the name of triage; the files have today's. */
function withHistory(folder) {
  const git = (...args) =>
    execFileSync('git', ['-c', 'user.name=Tester', '-c', 'user.email=tester@example.org', ...args], { cwd: folder });
  const prompt = path.join(folder, 'prompts/triage.prompt');
  const suite = path.join(folder, 'evals/triage.eval.yaml');
  const today = fs.readFileSync(prompt, 'utf8');
  const text = fs
    .readFileSync(suite, 'utf8')
    .replace(/^prompts:\n( +- .*\n)+/m, 'prompts: [../prompts/triage.prompt]\n');
  fs.writeFileSync(suite, text);
  fs.writeFileSync(prompt, fs.readFileSync(path.join(folder, 'prompts/triage-v1.prompt'), 'utf8'));
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-q', '-m', 'First wording');
  fs.writeFileSync(prompt, today);
  return folder;
}

for (const [name, theme, width] of [
  ['dark', 'Default Dark Modern', 1440],
  ['light', 'Default Light Modern', 1000],
  ['contrast', 'Default High Contrast', 1200],
]) {
  test(name, async () => {
    const scratch = path.resolve(`test-results/e2e-compare-${name}`);
    fs.rmSync(scratch, { recursive: true, force: true });
    const vscode = await startVscode({
      dataDir: path.join(scratch, 'data'),
      folder: withHistory(copySample(path.join(scratch, 'workspace'))),
      vsix: 'touchstone.vsix',
      settings: { 'workbench.colorTheme': theme },
      width,
      height: 900,
    });
    try {
      const { page } = vscode;
      await workbenchReady(page);
      await openFile(page, 'triage.prompt');
      await palette(page, 'Touchstone: Compare with HEAD');
      const view = await playground(page);
      const compare = view.getByRole('region', { name: 'Comparison' });
      await compare.getByText('Composite', { exact: true }).waitFor();
      await until('rows', async () => (await view.locator('.compared-row').count()) > 5);
      const chip = (word) => compare.getByRole('button', { name: new RegExp(`\\d+ ${word}`) });
      const counts = await Promise.all(
        ['broke', 'fixed', 'changed', 'unclear', 'same'].map(async (word) =>
          Number(/\d+/.exec(await chip(word).innerText())?.[0]),
        ),
      );
      assert.equal(
        counts.reduce((sum, count) => sum + count, 0),
        48,
      );
      assert.equal(counts[3], 0);
      // What broke comes first, and what has the same answer is folded away.
      const first = view.locator('.compared-row').first();
      await first.getByRole('img', { name: counts[0] > 0 ? 'broke' : 'fixed' }).waitFor();
      await compare
        .getByRole('button', { name: new RegExp(`^${counts[4]} cases? ha(s|ve) the same answer`) })
        .waitFor();
      await screenshot(page, `compare-${name}`);
      assert.deepEqual(await violations(view), []);
      assert.ok((await view.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0);

      await chip('fixed').click();
      const grid = view.getByRole('grid', { name: 'Cases that changed' });
      await until('the fixed alone', async () => (await grid.getAttribute('aria-rowcount')) === String(counts[1]));
      await chip('fixed').click();

      // By keyboard: the first case in full, the next, and back.
      await until('all that changed', async () => Number(await grid.getAttribute('aria-rowcount')) > counts[1]);
      await grid.focus();
      await page.keyboard.press('Enter');
      const drawer = compare.getByRole('complementary');
      await drawer.getByText('Output, before and after').waitFor();
      await drawer.locator('ins').first().waitFor();
      await screenshot(page, `compare-case-${name}`);
      assert.deepEqual(await violations(view), []);
      if (name === 'dark') {
        await drawer.getByRole('button', { name: 'Outputs in the editor' }).click();
        await page.locator('.monaco-diff-editor').waitFor();
        await screenshot(page, 'compare-diff');
      }
      await view.getByRole('button', { name: 'Close (Escape)' }).click();
      if (name === 'dark') {
        await compare.getByRole('button', { name: 'Prompt', exact: true }).click();
        await page.getByRole('tab', { name: /triage\.prompt: before and after/ }).waitFor();
        await page.locator('.monaco-diff-editor').getByText('Anger alone is not urgent').first().waitFor();
        await screenshot(page, 'compare-prompt');
      }
      await view.getByRole('button', { name: 'Back to the results (Escape)' }).click();
      await until('the grid', async () => (await view.locator('.grid-row').count()) > 5);

      if (name === 'dark') {
        // The commit that is there has been evaluated by now: its lines say what they came to.
        await openFile(page, 'triage.prompt');
        await palette(page, 'Touchstone: Toggle Score by Line');
        // They are decorations, which have no text of their own.
        const said = () =>
          page.evaluate(() =>
            [...document.querySelectorAll('.view-lines span')].map((span) => getComputedStyle(span, '::after').content),
          );
        await until('scores behind the lines', async () =>
          (await said()).some((text) => text.includes('not committed')),
        );
        await screenshot(page, 'versions-blame');
        await palette(page, 'Touchstone: Show Versions of This Prompt');
        await page.locator('.quick-input-list').getByText('First wording').first().waitFor();
        await screenshot(page, 'versions');
        await pick(page, 'First wording');
        await page.getByRole('tab', { name: /triage\.prompt: [0-9a-f]{7} and now/ }).waitFor();
      }

      // From here the other way: a run is chosen to be put beside this one.
      await view.getByRole('button', { name: 'Compare', exact: true }).click();
      await pick(page, 'HEAD');
      await compare.getByText('Composite', { exact: true }).waitFor();
    } finally {
      await vscode.close();
    }
  });
}
