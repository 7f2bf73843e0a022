// What a judge says, in the packaged extension: a retrieval suite evaluated with its judge, the claims behind a score with the verdict
// on each, and how the composite came about; in dark and in the high-contrast theme, wide and narrow.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { copySample } from '../harness/copySample.mjs';
import { startVscode, workbenchReady } from '../harness/startVscode.mjs';
import { lens, openFile, playground, screenshot, until, violations } from './workbench.mjs';

for (const [name, theme, width] of [
  ['dark', 'Default Dark Modern', 1440],
  ['contrast', 'Default High Contrast', 1100],
]) {
  test(name, async () => {
    const scratch = path.resolve(`test-results/e2e-judged-${name}`);
    fs.rmSync(scratch, { recursive: true, force: true });
    const vscode = await startVscode({
      dataDir: path.join(scratch, 'data'),
      folder: copySample(path.join(scratch, 'workspace')),
      vsix: 'touchstone.vsix',
      settings: { 'workbench.colorTheme': theme },
      width,
      height: 900,
    });
    try {
      const { page } = vscode;
      await workbenchReady(page);
      await openFile(page, 'help.prompt');
      await lens(page, /Evaluate 10 cases/).click();
      await lens(page, /8 pass/).waitFor();
      const view = await playground(page);
      await view.getByRole('tab', { name: 'Results' }).click();
      await until('rows', async () => (await view.locator('.grid-row').count()) === 10);
      await view.getByText('dark-mode').first().click();
      const drawer = view.getByRole('complementary', { name: 'Sample' });
      await drawer.getByText('Lantern follows the dark mode of the device.').first().waitFor();
      const claims = drawer.getByRole('list', { name: 'Verdicts of replay/help-judge' }).getByRole('listitem');
      assert.equal(await claims.count(), 2);
      for (const words of await claims.allInnerTexts()) assert.match(words, /unsupported/);
      await drawer.getByText(/^How \S+ came about/).click();
      await drawer.getByText('The weighted mean of the scores.').waitFor();
      // The help pages name no source for it, so that metric has no score and no part in the number.
      assert.match(await drawer.locator('.composite').innerText(), /sources\s+no score/);
      await screenshot(page, `judged-${name}`);
      assert.deepEqual(await violations(view), []);
      assert.ok((await view.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0);
    } finally {
      await vscode.close();
    }
  });
}
